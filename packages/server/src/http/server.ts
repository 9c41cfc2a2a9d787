import type { Socket } from 'node:net'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { apiVersion, prefix, problemType, type Handlers, type Problem } from '@pumpiq/api'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import { allEndpoints, bind, isMalformedReply } from './bind.ts'
import { countRequests, serveMetrics, type HttpFigures } from './metrics.ts'
import { refuseForeignHost } from './own-host.ts'
import { identifyLocal, type Identify } from './policy.ts'
import { bodyLimit, problemOf, tell } from './problem.ts'
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
}

/** The whole of HTTP, ready to listen or to be injected into. Binding to HOST and PORT, and closing, is the caller's. */
export async function createHttp(needs: HttpNeeds): Promise<FastifyInstance> {
  const { handlers, log, ids, simulated, webRoot, trustProxy = false, figures } = needs
  const { identify = identifyLocal(trustProxy !== false) } = needs
  const count = figures ? countRequests(figures) : () => {}
  const app: FastifyInstance = Fastify({
    logger: false,
    genReqId: ({ headers }) => requestIdOf(headers) ?? ids.next(),
    bodyLimit,
    trustProxy: trusted(trustProxy),
    requestTimeout: 15_000,
    connectionTimeout: 0,
    keepAliveTimeout: 10_000,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    // A path that cannot be decoded never meets the hooks.
    frameworkErrors: (error, request, reply) => {
      count(request, reply)
      fail(log, error, request, label(reply, request, simulated))
    },
    clientErrorHandler: (_, socket) => refuseBytes(socket, simulated),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  // JSON is all we read: a form of another origin's page could otherwise post text without asking the browser's leave.
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler((error: FastifyError, request, reply) => fail(log, error, request, reply))
  app.setNotFoundHandler((request, reply) => notFound(request, reply))
  app.decorateRequest('caller')
  await needs.first?.(app)
  app.addHook('onRequest', async (request, reply) => {
    count(request, reply)
    label(reply, request, simulated)
    if (trustProxy === false) refuseForeignHost(request)
    request.caller = await identify.of(request)
  })
  await harden(app)
  await describe(app)
  const { mostMs, only } = needs
  const mounted = only && { only: (operation: string) => only.includes(operation) }
  bind(app, handlers, { mostMs, identify, ...mounted })
  if (figures) serveMetrics(app, figures, trustProxy !== false)
  if (!only) {
    const url = `${prefix}/openapi.json`
    app.route({ method: 'GET', url, schema: { hide: true }, handler: () => app.swagger() })
    await serveWeb(app, webRoot)
  }
  await app.ready()
  return app
}

function trusted(proxies: false | number | readonly string[]) {
  if (typeof proxies === 'number') return (_address: string, hop: number) => hop < proxies
  return proxies && [...proxies]
}

const label = (reply: FastifyReply, request: FastifyRequest, simulated: boolean): FastifyReply =>
  reply.headers({ 'x-pumpiq-data': dataOf(simulated), 'x-request-id': request.id })

const dataOf = (simulated: boolean) => (simulated ? 'simulated' : 'live')

/** What is not HTTP, or too slow to become it, has no request that an answer could be made for. */
function refuseBytes(socket: Socket, simulated: boolean): void {
  if (!socket.writable) return void socket.destroy()
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nx-pumpiq-data: ${dataOf(simulated)}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  )
}

/** Nothing from elsewhere, nothing inline. Transport security is the matter of whoever terminates TLS, so it is not claimed here. */
async function harden(app: FastifyInstance): Promise<void> {
  const own = ["'self'"]
  const none = ["'none'"]
  await app.register(helmet, {
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: own,
        styleSrc: own,
        imgSrc: [...own, 'data:'],
        connectSrc: own,
        fontSrc: own,
        manifestSrc: own,
        baseUri: none,
        formAction: own,
        frameAncestors: none,
        objectSrc: none,
      },
    },
  })
}

async function describe(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'PumpIQ',
        version: apiVersion,
        description:
          'Crypto recommendations with a record that can be checked. Every answer says in `x-pumpiq-data` whether it is live or simulated. Prices are decimal strings, instants ISO 8601 UTC. Not financial advice.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: [...new Set(allEndpoints().map(({ resource }) => resource))].map((name) => ({ name })),
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
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
  return send(reply, problemOf(told, request))
}

/** 405 when the path is there for another method, else 404. */
function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?', 1)[0]!
  const allowed = methodsAt(path)
  if (allowed.length > 0 && !allowed.includes(request.method)) {
    reply.header('allow', allowed.join(', '))
    const detail = `${request.method} is not possible on ${path}: allowed is ${allowed.join(', ')}`
    return send(reply, problemOf({ status: 405, code: 'invalid', detail }, request))
  }
  const detail = `there is nothing at ${path.slice(0, 200)}; what there is stands in ${prefix}/openapi.json`
  return send(reply, problemOf({ status: 404, code: 'notFound', detail }, request))
}

const patterns = allEndpoints().map(({ endpoint: { method, path } }) => ({
  method,
  shape: new RegExp(`^${prefix}${path.replaceAll(/:\w+/g, '[^/]+')}/?$`),
}))

function methodsAt(path: string): string[] {
  const found: string[] = patterns.filter(({ shape }) => shape.test(path)).map(({ method }) => method)
  const pages = path !== '/api' && !path.startsWith('/api/')
  if (pages || path === `${prefix}/openapi.json`) found.push('GET')
  return [...new Set(found.includes('GET') ? [...found, 'HEAD'] : found)].toSorted()
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfterMs !== undefined) reply.header('retry-after', String(Math.ceil(problem.retryAfterMs / 1000)))
  // Serialised here: a route's own schemas are for its good answers.
  return reply
    .code(problem.status)
    .type(problemType)
    .header('cache-control', 'no-store')
    .serializer(String)
    .send(JSON.stringify(problem))
}
