import { vi } from 'vitest'
import type { ManualClock } from '../platform/manual-clock.ts'

/** From now on the platform's timers and its time of day are those of the clock, also inside libraries; the test undoes it by `vi.unstubAllGlobals` and `vi.restoreAllMocks`. */
export function useVirtualTimers(clock: ManualClock): void {
  vi.stubGlobal('setTimeout', (run: () => void, ms = 0) => {
    const stop = new AbortController()
    clock.sleep(ms, stop.signal).then(run, () => {})
    return Object.assign(stop, { ref: () => stop, unref: () => stop, hasRef: () => true })
  })
  vi.stubGlobal('clearTimeout', (timer: AbortController | undefined) => timer?.abort())
  vi.spyOn(Date, 'now').mockImplementation(() => clock.now())
}
