import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ResponseSerializationError } from 'fastify-type-provider-zod'
import { Failure } from '@pumpiq/domain'
import {
  endpoints,
  jobsPath,
  prefix,
  Problem,
  problemType,
  type Accepted,
  type Asked,
  type Caller,
  type Circumstances,
  type Endpoint,
  type Handlers,
  type Made,
  type Prefers,
} from '@pumpiq/api'
import { admit, type Identify } from './policy.ts'
import { appliedPreference, waitOf } from './prefer.ts'

type AnyHandler = (asked: Asked<Endpoint> & Circumstances & { prefers: Prefers }) => unknown

type Bounds = {
  readonly mostMs?: number | undefined
  /** Which of the table is mounted, by `resource.verb`. */
  readonly only?: ((operation: string) => boolean) | undefined
  readonly identify: Identify
}

const all = () => true

/** How long a handler may work unless its endpoint says otherwise. */
const usualMs = 30_000

/**
 * Mounts the endpoint table: who may not ask is refused before anything is read, what comes in is checked by its schemas, what goes out is
 * serialised by its reply, so an unknown field cannot leave. No answer takes longer than `mostMs`.
 */
export function bind(
  app: FastifyInstance,
  handlers: Handlers,
  { mostMs = Infinity, only = all, identify }: Bounds,
): void {
  const table = handlers as unknown as Record<string, Record<string, AnyHandler>>
  for (const { resource, verb, endpoint } of allEndpoints()) {
    if (!only(`${resource}.${verb}`)) continue
    const timeoutMs = Math.min(mostMs, endpoint.timeoutMs ?? usualMs)
    mount(app, { resource, verb, endpoint, handler: table[resource]![verb]!, timeoutMs }, identify)
  }
}

type Mounted = Bound & { readonly resource: string; readonly verb: string }

/** One endpoint, as a route. */
export function mount(app: FastifyInstance, { resource, verb, ...bound }: Mounted, identify: Identify): void {
  const { endpoint } = bound
  app.route({
    method: endpoint.method,
    url: prefix + endpoint.path,
    schema: schemaOf(resource, verb, endpoint),
    ...(endpoint.bodyBytes !== undefined && { bodyLimit: endpoint.bodyBytes }),
    onRequest: (request) => admit(endpoint, request, identify),
    handler: (request, reply) => answer(bound, request, reply),
  })
}

export function allEndpoints(): { resource: string; verb: string; endpoint: Endpoint }[] {
  return Object.entries(endpoints).flatMap(([resource, verbs]) =>
    Object.entries(verbs).map(([verb, endpoint]) => ({ resource, verb, endpoint: endpoint as Endpoint })),
  )
}

type Bound = { endpoint: Endpoint; handler: AnyHandler; timeoutMs: number }

async function answer({ endpoint, handler, timeoutMs }: Bound, request: FastifyRequest, reply: FastifyReply) {
  const { params, query, body } = request as unknown as Asked<Endpoint>
  const late = AbortSignal.timeout(timeoutMs)
  const abort = AbortSignal.any([leaving(reply), late])
  // Who waits longer than we work is told of the job in time.
  const waitMs = waitOf(request.headers, timeoutMs - 1_000)
  const asked = { params, query, body, abort, caller: request.caller as Caller, prefers: { waitMs } }
  const given = await unlessLate(handler(asked), late, timeoutMs)
  if (endpoint.lines) {
    return reply.type(endpoint.lines.contentType).send(Readable.from(withNewlines(given as AsyncIterable<string>)))
  }
  reply.header('cache-control', 'no-store')
  if (endpoint.accepts) {
    if (waitMs !== null) reply.header('preference-applied', appliedPreference(request.headers))
    if (isAccepted(given)) {
      reply.code(202).header('location', `${prefix}${jobsPath}/${given.accepted.id}`)
      return given.accepted
    }
  }
  if (!endpoint.creates) return given
  const { made, document } = given as Made<{ id: string }>
  if (made) reply.code(201).header('location', `${prefix}${endpoint.path}/${document.id}`)
  return document
}

const isAccepted = (given: unknown): given is Accepted<{ id: string }> =>
  typeof given === 'object' && given !== null && 'accepted' in given

/**
 * Fires when the client has gone before it was answered. Fastify's own `request.signal` fires as soon as a body has been read, and its
 * `handlerTimeout` ends with it: neither can be used for POST.
 */
function leaving(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new Failure('unavailable', 'the client has gone'))
  })
  return gone.signal
}

/** What was given, or a failure when the time is over: a handler that does not listen to its `abort` keeps nobody waiting. */
async function unlessLate(given: unknown, late: AbortSignal, timeoutMs: number): Promise<unknown> {
  const tooLate = new Promise<never>((_, reject) => {
    const sentence = `the answer took longer than ${timeoutMs / 1000} s; ask again`
    late.addEventListener('abort', () => reject(new Failure('unavailable', sentence, { retryAfterMs: 1_000 })))
  })
  return Promise.race([given, tooLate])
}

async function* withNewlines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}

function schemaOf(resource: string, verb: string, endpoint: Endpoint) {
  const { summary, params, query, body, reply, creates, accepts, lines } = endpoint
  const good = lines
    ? { 200: { description: 'JSON lines', content: { [lines.contentType.split(';')[0]!]: { schema: reply } } } }
    : { 200: reply, ...(creates && { 201: reply }), ...(accepts && { 202: accepts }) }
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
