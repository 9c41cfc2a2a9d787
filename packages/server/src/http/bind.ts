import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import { ResponseSerializationError } from 'fastify-type-provider-zod'
import { endpoints, prefix, type Endpoint, type Handlers } from '@pumpiq/api'
import { createAnswer, isPlain, type AnswerTools, type AnyHandler, type Bound } from './answer.ts'
import { auditing, isAudited, type Audit } from './audited.ts'
import { refuseNul } from './body.ts'
import { deprecationHeaders } from './deprecation.ts'
import { schemaOf } from './endpoint-schema.ts'
import { admit, type Identify } from './policy.ts'
import { policyOf } from './route-policy.ts'
import type { Log } from '../platform/log.ts'

type Bounds = MountTools & {
  readonly mostMs?: number | undefined
  /** Which of the table is mounted, by `resource.verb`. */
  readonly only?: ((operation: string) => boolean) | undefined
}

export type MountTools = AnswerTools & {
  readonly identify: Identify
  /** Refuses what a page of others made a browser send. */
  readonly refuseForged: (request: FastifyRequest) => void
  readonly audit: Audit | null
  readonly log: Log
}

const all = () => true

/** How long a handler may work unless its endpoint says otherwise. */
const usualMs = 30_000

/**
 * Mounts the endpoint table: who may not ask is refused before anything is read, what comes in is checked by its schemas, what goes out is
 * serialised by its reply, so an unknown field cannot leave. No answer takes longer than `mostMs`.
 */
export function bind(app: FastifyInstance, handlers: Handlers, { mostMs = Infinity, only = all, ...tools }: Bounds) {
  const table = handlers as unknown as Record<string, Record<string, AnyHandler>>
  for (const { resource, verb, endpoint } of allEndpoints()) {
    if (!only(`${resource}.${verb}`)) continue
    const timeoutMs = Math.min(mostMs, endpoint.timeoutMs ?? usualMs)
    mount(app, { resource, verb, endpoint, handler: table[resource]![verb]!, timeoutMs }, tools)
  }
}

type Mounted = Bound & { readonly resource: string; readonly verb: string }

/** One endpoint, as a route. */
export function mount(app: FastifyInstance, { resource, verb, ...bound }: Mounted, tools: MountTools): void {
  const { endpoint } = bound
  const operation = `${resource}.${verb}`
  const { audit, log } = tools
  app.route({
    method: endpoint.method,
    url: prefix + endpoint.path,
    schema: schemaOf(resource, verb, endpoint),
    config: { policy: policyOf(operation, endpoint) },
    ...(endpoint.bodyBytes !== undefined && { bodyLimit: endpoint.bodyBytes }),
    onRequest: entering(endpoint, tools),
    ...(audit && isAudited(resource, endpoint) && { onSend: auditing(operation, audit, log) }),
    handler: createAnswer(bound, tools),
  })
}

function entering(endpoint: Endpoint, { identify, refuseForged, cache }: MountTools) {
  const going = deprecationHeaders(endpoint)
  const isKept = endpoint.cacheMs !== undefined && endpoint.method === 'GET'
  const isReadByAll = endpoint.access === 'public' && endpoint.method === 'GET'

  async function admitted(request: FastifyRequest): Promise<void> {
    await admit(endpoint, request, identify)
    refuseForged(request)
  }

  /** Awaits only where it must be asked who it is: `done` is called, or a promise given. */
  return function enter(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) {
    refuseNul(request.url)
    if (going) reply.headers(going)
    if (!isReadByAll) return admitted(request)
    if (!isKept || !cache || !isPlain(endpoint, request) || !cache.answer(request, reply)) done()
    return undefined
  }
}

export function allEndpoints(): { resource: string; verb: string; endpoint: Endpoint }[] {
  return Object.entries(endpoints).flatMap(([resource, verbs]) =>
    Object.entries(verbs).map(([verb, endpoint]) => ({ resource, verb, endpoint: endpoint as Endpoint })),
  )
}

/** A reply of ours that is not in the promised shape: our fault, never sent. */
export const isMalformedReply = (error: unknown): error is ResponseSerializationError =>
  error instanceof ResponseSerializationError
