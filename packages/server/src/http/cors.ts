import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'

/** What a page of another origin may read of an answer, besides its body. */
const told = [
  'etag',
  'location',
  'preference-applied',
  'ratelimit-limit',
  'ratelimit-policy',
  'ratelimit-remaining',
  'ratelimit-reset',
  'retry-after',
  'x-pumpiq-data',
  'x-request-id',
]

const sent = [
  'authorization',
  'content-type',
  'idempotency-key',
  'if-none-match',
  'prefer',
  'x-api-key',
  'x-request-id',
]

/**
 * Lets pages of the named origins ask with a key or a token; cookies are never sent across origins. Others get no leave, and what they sent
 * is not said back to them.
 */
export async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return
  await app.register(cors, {
    origin: [...origins],
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: sent,
    exposedHeaders: told,
    maxAge: 600,
    strictPreflight: true,
  })
}
