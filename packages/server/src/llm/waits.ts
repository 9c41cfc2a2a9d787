import { retryAfterMs } from '../network/retry-after.ts'

/** A length as Go prints it (`4ms`, `1.5s`, `6m0s`), in ms; null when it is none. */
export function goDurationMs(text: string): number | null {
  const units = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const
  if (!/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(text)) return null
  return [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  )
}

/**
 * How long an answer asks us to wait, ms: by `retry-after-ms`, `retry-after`, the windows of OpenAI that are used up (of several the
 * longest) or the instant that OpenRouter names; null when it says nothing.
 */
export function askedWaitMs(headers: Headers, now: number): number | null {
  const exact = headers.get('retry-after-ms')
  if (exact !== null && /^\d{1,9}(\.\d+)?$/.test(exact)) return Number(exact)
  const plain = retryAfterMs(headers, now)
  if (plain !== null) return plain
  const windows = ['requests', 'tokens'].flatMap((what) => {
    const reset = goDurationMs(headers.get(`x-ratelimit-reset-${what}`) ?? '')
    return reset === null ? [] : [{ reset, isUsedUp: headers.get(`x-ratelimit-remaining-${what}`) === '0' }]
  })
  const usedUp = windows.filter((window) => window.isUsedUp)
  const waits = (usedUp.length > 0 ? usedUp : windows).map(({ reset }) => reset)
  if (waits.length > 0) return Math.max(...waits)
  const instant = headers.get('x-ratelimit-reset')
  return instant !== null && /^\d{13}$/.test(instant) ? Math.max(0, Number(instant) - now) : null
}
