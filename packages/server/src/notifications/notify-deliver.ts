import { isFailure, seconds } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Delivered, Outlet } from './channel.ts'
import type { Claimed, Deliveries } from './deliveries.ts'
import type { InApp } from './in-app.ts'
import type { ChannelStore } from './store.ts'

export type DeliverNeeds = {
  readonly inApp: InApp
  readonly channels: ChannelStore
  readonly deliveries: Deliveries
  readonly outlet: Outlet
  readonly clock: Clock
  readonly log: Log
}

/** Longer than the outlet's own 15 s, shorter than a claim. */
const sendMs = seconds(25)

/** Messages under way at once in one process. */
const atOnce = 8

/** Sends what is due, outside any transaction, until nothing is or the time is over. What was begun is finished. */
export function createDeliver(needs: DeliverNeeds) {
  const { deliveries, clock } = needs

  /** Never fails: what could not be written down is taken up again when its claim has run out. */
  async function handle(claimed: Claimed): Promise<void> {
    try {
      await sendOne(needs, claimed, false)
    } catch (error) {
      needs.log.error('a delivery was not written down', { delivery: claimed.id, error })
    }
  }

  return async function deliver({ until, abort }: { until: number; abort: AbortSignal }): Promise<number> {
    const under = new Set<Promise<void>>()
    let sent = 0
    await deliveries.tidy(clock.now())
    for (;;) {
      const open = () => !abort.aborted && clock.now() < until
      while (open() && under.size < atOnce) {
        const claimed = await deliveries.claim(clock.now())
        if (!claimed) break
        sent++
        const work: Promise<void> = handle(claimed).finally(() => under.delete(work))
        under.add(work)
      }
      // Taken before the look: one that ends while it is looked has made another due, which the look did not see.
      const waits: Promise<unknown>[] = [...under]
      const next = open() && under.size < atOnce ? await deliveries.nextAt(clock.now()) : null
      const enough = new AbortController()
      if (next !== null && next < until) waits.push(pause(clock, next, AbortSignal.any([enough.signal, abort])))
      if (waits.length === 0) return sent
      await Promise.race(waits)
      enough.abort()
    }
  }
}

/** At least a little: what is due but held by another process is not asked for in a circle. */
async function pause(clock: Clock, until: number, abort: AbortSignal): Promise<void> {
  await clock.sleep(Math.max(50, until - clock.now()), abort).catch(() => {})
}

/** One attempt, and what is written down of it. With `once` there is no further one. */
export async function sendOne(
  { inApp, channels, deliveries, outlet, clock, log }: DeliverNeeds,
  claimed: Claimed,
  once: boolean,
): Promise<void> {
  const went = await attempt()
  // First: as soon as it is written down, the next message could go there.
  if (went.ended === 'gone') await channels.switchOff(claimed.channelId, went.why)
  await deliveries.mark(claimed, went, clock.now(), once)

  async function attempt(): Promise<Delivered> {
    const notices = await inApp.byIds(claimed.userId, claimed.notices)
    if (notices.length === 0) return { ended: 'refused', why: 'what it was to tell is kept no more' }
    try {
      const channel = await channels.open(claimed.channelId)
      if (!channel) return { ended: 'refused', why: 'the channel was removed' }
      const { kind, target } = channel
      const said = await inTime(clock, (abort) => kind.send({ target, notices, key: claimed.key, outlet, abort }), log)
      // Nobody knows whether it arrived; who can tell twice from once is asked again.
      return said.ended === 'maybe' && kind.knowsRepetition ? { ended: 'later', why: said.why, afterMs: null } : said
    } catch (thrown) {
      // Its target cannot be opened, or its kind is not there: nothing was sent.
      if (isFailure(thrown)) return { ended: 'later', why: thrown.message, afterMs: null }
      throw thrown
    }
  }
}

/** What a channel throws is a bug of ours: whether anything was sent is not known then. */
async function inTime(clock: Clock, send: (abort: AbortSignal) => Promise<Delivered>, log: Log): Promise<Delivered> {
  const over = new AbortController()
  const answered = new AbortController()
  const late = clock.sleep(sendMs, answered.signal).then(
    (): Delivered => {
      over.abort(new Error('took too long'))
      return { ended: 'maybe', why: `no end after ${sendMs / 1000} s` }
    },
    (): Delivered => ({ ended: 'maybe', why: 'answered' }),
  )
  const went = send(over.signal).catch((error: unknown): Delivered => {
    log.error('a channel broke', { error })
    return { ended: 'maybe', why: 'something broke on our side while it was sent' }
  })
  try {
    return await Promise.race([went, late])
  } finally {
    answered.abort(new Error('answered'))
  }
}
