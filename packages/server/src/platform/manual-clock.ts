import { Failure } from '@pumpiq/domain'
import type { Clock } from './clock.ts'

export type ManualClock = Clock & {
  /** Moves time on; what falls due on the way happens in its order, at its instant. */
  advance(ms: number): Promise<void>
  /** How far away the next thing is that waits for time, or null when nothing does. */
  dueIn(): number | null
}

type Due = { at: number; order: number; happen: () => void | Promise<void> }

/** A clock that stands still until it is moved: for tests and for simulated time. `monotonic` counts from the start. */
export function createManualClock(startAt: number): ManualClock {
  let at = startAt
  let order = 0
  const due = new Set<Due>()
  const plan = (ms: number, happen: Due['happen']): Due => {
    const entry = { at: Math.ceil(at + ms), order: order++, happen }
    due.add(entry)
    return entry
  }
  return {
    now: () => at,
    monotonic: () => at - startAt,
    sleep(ms, abort) {
      return new Promise((resolve, reject) => {
        if (abort?.aborted) return reject(abort.reason as Error)
        const entry = plan(ms, resolve)
        abort?.addEventListener('abort', () => due.delete(entry) && reject(abort.reason as Error), { once: true })
      })
    },
    every(ms, run) {
      if (!(ms >= 1)) throw new Failure('invalid', `every: an interval is 1 ms or more, not ${ms}`)
      let entry: Due
      const again = () => {
        entry = plan(ms, again)
        return run()
      }
      entry = plan(ms, again)
      return { stop: () => void due.delete(entry) }
    },
    dueIn: () => (due.size === 0 ? null : Math.max(0, Math.min(...[...due].map((entry) => entry.at)) - at)),
    async advance(ms) {
      const end = at + ms
      for (;;) {
        const next = [...due].filter((entry) => entry.at <= end).toSorted((a, b) => a.at - b.at || a.order - b.order)[0]
        if (!next) break
        due.delete(next)
        at = Math.max(at, next.at)
        await next.happen()
        await settle()
      }
      at = end
      await settle()
    },
  }
}

/** Lets what was waiting for a promise run before time goes on. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
