import type { StreamEvent } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { SealedEvents } from './sealed.ts'

type Needs = {
  sealed: SealedEvents
  clock: Pick<Clock, 'every' | 'sleep'>
  log: Log
  publish(event: StreamEvent, owner: string | null): void
}

/** What other processes sealed is found by looking at the ledger so often; what this one sealed, at once. */
const lookEveryMs = 500
const recordsAtOnce = 200

/** Follows the end of the ledger while somebody listens: every event behind the place where it began, once, in order. */
export function createTail({ sealed, clock, log, publish }: Needs) {
  /** All up to here has been published; null while nobody listens or the first look is under way. */
  let published: number | null = null
  /** Moves on whenever the following begins or ends: what an earlier one still reads is not for this one. */
  let turn = 0
  let timer: { stop(): void } | null = null
  let begun: Promise<void> = Promise.resolve()
  let isLooking = false
  let isNudged = false
  let isFailing = false

  async function look(): Promise<void> {
    isNudged = true
    if (isLooking || published === null) return
    isLooking = true
    const own = turn
    try {
      while (isNudged && own === turn) {
        isNudged = false
        await advance(own)
      }
      isFailing = false
    } catch (error) {
      if (!isFailing) log.warn('the stream cannot read the ledger; it goes on where it stopped', { error })
      isFailing = true
    } finally {
      isLooking = false
    }
  }

  async function advance(own: number): Promise<void> {
    const head = await sealed.head()
    while (own === turn && published !== null && published < head) {
      const { events, upTo } = await sealed.between(published, head, recordsAtOnce)
      if (own !== turn) return
      for (const { event, owner } of events) publish(event, owner)
      published = upTo
    }
  }

  async function begin(own: number): Promise<void> {
    for (;;) {
      try {
        const head = await sealed.head()
        if (own === turn) published = head
        return
      } catch (error) {
        log.warn('the stream cannot read the ledger; it is tried again', { error })
        await clock.sleep(lookEveryMs)
        if (own !== turn) return
      }
    }
  }

  return {
    published: (): number | null => published,
    /** Something was sealed here. */
    nudge: (): void => void look(),
    /** Resolves when it is known where the ledger ends. */
    start(): Promise<void> {
      if (timer) return begun
      timer = clock.every(lookEveryMs, look)
      begun = begin(++turn)
      return begun
    },
    stop(): void {
      timer?.stop()
      timer = null
      turn++
      published = null
    },
  }
}
