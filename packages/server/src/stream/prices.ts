import { minutes, price, seconds, toIso } from '@pumpiq/domain'
import type { StreamEvent } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'

type PriceEvent = Extract<StreamEvent, { event: 'price' }>
/** What a source saw a token cost; `observedAt` in epoch ms. */
export type Seen = {
  readonly token: string
  readonly name: string
  readonly value: PriceEvent['value']
  readonly source: string
  readonly observedAt: number
}

type Needs = {
  db: Db
  clock: Pick<Clock, 'now'>
  /** In which the looks are timed: real time, also where `clock` is moved by hand. */
  guard: Pick<Clock, 'every'>
  log: Log
  isHeard(): boolean
  publish(event: PriceEvent): void
}

const lookEveryMs = seconds(2)
/** A price that became known so long after it was observed is none that happens. */
const lateMs = minutes(2)

/** The prices that this process observes, at once, and those that others kept, by looking while somebody listens. Each newer than the last. */
export function createPrices({ db, clock, guard, log, isHeard, publish }: Needs) {
  const last = new Map<string, number>()

  function see(seen: readonly Seen[]): void {
    for (const { token, name, value, source, observedAt } of seen) {
      if (name !== 'price' || observedAt <= (last.get(token) ?? -Infinity)) continue
      last.set(token, observedAt)
      if (isHeard()) publish({ event: 'price', token, value, source, observedAt: toIso(observedAt) })
    }
  }

  async function look(): Promise<void> {
    if (!isHeard()) return
    try {
      const rows = await db
        .selectFrom('observation')
        .distinctOn('tokenId')
        .select(['tokenId', 'source', 'value', 'observedAt'])
        .where('observedAt', '>', toIso(clock.now() - lateMs) as never)
        .where('name', '=', 'price')
        .orderBy('tokenId')
        .orderBy('observedAt', 'desc')
        .orderBy('source')
        .execute()
      see(
        rows.map(({ tokenId, value, observedAt, source }) => ({
          token: tokenId,
          name: 'price',
          value: price(value),
          source,
          observedAt: observedAt.getTime(),
        })),
      )
    } catch (error) {
      log.debug('the stream could not look for prices', { error })
    }
  }

  return { see, look, start: () => guard.every(lookEveryMs, look) }
}
