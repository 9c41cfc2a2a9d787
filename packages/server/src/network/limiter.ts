import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Clock } from '../platform/clock.ts'
import { mishapFailure } from './mishap.ts'

/** How much a vendor allows us: so many calls in a window of so many ms. */
export type Budget = { calls: number; perMs: number }

export type Limiter = ReturnType<typeof createLimiter>

/** After so many windows that were full although we waited for them, somebody else uses them up. */
const windowsAtMost = 3

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
  const own = new RateLimiterMemory({ points: budget.calls, duration: budget.perMs / 1_000 })
  const windows = shared
    ? new RateLimiterRedis({
        storeClient: shared,
        keyPrefix: 'pumpiq:budget',
        points: budget.calls,
        duration: budget.perMs / 1_000,
        insuranceLimiter: own,
        rejectIfRedisNotReady: true,
      })
    : own
  let line: Promise<unknown> = Promise.resolve()
  let inLine = 0
  let seen = { left: budget.calls, until: -Infinity }

  /** 0 when the call may go, else the ms until it is worth asking again. */
  async function refusal(): Promise<number> {
    const result = await windows.consume(source).catch((thrown: unknown) => {
      if (thrown instanceof RateLimiterRes) return thrown
      throw thrown
    })
    seen = { left: result.remainingPoints, until: clock.monotonic() + result.msBeforeNext }
    return result.consumedPoints > budget.calls ? Math.max(1, result.msBeforeNext) : 0
  }

  const tooMany = (waitMs: number) =>
    mishapFailure(
      { source, mishap: 'busy' },
      `is asked as often as its budget allows (${budget.calls} in ${budget.perMs} ms)`,
      waitMs,
    )

  async function wait(deadline: number, abort: AbortSignal | undefined): Promise<void> {
    for (let windowsFull = 1; ; windowsFull++) {
      const waitMs = await refusal()
      if (waitMs === 0) return
      if (windowsFull >= windowsAtMost || clock.monotonic() + waitMs > deadline) throw tooMany(waitMs)
      await clock.sleep(waitMs, abort)
    }
  }

  return {
    /** Resolves when one call may go out; throws tooMany when that is more than `maxWaitMs` away. */
    async take(maxWaitMs: number, abort?: AbortSignal): Promise<void> {
      const ahead = Math.floor(inLine / budget.calls) * budget.perMs
      if (ahead > maxWaitMs) throw tooMany(ahead)
      const deadline = clock.monotonic() + maxWaitMs
      inLine++
      const turn = line.then(() => wait(deadline, abort)).finally(() => inLine--)
      line = turn.catch(() => undefined)
      return turn
    },
    /** Calls left in the window that runs now. */
    left: (): number => (clock.monotonic() < seen.until ? seen.left : budget.calls),
  }
}

/** A day's or month's quota before the short budget. A full quota refuses at once: nobody waits for tomorrow. */
export const bothLimiters = (quota: Limiter, short: Limiter): Limiter => ({
  async take(maxWaitMs, abort) {
    await quota.take(0, abort)
    await short.take(maxWaitMs, abort)
  },
  left: () => Math.min(quota.left(), short.left()),
})
