import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuseFarCallers } from './local-only.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Secret } from '../platform/secret.ts'

/** What is counted of requests, and what is told of the whole at `/metrics`. */
export type HttpFigures = {
  readonly metrics: Metrics
  /** Lets who bears it read from elsewhere; null: only this machine reads. */
  readonly token: Secret | null
  /** Renews what is asked for at a scrape; it never rejects. */
  readonly gather: () => Promise<void>
}

/** Where figures are read: beside the API, since they are for whoever runs it. */
export const metricsPath = '/metrics'

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Counts every request by the template of its route, so that odd paths make no new series. */
export function countRequests({ metrics }: HttpFigures) {
  const took = metrics.histogram({
    name: 'pumpiq_http_request_duration_seconds',
    help: 'Seconds from a request’s headers to the last byte of its answer, by route template, method and class of status (gone: the caller left before). Its _count is the number of requests.',
    labels: ['route', 'method', 'status'],
    bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  })
  const underWay = metrics.gauge({
    name: 'pumpiq_http_requests_in_flight',
    help: 'Requests that are being answered now, the one that reads this included.',
  })
  underWay({}, 0)

  return function count(request: FastifyRequest, reply: FastifyReply): void {
    // A line that stays open is no question with an answer.
    if (request.headers.upgrade !== undefined) return
    const { raw } = reply
    const method = methods.has(request.method) ? request.method : 'other'
    const route = request.is404 ? 'none' : (request.routeOptions?.url ?? 'none')
    let ended = false
    const end = (status: string) => {
      if (ended) return
      ended = true
      underWay({}, -1)
      took({ route, method, status }, reply.elapsedTime / 1_000)
    }
    underWay({}, 1)
    raw.once('finish', () => end(`${Math.floor(raw.statusCode / 100)}xx`))
    raw.once('close', () => end('gone'))
  }
}

/**
 * `GET /metrics`, in every process that listens: for callers on this machine, and for those who bear the token. Failure forbidden for all
 * others, whatever proxy they came through.
 */
export function serveMetrics(app: FastifyInstance, { metrics, token, gather }: HttpFigures, proxyTrusted: boolean) {
  app.route({
    method: 'GET',
    url: metricsPath,
    schema: { hide: true },
    config: { policy: { access: 'machine', why: 'figures are for whoever runs it' } },
    onRequest: (request, _reply, done) => {
      if (!bears(request.headers.authorization, token)) refuseFarCallers(request, proxyTrusted)
      done()
    },
    async handler(_request, reply) {
      await gather()
      const { contentType, text } = await metrics.expose()
      return reply.type(contentType).header('cache-control', 'no-store').send(text)
    },
  })
}

/** Of equal length as digests, so that the comparison takes as long for any of them. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

const bears = (authorization: string | undefined, token: Secret | null): boolean =>
  token !== null &&
  authorization !== undefined &&
  timingSafeEqual(digest(authorization.replace(/^bearer +/i, '')), digest(token.reveal()))
