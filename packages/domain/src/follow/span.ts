import { firstAtOrAfter, haltMs, isAfterHalt, knownAt, type Candles } from '../words/candles.ts'
import type { Plan } from '../decide/plan.ts'
import { isIdle } from './position.ts'

/**
 * A price at resumption this many times the last close, or this part of it, is another coin under the ticker. The known case, LUNA in
 * May 2022, opened at 2e4 times its last close, and closed that bar at 1.7e5 times; suspended coins that came back as themselves (FTT
 * after 311 days, TUSD, USDC) were all within a factor of 2.
 */
export const OTHER_COIN_FACTOR = 10

/** The bars that belong to a plan, `from` included to `to` excluded, and what it means when they end without a decision. */
export type Span = {
  readonly from: number
  readonly to: number
  readonly end: 'OPEN' | 'EXPIRED' | 'UNRESOLVED' | 'DELISTED'
}

/** The instant up to which a series tells the market: the close of its last bar. */
export const knownUntil = ({ openAt, intervalMs, length }: Candles): number =>
  length === 0 ? Number.NEGATIVE_INFINITY : openAt[length - 1]! + intervalMs

/** A bar belongs to the plan when it opens at or after the issue, closes within the horizon, and was closed at `asOf`. */
export function spanOf({ issuedAt, expiresAt }: Plan, candles: Candles, asOf: number): Span {
  const { openAt, intervalMs } = candles
  const known = knownAt(candles, asOf)
  const from = firstAtOrAfter(candles, issuedAt)
  const to = Math.min(known, firstAtOrAfter(candles, expiresAt - intervalMs + 1))
  if (from >= to) return { from, to: from, end: asOf >= expiresAt ? 'UNRESOLVED' : 'OPEN' }
  const swap = firstOtherCoin(candles, from, to)
  if (swap < to) return { from, to: swap, end: 'DELISTED' }

  const closedAt = openAt[to - 1]! + intervalMs
  const complete = closedAt + intervalMs > expiresAt
  if (complete) return { from, to, end: 'EXPIRED' }
  if (to < known) {
    if (!isAfterHalt(candles, to)) return { from, to, end: 'EXPIRED' }
    return { from, to, end: isOtherCoin(candles, to) ? 'DELISTED' : 'UNRESOLVED' }
  }
  // While the horizon runs trading may still be resumed: only then is silence a delisting.
  return { from, to, end: asOf >= expiresAt && asOf - closedAt >= haltMs ? 'DELISTED' : 'OPEN' }
}

function isOtherCoin({ open, close }: Candles, i: number): boolean {
  const factor = open[i]! / close[i - 1]!
  return factor >= OTHER_COIN_FACTOR || factor <= 1 / OTHER_COIN_FACTOR
}

/** Index of the first bar behind a halt that is of another coin, or `to`. Bars without a hole, nearly always the case, are not walked. */
function firstOtherCoin(candles: Candles, from: number, to: number): number {
  const { openAt, intervalMs } = candles
  const before = Math.max(0, from - 1)
  if (openAt[to - 1]! - openAt[before]! < (to - 1 - before) * intervalMs + haltMs) return to
  for (let i = before + 1; i < to; i++) if (isAfterHalt(candles, i) && isOtherCoin(candles, i)) return i
  return to
}

/**
 * What a holder could last get: the close of the last bar, or 0 when nobody had traded for a day when the bars end. Who is short could
 * not rely on buying back at 0, so for a SELL it is the close in both cases.
 */
export function lastTradable(candles: Candles, last: number, type: Plan['type']): number {
  if (type === 'SELL') return candles.close[last]!
  let i = last
  while (i >= 0 && isIdle(candles, i)) i--
  const silentMs = i < 0 ? Number.POSITIVE_INFINITY : candles.openAt[last]! - candles.openAt[i]!
  return silentMs >= haltMs ? 0 : candles.close[last]!
}
