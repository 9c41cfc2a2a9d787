import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../platform/clock.ts'
import { setHeaders } from './security-headers.ts'

type Kept = {
  readonly body: Buffer
  readonly etag: string
  readonly control: string
  readonly keptAt: number
  readonly until: number
}

export type AnswerCache = ReturnType<typeof createAnswerCache>

const json = 'application/json; charset=utf-8'
const mostBytes = 64 * 2 ** 20
const mostAnswers = 10_000

/** Names the bytes of an answer: the same ones have the same name in every process. */
export const etagOf = (bytes: Buffer): string => `"${hash('sha256', bytes, 'base64url').slice(0, 27)}"`

/** Whether `If-None-Match` names it. Proxies that compress make a strong name a weak one. */
export function isKnown({ headers }: FastifyRequest, etag: string): boolean {
  const known = headers['if-none-match']
  if (known === undefined) return false
  if (known === etag || known === '*') return true
  return known.split(',').some((name) => name.trim().replace(/^W\//, '') === etag)
}

/**
 * Answers that are everybody's, as the bytes that are sent, under the address that was asked. Only what was given to nobody is put in: so it
 * cannot hold what is one user's.
 */
export function createAnswerCache({ clock }: { clock: Pick<Clock, 'now'> }) {
  const kept = new LRUCache<string, Kept>({
    max: mostAnswers,
    maxSize: mostBytes,
    sizeCalculation: ({ body }) => body.length + 500,
  })

  return {
    keep(url: string, body: Buffer, etag: string, lengthMs: number): void {
      const keptAt = clock.now()
      const control = controlOf(lengthMs)
      kept.set(url, { body, etag, control, keptAt, until: keptAt + lengthMs })
    },
    /** Answers from what is kept; false where nothing is. */
    answer(request: FastifyRequest, reply: FastifyReply): boolean {
      const found = kept.get(request.raw.url!)
      if (!found) return false
      const now = clock.now()
      if (now >= found.until || now < found.keptAt) return false
      const age = String(Math.floor((now - found.keptAt) / 1_000))
      if (isKnown(request, found.etag)) {
        setHeaders(reply, { 'cache-control': found.control, etag: found.etag, age })
        reply.code(304).send()
        return true
      }
      setHeaders(reply, { 'cache-control': found.control, etag: found.etag, age, 'content-type': json })
      reply.send(found.body)
      return true
    },
  }
}

export const controlOf = (lengthMs: number): string => `public, max-age=${Math.floor(lengthMs / 1_000)}`
