import { days, type Candles, type Figure, type Token } from '@pumpiq/domain'
import { figuresOf } from '../sources/seen.ts'

/** The change of the last close against that of a day before; null where the candles do not reach back so far. */
export function changeOfDay({ close, openAt, length, intervalMs }: Candles): number | null {
  const last = length - 1
  const back = last - Math.max(1, Math.round(days(1) / intervalMs))
  // A halt between them would compare another day.
  if (back < 0 || openAt[last]! - openAt[back]! > 1.5 * Math.max(days(1), intervalMs)) return null
  return close[last]! / close[back]! - 1
}

/** The token's change within a day less bitcoin's, as a figure of the venue of its candles; none where one of them is not known. */
export function strengthAgainst(bitcoin: Candles | null, token: Token, candles: Candles | null, now: number): Figure[] {
  const [own, theirs] = [candles && changeOfDay(candles), bitcoin && changeOfDay(bitcoin)]
  if (own === null || theirs === null || token.id === 'bitcoin:native') return []
  const observedAt = candles!.openAt[candles!.length - 1]! + candles!.intervalMs
  return figuresOf(
    { source: candles!.id.split(':')[0]!, token: token.id, observedAt, fetchedAt: now },
    { relativeStrength24hRatio: own - theirs },
  )
}
