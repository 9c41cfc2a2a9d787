import { fateOf } from '../network/post-failure.ts'
import type { Posted } from '../network/post.ts'
import { retryAfterMs } from '../network/retry-after.ts'
import type { Delivered } from './channel.ts'

/**
 * Runs one exchange and turns what the way out throws into how the delivery ended. Sentences name codes and hosts, never a receiver's words.
 */
export async function answerOf(exchange: () => Promise<Delivered>): Promise<Delivered> {
  try {
    return await exchange()
  } catch (thrown) {
    const fate = fateOf(thrown)
    if (fate === null) throw thrown
    const why = (thrown as Error).message
    if (fate === 'unreached') return { ended: 'later', why, afterMs: null }
    return { ended: fate === 'unknown' ? 'maybe' : fate, why }
  }
}

/** Who stands between us and the receiver heard nothing from it: it may have the message. 520 to 524 are Cloudflare's. */
const betweens = new Set([502, 504, 520, 522, 524])

type Reading = {
  /** Who answered, for people. */
  who: string
  now: number
  /** Statuses after which the target is switched off. */
  gone: readonly number[]
  /** Whether a gateway that knows nothing may be asked again. */
  knowsRepetition: boolean
}

/** What a status means where a vendor's manual says nothing else. */
export function ofStatus({ status, headers }: Posted, { who, now, gone, knowsRepetition }: Reading): Delivered {
  const why = `${who} answered HTTP ${status}`
  if (status >= 200 && status < 300) return { ended: 'sent' }
  if (status >= 300 && status < 400) return { ended: 'refused', why: `${why}: redirects are not followed` }
  if (gone.includes(status)) return { ended: 'gone', why }
  if (betweens.has(status) && !knowsRepetition) return { ended: 'maybe', why }
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    return { ended: 'later', why, afterMs: retryAfterMs(headers, now) }
  return { ended: 'refused', why }
}

/** The JSON of an answer as a record, empty when it is none: every reader checks what it takes out. */
export function recordOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Seconds, whole or not, as ms; null when the value is no such number. */
export const secondsToMs = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value < 1e6 ? Math.ceil(value * 1_000) : null
