import { minutes } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'

/** A hundredth of the time, at the most, goes into figures that take long to make. */
const restShare = 100
/** What could not be made anew for so long is not told any more. */
const toldForMs = minutes(5)

type Needs<T> = {
  readonly name: string
  readonly make: () => Promise<T>
  /** Between two makings, at the least. */
  readonly everyMs: number
  readonly clock: Pick<Clock, 'monotonic'>
  readonly log: Log
}

export type Kept<T> = ReturnType<typeof createKept<T>>

/** Figures that a database is asked for, made at most every so often, and only while somebody reads them. */
export function createKept<T>({ name, make, everyMs, clock, log }: Needs<T>) {
  let value: { readonly it: T; readonly at: number } | null = null
  let dueAt = -Infinity
  let restMs = 0
  let failures = 0
  let underWay: Promise<void> | null = null

  async function renew(): Promise<void> {
    const startedAt = clock.monotonic()
    try {
      value = { it: await make(), at: startedAt }
    } catch (error) {
      failures++
      log.debug('figures could not be gathered', { figures: name, error })
    }
    restMs = Math.max(everyMs, (clock.monotonic() - startedAt) * restShare)
    dueAt = startedAt + restMs
    underWay = null
  }

  const ageMs = (): number | null => value && clock.monotonic() - value.at

  return {
    name,
    /** Makes them anew if they are due; never rejects. */
    refresh: (): Promise<void> => underWay ?? (clock.monotonic() < dueAt ? Promise.resolve() : (underWay = renew())),
    /** Null before the first, and where the last is too old to say how it is now. */
    read: (): T | null => (value && ageMs()! <= Math.max(toldForMs, 3 * restMs) ? value.it : null),
    ageMs,
    failures: () => failures,
  }
}
