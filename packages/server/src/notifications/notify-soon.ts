import { isFailure } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'

/** Time for the transaction in which something is told to be committed; meanwhile all that is told is one. */
const pauseMs = 500

type Needs = {
  /** Has the outbox emptied. */
  place(): Promise<void>
  clock: Pick<Clock, 'sleep'>
  log: Log
}

/**
 * For whoever tells: that it is spread within a second, instead of in the next slot. It promises nothing and never fails: what it misses, be it
 * because a transaction took longer or there is no queue, the timed job finds.
 */
export function createSoon({ place, clock, log }: Needs) {
  let isDue = false

  async function go(): Promise<void> {
    try {
      await clock.sleep(pauseMs)
      isDue = false
      await place()
    } catch (thrown) {
      isDue = false
      log.debug('what was told waits for its slot', { error: isFailure(thrown) ? thrown.message : thrown })
    }
  }

  return (): void => {
    if (isDue) return
    isDue = true
    void go()
  }
}
