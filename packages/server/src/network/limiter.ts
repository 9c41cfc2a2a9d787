import type { Redis } from 'ioredis'
import type { Clock } from '../platform/clock.ts'
import { createCount, type Budget } from './count.ts'
import type { KeptQuotas } from './kept-count.ts'
import { mishapFailure } from './mishap.ts'

export type Limiter = ReturnType<typeof createLimiter>

type Needs = {
  source: string
  budget: Budget
  clock: Clock
  /** Where processes that share an address share the budget; null: this one has it alone. */
  shared?: Redis | null
  /** Where what was spent outlives the process, without Redis. */
  kept?: KeptQuotas | null
}

/**
 * A vendor's budget. Who asks waits in line, first come first served, and fails at once when the line is longer than it may wait. While the
 * shared count cannot be reached each process counts for itself.
 */
export function createLimiter({ source, budget, clock, shared = null, kept = null }: Needs) {
  const count = createCount({ source, budget, clock, shared, kept })
  let line: Promise<unknown> = Promise.resolve()
  let inLine = 0

  const tooMany = (waitMs: number) =>
    mishapFailure(
      { source, mishap: 'busy' },
      `is asked as often as its budget allows (${budget.calls} in ${budget.perMs} ms)`,
      waitMs,
    )

  async function wait(deadline: number, abort: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const waitMs = await count.take()
      if (waitMs === 0) return
      if (clock.monotonic() + waitMs > deadline) throw tooMany(waitMs)
      await clock.sleep(waitMs, abort)
    }
  }

  function refuseLong(maxWaitMs: number, behind: number): void {
    const ahead = Math.floor((inLine + behind) / budget.calls) * budget.perMs
    if (ahead > maxWaitMs) throw tooMany(ahead)
  }

  return {
    /** Throws tooMany when who joined the line behind `behind` more would be in it for longer than `maxWaitMs`. */
    refuseLong,
    /** Resolves when one call may go out; throws tooMany when that is more than `maxWaitMs` away. */
    async take(maxWaitMs: number, abort?: AbortSignal): Promise<void> {
      refuseLong(maxWaitMs, 0)
      const deadline = clock.monotonic() + maxWaitMs
      inLine++
      const turn = line.then(() => wait(deadline, abort)).finally(() => inLine--)
      line = turn.catch(() => undefined)
      return turn
    },
    /** Calls that may go at once. */
    left: (): number => count.left(),
    /** Whether so many may go and half of the budget is left to those who wait; where that is more than all, whether all is left. */
    hasRoom: (calls: number): boolean => count.left() >= Math.min(count.most, calls + count.most / 2),
  }
}

/** A 24th of a quota's time may take an eighth of its calls: so it is not spent in the first minutes, and lasts a third of its time at least. */
const paceParts = { time: 24, calls: 8 }

/** What of a quota may go within a short while. */
export const paceOf = ({ calls, perMs }: Budget): Budget => ({
  calls: Math.ceil(calls / paceParts.calls),
  perMs: Math.ceil(perMs / paceParts.time),
})

/** A day's or month's quota, and its pace, beside the short budget. A full quota refuses at once: nobody waits for tomorrow. */
export function withQuota(quota: Limiter, pace: Limiter, short: Limiter): Limiter {
  const all = [quota, pace, short]
  const left = (): number => Math.min(...all.map((one) => one.left()))
  return {
    refuseLong: short.refuseLong,
    async take(maxWaitMs, abort) {
      // First what may refuse for a moment, so that the quota counts only what goes out.
      if (Math.min(quota.left(), pace.left()) > 0) await short.take(maxWaitMs, abort)
      await pace.take(0, abort)
      await quota.take(0, abort)
    },
    left,
    hasRoom: (calls) => all.every((one) => one.hasRoom(calls)),
  }
}
