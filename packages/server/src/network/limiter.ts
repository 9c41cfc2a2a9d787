import type { Redis } from 'ioredis'
import type { Clock } from '../platform/clock.ts'
import { createCount, type Budget } from './count.ts'
import { mishapFailure } from './mishap.ts'

export type Limiter = ReturnType<typeof createLimiter>

type Needs = {
  source: string
  budget: Budget
  clock: Clock
  /** Where processes that share an address share the budget; null: this one has it alone. */
  shared?: Redis | null
}

/**
 * A vendor's budget. Who asks waits in line, first come first served, and fails at once when the line is longer than it may wait. While the
 * shared count cannot be reached each process counts for itself.
 */
export function createLimiter({ source, budget, clock, shared = null }: Needs) {
  const count = createCount({ source, budget, clock, shared })
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

/** A day's or month's quota beside the short budget. A full quota refuses at once: nobody waits for tomorrow. */
export const bothLimiters = (quota: Limiter, short: Limiter): Limiter => ({
  refuseLong: short.refuseLong,
  async take(maxWaitMs, abort) {
    // First what may refuse for a moment, so that the quota counts only what goes out.
    if (quota.left() > 0) await short.take(maxWaitMs, abort)
    await quota.take(0, abort)
  },
  left: () => Math.min(quota.left(), short.left()),
  hasRoom: (calls) => quota.hasRoom(calls) && short.hasRoom(calls),
})
