import { LRUCache } from 'lru-cache'

/** So many in so long, from the first on. */
export type Window = { readonly name: string; readonly limit: number; readonly durationMs: number }

/** What is known here of one window of one who asks; it is empty once `resetAt` has come (ms of a clock that never runs back). */
export type Counter = {
  readonly key: string
  readonly limit: number
  readonly durationMs: number
  count: number
  resetAt: number
}

const mostKept = 100_000

/** The counters of this process, the least used forgotten first. */
export function createCounters() {
  const kept = new LRUCache<string, Counter>({ max: mostKept })
  return {
    /** The same one each time; with another limit it is another one. */
    of(whose: string, { name, limit, durationMs }: Window): Counter {
      const key = `${whose}:${name}:${limit}`
      const found = kept.get(key)
      if (found) return found
      const made = { key, limit, durationMs, count: 0, resetAt: 0 }
      kept.set(key, made)
      return made
    },
  }
}

/** The counter that is full for the longest, or null when one more may be counted in all of them. */
export function fullest(counters: readonly Counter[], now: number): Counter | null {
  let worst: Counter | null = null
  for (const counter of counters) {
    if (now >= counter.resetAt || counter.count < counter.limit) continue
    if (worst === null || counter.resetAt > worst.resetAt) worst = counter
  }
  return worst
}

export function countOne(counters: readonly Counter[], now: number): void {
  for (const counter of counters) {
    if (now < counter.resetAt) counter.count++
    else {
      counter.count = 1
      counter.resetAt = now + counter.durationMs
    }
  }
}

/** The one with the least left. */
export function tightest(counters: readonly Counter[], now: number): Counter {
  let least = counters[0]!
  let leastLeft = Infinity
  for (const counter of counters) {
    const left = leftOf(counter, now)
    if (left >= leastLeft) continue
    least = counter
    leastLeft = left
  }
  return least
}

export const leftOf = ({ limit, count, resetAt }: Counter, now: number): number =>
  now >= resetAt ? limit : Math.max(0, limit - count)
