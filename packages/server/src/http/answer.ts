import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isFailure } from '@pumpiq/domain'
import {
  jobsPath,
  nobody,
  prefix,
  type Accepted,
  type Anybody,
  type Asked,
  type Caller,
  type Circumstances,
  type Endpoint,
  type Exchange,
  type Made,
  type Prefers,
} from '@pumpiq/api'
import type { Deadlines } from '../platform/deadlines.ts'
import { controlOf, etagOf, isKnown, type AnswerCache } from './answer-cache.ts'
import { exchangeOf } from './exchange.ts'
import { idempotencyHeader, type Idempotency, type Sent } from './idempotency.ts'
import { appliedPreference, waitOf } from './prefer.ts'
import { setHeaders } from './security-headers.ts'
import { inTime, Waiting } from './working.ts'

export type AnyHandler = (asked: Asked<Endpoint> & Circumstances & { prefers: Prefers; exchange?: Exchange }) => unknown

export type Bound = { readonly endpoint: Endpoint; readonly handler: AnyHandler; readonly timeoutMs: number }

export type AnswerTools = {
  readonly deadlines: Deadlines
  readonly cache: AnswerCache | null
  readonly idempotency: Idempotency | null
}

type Exchanged = { readonly request: FastifyRequest; readonly reply: FastifyReply }

const json = 'application/json; charset=utf-8'

/** Asks the handler and answers with what it gives: whole, as a job, as lines, or as what has not changed. */
export function createAnswer(bound: Bound, tools: AnswerTools) {
  const { endpoint, timeoutMs } = bound
  const { cache, idempotency } = tools

  return async function answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const exchanged = { request, reply }
    const { caller } = request
    if (endpoint.cacheMs !== undefined) return everybodys(exchanged)
    if (endpoint.idempotent && caller.userId !== null && request.headers[idempotencyHeader] !== undefined) {
      if (idempotency) return once(exchanged, idempotency, caller.userId)
    }
    const given = await ask(exchanged, caller)
    const control = caller.userId === null ? 'no-cache' : 'private, no-store'
    if (endpoint.lines) {
      reply.header('cache-control', control)
      return reply.type(endpoint.lines.contentType).send(Readable.from(withNewlines(given as AsyncIterable<string>)))
    }
    if (endpoint.method === 'GET') return send(exchanged, given, control)
    reply.header('cache-control', 'no-store')
    return shaped(reply, given)
  }

  function ask({ request, reply }: Exchanged, caller: Anybody): unknown {
    const waiting = new Waiting(reply)
    // Who waits longer than we work is told of the job in time.
    const waitMs = endpoint.accepts ? waitOf(request.headers, timeoutMs - 1_000) : null
    if (waitMs !== null) reply.header('preference-applied', appliedPreference(request.headers))
    const asked = new Question(request, caller as Caller, waiting, waitMs)
    if (endpoint.signs) asked.exchange = exchangeOf(request, reply)
    return inTime(bound.handler(asked), { waiting, deadlines: tools.deadlines, timeoutMs })
  }

  /** What nobody may see is everybody's, and is kept; what only somebody may see is asked for once more as him, and is his alone. */
  async function everybodys(exchanged: Exchanged): Promise<unknown> {
    const { request, reply } = exchanged
    const { caller } = request
    let given: unknown
    try {
      given = await ask(exchanged, nobody)
    } catch (thrown) {
      if (caller.userId === null || !isFailure(thrown) || !withheld.has(thrown.code)) throw thrown
      return send(exchanged, await ask(exchanged, caller), 'private, no-store')
    }
    const bytes = bytesOf(reply, given)
    const etag = etagOf(bytes)
    if (request.method === 'GET' && isPlain(endpoint, request)) {
      cache?.keep(request.raw.url!, bytes, etag, endpoint.cacheMs!)
    }
    return sendBytes(exchanged, bytes, etag, controlOf(endpoint.cacheMs!))
  }

  async function once(exchanged: Exchanged, { once: doOnce }: Idempotency, userId: string): Promise<unknown> {
    const { request, reply } = exchanged
    const work = async (): Promise<Sent> => {
      const document = shaped(reply, await ask(exchanged, request.caller))
      const body = reply.serialize(document) as string
      return { status: reply.statusCode, location: (reply.getHeader('location') as string | undefined) ?? null, body }
    }
    const { status, location, body, isAgain } = await doOnce(request, userId, timeoutMs, work)
    reply.code(status).header('cache-control', 'no-store').type(json)
    if (location !== null) reply.header('location', location)
    if (isAgain) reply.header('idempotency-replayed', 'true')
    return reply.send(body)
  }

  /** Sets what a status and a place say of it; the document itself is returned. */
  function shaped(reply: FastifyReply, given: unknown): unknown {
    if (endpoint.accepts && isAccepted(given)) {
      reply.code(202).header('location', `${prefix}${jobsPath}/${given.accepted.id}`)
      return given.accepted
    }
    if (!endpoint.creates) return given
    const { made, document } = given as Made<{ id: string }>
    if (made) reply.code(201).header('location', `${prefix}${endpoint.path}/${document.id}`)
    return document
  }
}

/** What a handler is given; its signal is made only when it is looked at. */
class Question {
  readonly params: never
  readonly query: never
  readonly body: never
  readonly caller: Caller
  readonly prefers: Prefers
  exchange?: Exchange
  readonly #waiting: Waiting

  constructor({ params, query, body }: FastifyRequest, caller: Caller, waiting: Waiting, waitMs: number | null) {
    this.params = params as never
    this.query = query as never
    this.body = body as never
    this.caller = caller
    this.prefers = waitMs === null ? asOneLikes : { waitMs }
    this.#waiting = waiting
  }

  get abort(): AbortSignal {
    return this.#waiting.signal
  }
}

const asOneLikes: Prefers = { waitMs: null }

const withheld: ReadonlySet<string> = new Set(['notFound', 'forbidden', 'unauthenticated'])

/** Words that the endpoint does not read would make one answer many. */
export const isPlain = ({ query }: Endpoint, { raw }: FastifyRequest): boolean =>
  query !== undefined || !raw.url!.includes('?')

function send(exchanged: Exchanged, document: unknown, control: string): FastifyReply {
  const bytes = bytesOf(exchanged.reply, document)
  return sendBytes(exchanged, bytes, etagOf(bytes), control)
}

/** As they are named, kept and sent: a text would be made bytes once for each. */
const bytesOf = (reply: FastifyReply, document: unknown): Buffer => Buffer.from(reply.serialize(document) as string)

function sendBytes({ request, reply }: Exchanged, bytes: Buffer, etag: string, control: string): FastifyReply {
  if (isKnown(request, etag)) {
    setHeaders(reply, { 'cache-control': control, etag })
    return reply.code(304).send()
  }
  setHeaders(reply, { 'cache-control': control, etag, 'content-type': json })
  return reply.send(bytes)
}

const isAccepted = (given: unknown): given is Accepted<{ id: string }> =>
  typeof given === 'object' && given !== null && 'accepted' in given

async function* withNewlines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}
