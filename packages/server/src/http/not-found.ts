import type { FastifyReply, FastifyRequest } from 'fastify'
import { prefix, problemType, type Problem } from '@pumpiq/api'
import { docsPath } from './api-docs.ts'
import { allEndpoints } from './bind.ts'
import { documentPath } from './describe.ts'
import { problemOf } from './problem.ts'

/** 405 when the path is there for another method, else 404. */
export function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?', 1)[0]!
  const allowed = methodsAt(path)
  if (allowed.length > 0 && !allowed.includes(request.method)) {
    reply.header('allow', allowed.join(', '))
    const detail = `${request.method} is not possible on ${path}: allowed is ${allowed.join(', ')}`
    return sendProblem(reply, problemOf({ status: 405, code: 'invalid', detail }, request))
  }
  const detail = `there is nothing at ${path.slice(0, 200)}; what there is stands in ${prefix}/openapi.json`
  return sendProblem(reply, problemOf({ status: 404, code: 'notFound', detail }, request))
}

const patterns = allEndpoints().map(({ endpoint: { method, path } }) => ({
  method,
  shape: new RegExp(`^${prefix}${path.replaceAll(/:\w+/g, '[^/]+')}/?$`),
}))

function methodsAt(path: string): string[] {
  const found: string[] = patterns.filter(({ shape }) => shape.test(path)).map(({ method }) => method)
  const pages = path !== '/api' && !path.startsWith('/api/')
  if (pages || path === documentPath || path === docsPath) found.push('GET')
  return [...new Set(found.includes('GET') ? [...found, 'HEAD'] : found)].toSorted()
}

/** Sent as it is: a route's own schemas are for its good answers. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfterMs !== undefined) reply.header('retry-after', String(Math.ceil(problem.retryAfterMs / 1000)))
  return reply
    .code(problem.status)
    .type(problemType)
    .header('cache-control', 'no-store')
    .serializer(String)
    .send(JSON.stringify(problem))
}
