import { days, hours, round, tokenForm, type Candles, type Token } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Log } from '../platform/log.ts'
import { putNewest, type Newest, type NewestName } from '../tokens/newest.ts'
import type { Collect } from './collect.ts'

/** The change of the last close against that of so long before; null where the candles do not reach back, or a halt lies between. */
export function changeWithin({ close, openAt, length, intervalMs }: Candles, backMs: number): number | null {
  const last = length - 1
  const back = last - Math.max(1, Math.round(backMs / intervalMs))
  if (back < 0 || openAt[last]! - openAt[back]! > backMs + Math.max(hours(12), intervalMs)) return null
  return close[last]! / close[back]! - 1
}

/** What was traded at the venue in the last day, in the quote's currency; null where an hour of it is not known. */
export function volumeOfDay({ close, volume, openAt, length, intervalMs }: Candles): number | null {
  const bars = Math.round(days(1) / intervalMs)
  if (intervalMs > hours(1) || length < bars || openAt[length - 1]! - openAt[length - bars]! !== days(1) - intervalMs)
    return null
  let sum = 0
  for (let i = length - bars; i < length; i++) sum += close[i]! * volume[i]!
  return sum
}

/** What candles say that lists show. A contract's volume is told by those who see its pools. */
export function changesIn(token: Token, candles: Candles): Newest[] {
  if (candles.length === 0) return []
  const [source = ''] = candles.id.split(':')
  const observedAt = candles.openAt[candles.length - 1]! + candles.intervalMs
  const figure = (name: NewestName, value: number | null): Newest[] =>
    value === null ? [] : [{ token: token.id, name, source, observedAt, value: String(round(value, 9)) }]
  return [
    ...figure('change24hRatio', changeWithin(candles, days(1))),
    ...figure('change7dRatio', changeWithin(candles, days(7))),
    ...figure('volume24hUsd', tokenForm(token) === 'native' ? volumeOfDay(candles) : null),
  ]
}

/** Collects the same, and notes beside it what lists are sorted by: what cannot be noted holds no decision up. */
export const notingChanges =
  ({ db, log }: { db: Db; log: Log }) =>
  (collect: Collect): Collect =>
  async (...asked) => {
    const evidence = await collect(...asked)
    if (evidence.candles) {
      await putNewest(db, changesIn(evidence.token, evidence.candles)).catch((error: unknown) =>
        log.warn('how a price changed could not be noted', { token: evidence.token.id, error }),
      )
    }
    return evidence
  }
