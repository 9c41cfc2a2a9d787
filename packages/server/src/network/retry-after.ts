/**
 * How long an answer asks us to wait, in ms, from its `Retry-After` (RFC 9110, 10.2.3: whole seconds or an HTTP date); null when it says
 * nothing that can be read. A date is measured against the answer's own `Date`, so that a wrong clock here does not matter.
 */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const text = headers.get('retry-after')?.trim()
  if (!text) return null
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text) * 1_000
  const until = httpDate(text)
  return until === null ? null : Math.max(0, until - (serverTime(headers) ?? now))
}

/** The instant the vendor says it answered at, to the second; null when it does not say. */
export const serverTime = (headers: Headers): number | null => httpDate(headers.get('date') ?? '')

/** Date.parse takes almost anything for a date; one on the wire ends in GMT. */
function httpDate(text: string): number | null {
  const at = text.endsWith(' GMT') ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}
