import type { Socket } from 'node:net'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { prefix, type Handlers } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import { deadlines } from '../platform/deadlines.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import { createAnswerCache } from './answer-cache.ts'
import { serveDocs } from './api-docs.ts'
import type { Audit } from './audited.ts'
import { bind, isMalformedReply } from './bind.ts'
import { readBodies } from './body.ts'
import { allowOrigins } from './cors.ts'
import { createRefuseForged, type Csrf } from './csrf.ts'
import { describe, serveDocument } from './describe.ts'
import { createDoor } from './door.ts'
import type { Idempotency } from './idempotency.ts'
import type { Limits } from './limits.ts'
import { countRequests, serveMetrics, type HttpFigures } from './metrics.ts'
import { identifyLocal, type Identify } from './policy.ts'
import { notFound, sendProblem } from './not-found.ts'
import { refuseUnderPressure, type Pressure } from './pressure.ts'
import { bodyLimit, problemOf, tell } from './problem.ts'
import { requirePolicies } from './route-policy.ts'
import { securityHeaders, setHeaders } from './security-headers.ts'
import { serialise } from './serialise.ts'
import { serveWeb } from './static.ts'
import { requestIdOf, traceOf } from './trace-context.ts'

export type HttpNeeds = {
  readonly handlers: Handlers
  readonly log: Log
  /** Names each request in the log and in problems. */
  readonly ids: Ids
  /** Every answer says so in the header `x-pumpiq-data`. */
  readonly simulated: boolean
  /** Folder of the built web app; it may be absent. */
  readonly webRoot: string
  /** The longest any answer may take, for tests; else each endpoint's own. */
  readonly mostMs?: number
  /** What a process that serves no users still tells, by `resource.verb`; all unless said, and then no pages either. */
  readonly only?: readonly string[]
  /** As Fastify takes it; false unless there is a proxy in front. */
  readonly trustProxy?: false | number | readonly string[]
  /** What is counted and told of it; nothing unless given. */
  readonly figures?: HttpFigures
  /** Mounts what is no question with an answer. Its hooks run first, ours on its routes too. */
  readonly first?: (app: FastifyInstance) => Promise<void>
  /** Who asks; whoever sits at the machine unless said. */
  readonly identify?: Identify
  /** How often each may ask; nobody is counted unless given. */
  readonly limits?: Limits | null
  /** By which changes in a session are known to come from pages of ours; null: there are no sessions. */
  readonly csrf?: Pick<Csrf, 'isCsrfTokenOf'> | null
  readonly publicUrl?: string | null
  /** Whose pages may ask with keys and tokens. */
  readonly corsOrigins?: readonly string[]
  /** Heeds the header `Idempotency-Key`; it is not read unless given. */
  readonly idempotency?: Idempotency | null
  /** Where changes of accounts are written down. */
  readonly audit?: Audit | null
  /** By which answers that are everybody's grow old; they are not kept unless given. */
  readonly clock?: Pick<Clock, 'now'>
  /** From where on nobody new is served; never unless given. */
  readonly pressure?: Pressure | null
  /** The longest a request may take to arrive; 15 s unless said. */
  readonly arriveMs?: number
}

/** The whole of HTTP, ready to listen or to be injected into. Binding to HOST and PORT, and closing, is the caller's. */
export async function createHttp(needs: HttpNeeds): Promise<FastifyInstance> {
  const { log, simulated, trustProxy = false, figures } = needs
  const { identify = identifyLocal(trustProxy !== false), limits = null } = needs
  const count = figures ? countRequests(figures) : () => {}
  const label = await labelling(simulated)
  const app = open(needs, (error, request, reply) => {
    count(request, reply)
    fail(log, error, request, label(reply, request))
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serialise)
  readBodies(app)
  app.setErrorHandler((error: FastifyError, request, reply) => fail(log, error, request, reply))
  app.setNotFoundHandler((request, reply) => notFound(request, reply))
  app.decorateRequest('caller')
  requirePolicies(app)
  await needs.first?.(app)
  app.addHook('onRequest', (request, reply, done) => {
    count(request, reply)
    label(reply, request)
    done()
  })
  await allowOrigins(app, needs.corsOrigins ?? [])
  await refuseUnderPressure(app, needs.pressure ?? null)
  app.addHook('onRequest', createDoor({ identify, limits, isProxyTrusted: trustProxy !== false }))
  await describe(app)
  mountAll(app, needs, identify)
  if (figures) serveMetrics(app, figures, trustProxy !== false)
  if (!needs.only) {
    serveDocument(app)
    serveDocs(app, needs.ids)
    await serveWeb(app, needs.webRoot)
  }
  await app.ready()
  return app
}

/** `fault` answers what breaks before a request meets the hooks: a path that cannot be decoded. */
function open({ ids, simulated, trustProxy = false, arriveMs = 15_000 }: HttpNeeds, fault: FrameworkFault) {
  return Fastify({
    logger: false,
    genReqId: ({ headers }) => requestIdOf(headers) ?? ids.next(),
    bodyLimit,
    trustProxy: trusted(trustProxy),
    requestTimeout: arriveMs,
    connectionTimeout: 0,
    keepAliveTimeout: 10_000,
    http: {
      headersTimeout: arriveMs,
      connectionsCheckingInterval: Math.min(5_000, arriveMs),
      maxHeaderSize: 16 * 1024,
    },
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    frameworkErrors: fault,
    clientErrorHandler: (error, socket) => refuseBytes(error, socket, simulated),
  }) as unknown as FastifyInstance
}

/** Writes what stands in every answer. */
async function labelling(simulated: boolean) {
  const { ofPages, ofAnswers } = await securityHeaders()
  const data = { 'x-pumpiq-data': dataOf(simulated) }
  const [pages, answers] = [
    { ...ofPages, ...data },
    { ...ofAnswers, ...data },
  ]
  return function label(reply: FastifyReply, { id, url }: FastifyRequest): FastifyReply {
    setHeaders(reply, url.startsWith(prefix) ? answers : pages)
    setHeaders(reply, { 'x-request-id': id })
    return reply
  }
}

type FrameworkFault = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void

function mountAll(app: FastifyInstance, needs: HttpNeeds, identify: Identify): void {
  const { handlers, log, mostMs, only, clock, csrf = null, publicUrl = null } = needs
  bind(app, handlers, {
    mostMs,
    identify,
    log,
    refuseForged: createRefuseForged({ csrf, publicUrl }),
    audit: needs.audit ?? null,
    idempotency: needs.idempotency ?? null,
    cache: clock ? createAnswerCache({ clock }) : null,
    deadlines,
    ...(only && { only: (operation: string) => only.includes(operation) }),
  })
}

function trusted(proxies: false | number | readonly string[]) {
  if (typeof proxies === 'number') return (_address: string, hop: number) => hop < proxies
  return proxies && [...proxies]
}

const dataOf = (simulated: boolean) => (simulated ? 'simulated' : 'live')

/** What is not HTTP, or too slow or too long to become it, has no request that an answer could be made for. */
function refuseBytes({ code }: { code?: string }, socket: Socket, simulated: boolean): void {
  if (!socket.writable) return void socket.destroy()
  const status =
    code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? '408 Request Timeout'
      : code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : '400 Bad Request'
  socket.end(
    `HTTP/1.1 ${status}\r\nx-pumpiq-data: ${dataOf(simulated)}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  )
}

function fail(log: Log, error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const told = tell(error, request)
  if (told.status >= 500) {
    const about = {
      requestId: request.id,
      ...traceOf(request.headers),
      method: request.method,
      path: request.url.split('?', 1)[0],
      error,
    }
    if (isMalformedReply(error))
      log.error('a reply of ours is not in the promised shape', { ...about, issues: error.cause.issues })
    else if (told.code === 'unavailable') log.warn('not available', about)
    else log.error('a request broke', about)
  }
  return sendProblem(reply, problemOf(told, request))
}
