import type { FailureCode } from '@pumpiq/domain'

/** The tightest window of what may be asked, as the server counts it. */
export type RateLimits = {
  readonly limit: number
  readonly remaining: number
  /** Until the window begins anew. */
  readonly resetMs: number
}

/** What `onAnswer` is told of each try, the last one and those that are tried again. */
export type Answered = {
  readonly method: string
  /** As the table has it: `/tokens/:id`. */
  readonly path: string
  /** Null when no answer came. */
  readonly status: number | null
  /** What became of it; null when all went well. */
  readonly code: FailureCode | null
  /** Names the request in the server's log. */
  readonly requestId: string | null
  readonly limits: RateLimits | null
  /** 1 is the first try. */
  readonly attempt: number
  readonly durationMs: number
  /** How long is waited before the next try; null when there is none. */
  readonly retryInMs: number | null
}

export function limitsOf(headers: Headers): RateLimits | null {
  const [limit, remaining, reset] = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'].map((name) =>
    wholeOf(headers.get(name)),
  )
  if (limit == null || remaining == null || reset == null) return null
  return { limit, remaining, resetMs: reset * 1_000 }
}

/** Seconds, or a date (RFC 9110); null where it says neither. */
export function retryAfterOf(headers: Headers, now: number): number | null {
  const said = headers.get('retry-after')
  const seconds = wholeOf(said)
  if (seconds !== null) return seconds * 1_000
  const at = said === null ? Number.NaN : Date.parse(said)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

/** Some servers list several after a comma; the first is the one that binds. */
const wholeOf = (text: string | null): number | null => {
  const [, digits] = /^\s*(\d{1,9})\s*(?:[,;]|$)/.exec(text ?? '') ?? []
  return digits === undefined ? null : Number(digits)
}
