import type { FastifyRequest } from 'fastify'
import { canonical, Failure, seconds } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import { sha256Hex } from '../platform/hash.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Vault } from '../platform/vault.ts'
import type { Asked, IdempotencyStore } from './idempotency-store.ts'

export const idempotencyHeader = 'idempotency-key'

/** An answer in the form it is sent. */
export type Sent = { readonly status: number; readonly location: string | null; readonly body: string }

export type Idempotency = ReturnType<typeof createIdempotency>

type Needs = {
  readonly store: IdempotencyStore
  /** Answers may hold what is shown once; null: they cannot be kept, and the header is refused. */
  readonly vault: Vault | null
  readonly ids: Ids
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}

/** Beyond the time an answer may take: whoever has not ended by then has gone with his process. */
const leewayMs = seconds(10)

/** A request under a key of its sender's is done once; who sends it again is given the first answer. */
export function createIdempotency({ store, vault, ids, clock, log }: Needs) {
  return {
    /** `work` is done at most once for a key; what fails is not kept, so that the same may be asked again. */
    async once(request: FastifyRequest, userId: string, mostMs: number, work: () => Promise<Sent>) {
      const key = keyOf(request)
      if (vault === null) {
        const sentence = `${idempotencyHeader} is not heeded here: PUMPIQ_SECRET is not set, under which answers are kept`
        throw new Failure('unavailable', sentence)
      }
      const asked: Asked = { userId, key, fingerprint: fingerprintOf(request), holder: ids.next() }
      const now = clock.now()
      const found = await store.begin(asked, now, now + mostMs + leewayMs)
      if (found === 'other') {
        const sentence = `${idempotencyHeader} ${key} was sent with another request before: a new request needs a new key`
        throw new Failure('conflict', sentence)
      }
      if (found === 'running') {
        const sentence = `a request with ${idempotencyHeader} ${key} is being worked on: ask again`
        throw new Failure('conflict', sentence, { retryAfterMs: seconds(1) })
      }
      const place = { userId, purpose: `answer ${key}` }
      if (found !== 'begun') return { ...found, body: vault.open(place, found.sealed), isAgain: true }
      const sent = await work().catch(async (thrown: unknown) => {
        await store.release(asked).catch((error: unknown) => log.warn('a key stays taken for a while', { error }))
        throw thrown
      })
      await store
        .keep(asked, { status: sent.status, location: sent.location, sealed: vault.seal(place, sent.body) })
        // It was done: that it could not be noted is no reason to say that it was not.
        .catch((error: unknown) => log.error('an answer under an idempotency key could not be kept', { error }))
      return { ...sent, isAgain: false }
    },
    /** Drops what was kept long enough. */
    forget: () => store.forget(clock.now()),
  }
}

function keyOf({ headers }: FastifyRequest): string {
  const key = headers[idempotencyHeader]
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new Failure('invalid', `${idempotencyHeader} must be 1 to 255 printable ASCII characters without spaces`)
}

const fingerprintOf = ({ method, url, body }: FastifyRequest): string =>
  sha256Hex(`${method} ${url}\n${body === undefined ? '' : canonical(body)}`)
