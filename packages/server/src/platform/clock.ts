import { performance } from 'node:perf_hooks'
import { Failure } from '@pumpiq/domain'

/** Time as it is handed to whoever needs it. */
export type Clock = {
  /** Epoch milliseconds, UTC. */
  now(): number
  /** Milliseconds from an arbitrary start that never run backwards: for lengths, never for instants. */
  monotonic(): number
  /** Resolves after so many milliseconds; rejects with the reason of `abort` as soon as it is aborted. */
  sleep(ms: number, abort?: AbortSignal): Promise<void>
  /**
   * Runs `run` every `ms` milliseconds, first after one interval. Runs never overlap: a tick that falls into a running one is left out.
   * What `run` throws is not caught here: a timer whose work may fail catches by itself, else the process ends.
   */
  every(ms: number, run: () => void | Promise<void>): { stop(): void }
}

/** The longest a timer of the platform can wait; beyond it would fire at once. */
const longestTimerMs = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, abort) {
    checkLength(ms, 'sleep')
    for (let rest = ms; ; rest -= longestTimerMs) {
      await wait(Math.min(rest, longestTimerMs), abort)
      if (rest <= longestTimerMs) return
    }
  },
  every(ms, run) {
    checkLength(ms, 'every')
    if (ms < 1 || ms > longestTimerMs) {
      throw new Failure('invalid', `every: an interval is 1 to ${longestTimerMs} ms, not ${ms}`)
    }
    let running = false
    const timer = setInterval(() => {
      if (running) return
      running = true
      void Promise.resolve(run()).finally(() => (running = false))
    }, ms)
    return { stop: () => clearInterval(timer) }
  },
}

function checkLength(ms: number, name: string): void {
  if (!(ms >= 0 && Number.isFinite(ms))) throw new Failure('invalid', `${name}: a length is 0 ms or more, not ${ms}`)
}

function wait(ms: number, abort: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (abort?.aborted) return reject(abort.reason as Error)
    const stop = () => {
      clearTimeout(timer)
      reject(abort?.reason as Error)
    }
    const timer = setTimeout(() => {
      abort?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    abort?.addEventListener('abort', stop, { once: true })
  })
}
