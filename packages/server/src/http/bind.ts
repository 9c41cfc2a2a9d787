import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ResponseSerializationError } from 'fastify-type-provider-zod'
import {
  endpoints,
  prefix,
  Problem,
  problemType,
  type Asked,
  type Circumstances,
  type Endpoint,
  type Handlers,
  type Made,
} from '@pumpiq/api'

type AnyHandler = (asked: Asked<Endpoint> & Circumstances) => unknown

/** Mounts the endpoint table: what comes in is checked by its schemas, what goes out is serialised by its reply, so an unknown field cannot leave. */
export function bind(app: FastifyInstance, handlers: Handlers): void {
  for (const { resource, verb, endpoint } of allEndpoints()) {
    const handler = (handlers as unknown as Record<string, Record<string, AnyHandler>>)[resource]![verb]!
    app.route({
      method: endpoint.method,
      url: prefix + endpoint.path,
      ...(endpoint.timeoutMs !== undefined && { handlerTimeout: endpoint.timeoutMs }),
      schema: schemaOf(resource, verb, endpoint),
      handler: (request, reply) => answer(endpoint, handler, request, reply),
    })
  }
}

export function allEndpoints(): { resource: string; verb: string; endpoint: Endpoint }[] {
  return Object.entries(endpoints).flatMap(([resource, verbs]) =>
    Object.entries(verbs).map(([verb, endpoint]) => ({ resource, verb, endpoint: endpoint as Endpoint })),
  )
}

async function answer(
  endpoint: Endpoint,
  handler: AnyHandler,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { params, query, body } = request as unknown as Asked<Endpoint>
  const given = await handler({ params, query, body, abort: request.signal })
  if (endpoint.lines) {
    return reply.type(endpoint.lines.contentType).send(Readable.from(withNewlines(given as AsyncIterable<string>)))
  }
  reply.header('cache-control', 'no-store')
  if (!endpoint.creates) return given
  const { made, document } = given as Made<{ id: string }>
  if (made) reply.code(201).header('location', `${prefix}${endpoint.path}/${document.id}`)
  return document
}

async function* withNewlines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}

function schemaOf(resource: string, verb: string, endpoint: Endpoint) {
  const { summary, params, query, body, reply, creates, lines } = endpoint
  const good = lines
    ? { 200: { description: 'JSON lines', content: { [lines.contentType.split(';')[0]!]: { schema: reply } } } }
    : { 200: reply, ...(creates && { 201: reply }) }
  const bad = { description: 'What was wrong', content: { [problemType]: { schema: Problem } } }
  return {
    operationId: `${resource}.${verb}`,
    summary,
    tags: [resource],
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    response: { ...good, '4xx': bad, '5xx': bad },
  }
}

/** A reply of ours that is not in the promised shape: our fault, never sent. */
export const isMalformedReply = (error: unknown): error is ResponseSerializationError =>
  error instanceof ResponseSerializationError
