import { Failure, isFailure, type FailureCode } from '@pumpiq/domain'

/**
 * What may go wrong on the way to a source. `absent`: it does not have what was asked, which is an answer. `throttled`: it asks for less.
 * `server`: its own trouble. `refused`: it will not answer this, now or later. `garbled`: no JSON. `drift`: JSON of another shape or with
 * values that cannot be. `open`: our breaker. `busy`: our own budget. `key`: a key is missing. `aborted`: whoever asked went away.
 */
export const mishaps = {
  timeout: 'unavailable',
  network: 'unavailable',
  server: 'unavailable',
  refused: 'unavailable',
  garbled: 'unavailable',
  drift: 'unavailable',
  open: 'unavailable',
  key: 'unavailable',
  aborted: 'unavailable',
  throttled: 'tooMany',
  busy: 'tooMany',
  absent: 'notFound',
} as const satisfies Record<string, FailureCode>
export type Mishap = keyof typeof mishaps

/** Rides as the `cause` of the failure: names and numbers of ours, never a word of the vendor's body. */
export type MishapDetail = { source: string; mishap: Mishap; status: number | null }

export function mishapFailure(
  { source, mishap, status = null }: { source: string; mishap: Mishap; status?: number | null },
  sentence: string,
  retryAfterMs?: number,
): Failure {
  const cause: MishapDetail = { source, mishap, status }
  return new Failure(mishaps[mishap], `${source} ${sentence}`, {
    cause,
    ...(retryAfterMs !== undefined && { retryAfterMs: Math.ceil(retryAfterMs) }),
  })
}

const isDetail = (cause: unknown): cause is MishapDetail =>
  typeof cause === 'object' && cause !== null && 'mishap' in cause && 'source' in cause

/** What went wrong, of a failure that came from asking a source; null of anything else that was thrown. */
export const mishapOf = (thrown: unknown): Mishap | null =>
  isFailure(thrown) && isDetail(thrown.cause) ? thrown.cause.mishap : null
