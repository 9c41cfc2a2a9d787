import { days, isFailure } from '@pumpiq/domain'
import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
} from 'cockatiel'
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import type { Limiter } from './limiter.ts'
import { mishapFailure, mishapOf, type Mishap } from './mishap.ts'

export type BreakerState = 'closed' | 'half-open' | 'open'

export type Patience = {
  /** The longest one attempt may take, its body included. */
  timeoutMs: number
  /** The longest the caller waits in all: turns, pauses and attempts. */
  patienceMs: number
  attempts: number
  abort: AbortSignal | undefined
}

export type Policy = ReturnType<typeof createPolicy>

const failuresToOpen = 5
const openForMs = 15_000
const atOnce = 4
const waitingAtMost = 256
const shortestPauseMs = 200
const longestPauseMs = 5_000
/** A vendor that bans us for longer is asked again after this, so that a nonsensical Retry-After does not silence it for ever. */
const longestHoldMs = days(1)

/** What may go away by itself within moments. */
const passing: ReadonlySet<Mishap | null> = new Set<Mishap>(['timeout', 'network', 'server', 'throttled'])
/** What says that the vendor is down. Being throttled is answered by waiting, a changed shape by a person. */
const down: ReadonlySet<Mishap | null> = new Set<Mishap>(['timeout', 'network', 'server', 'garbled'])

const stateNames: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
}

/**
 * How one host is treated: a timeout for each attempt, retries of what may pass, a breaker, a bulkhead, the vendor's budget. Breaker,
 * bulkhead and timeout are cockatiel's; the loop that retries is ours because its pauses take time and chance from outside and obey
 * Retry-After.
 */
export function createPolicy(needs: { source: string; limiter: Limiter; clock: Clock; random: Random }) {
  const { source, limiter, clock, random } = needs
  const breaker = circuitBreaker(
    handleWhen((thrown) => down.has(mishapOf(thrown))),
    { halfOpenAfter: openForMs, breaker: new ConsecutiveBreaker(failuresToOpen) },
  )
  const gate = bulkhead(atOnce, waitingAtMost)
  let heldUntil = -Infinity

  const broken = () =>
    mishapFailure({ source, mishap: 'open' }, 'has failed repeatedly and is left alone for a moment', openForMs)
  const late = () => mishapFailure({ source, mishap: 'busy' }, 'has more calls waiting than the caller can wait for')

  /** cockatiel's errors in our words; a failure stays what it is, and so does a bug. */
  function named(thrown: unknown, timeoutMs: number, abort: AbortSignal | undefined): unknown {
    if (abort?.aborted) return mishapFailure({ source, mishap: 'aborted' }, 'is no longer asked: the caller went away')
    if (thrown instanceof BrokenCircuitError) return broken()
    if (thrown instanceof BulkheadRejectedError) return late()
    if (!(thrown instanceof TaskCancelledError)) return thrown
    return mishapFailure({ source, mishap: 'timeout' }, `did not answer within ${Math.round(timeoutMs)} ms`)
  }

  /** A vendor that named a time is not asked before it: going on leads to longer bans. */
  async function respectHold(deadline: number, abort: AbortSignal | undefined): Promise<void> {
    const rest = heldUntil - clock.monotonic()
    if (rest <= 0) return
    if (clock.monotonic() + rest > deadline) {
      throw mishapFailure({ source, mishap: 'throttled' }, 'asked us to wait and is not asked before', rest)
    }
    await clock.sleep(rest, abort)
  }

  async function once<T>(
    attempt: (abort: AbortSignal) => Promise<T>,
    deadline: number,
    patience: Patience,
  ): Promise<T> {
    const { abort } = patience
    await respectHold(deadline, abort)
    const left = () => deadline - clock.monotonic()
    return breaker.execute(async () => {
      limiter.refuseLong(left(), waitingAtMost - gate.queueSlots)
      return gate.execute(async () => {
        // Within the gate, so that what is counted goes out now and not when one of the calls before it has ended.
        await limiter.take(left(), abort)
        // The wait for a turn may have used up the time, or the vendor may have gone down meanwhile.
        if (breaker.state === CircuitState.Open) throw broken()
        const timeoutMs = Math.min(patience.timeoutMs, left())
        // A timer may fire a fraction early, and cannot wait for less than a millisecond.
        if (timeoutMs < 1) throw late()
        const bounded = timeout(timeoutMs, TimeoutStrategy.Aggressive)
        return bounded
          .execute(({ signal }) => attempt(signal), abort)
          .catch((thrown: unknown) => {
            throw named(thrown, timeoutMs, abort)
          })
      }, abort)
    })
  }

  /** Decorrelated jitter: between the shortest pause and three times the last one (M. Brooker, "Exponential Backoff And Jitter", 2015). */
  const nextPause = (last: number) =>
    Math.min(longestPauseMs, shortestPauseMs + random() * (last * 3 - shortestPauseMs))

  return {
    /** Runs the attempt under the policy; it must throw its failures as mishaps. */
    async run<T>(attempt: (abort: AbortSignal) => Promise<T>, patience: Patience): Promise<T> {
      const deadline = clock.monotonic() + patience.patienceMs
      for (let tried = 1, pauseMs = shortestPauseMs; ; tried++) {
        try {
          return await once(attempt, deadline, patience)
        } catch (thrown) {
          const failure = named(thrown, patience.timeoutMs, patience.abort)
          const mishap = mishapOf(failure)
          const askedMs = isFailure(failure) && mishap !== 'busy' ? (failure.retryAfterMs ?? 0) : 0
          if (mishap === 'throttled' || mishap === 'server') {
            heldUntil = Math.max(heldUntil, clock.monotonic() + Math.min(askedMs, longestHoldMs))
          }
          pauseMs = nextPause(pauseMs)
          const waitMs = Math.max(pauseMs, askedMs)
          if (tried >= patience.attempts || !passing.has(mishap) || clock.monotonic() + waitMs >= deadline)
            throw failure
          await clock.sleep(waitMs, patience.abort).catch((reason: unknown) => {
            throw named(reason, waitMs, patience.abort)
          })
        }
      }
    },
    state: (): BreakerState => stateNames[breaker.state],
    /** Ms until the vendor may be asked again, by its own word; 0 when it may be asked. */
    heldMs: (): number => Math.max(0, heldUntil - clock.monotonic()),
  }
}
