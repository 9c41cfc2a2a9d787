import {
  barAt,
  believed,
  candlesOf,
  firstAtOrAfter,
  hours,
  intervals,
  judge,
  minutes,
  slice,
  spikeShare,
  trendAlong,
  type Candles,
  type CallWindow,
  type Outcome,
  type TrendColumns,
  type Verdict,
} from '@pumpiq/domain'
import type { Following } from './following.ts'
import { judgeFollowing } from './judged.ts'
import { mixed } from './merge.ts'
import { isSame } from './settle.ts'

/** What is known of a call's market; instants in epoch ms. */
export type Known = {
  readonly minute: Candles
  /** Hours that stood in for minutes when the outcome was sealed. */
  readonly hour: Candles
  readonly verdicts: readonly Verdict[]
  readonly asOf: number
  /** Whether every minute from the issue up to `asOf` is kept, not only those by which the call ended. */
  readonly isWhole: boolean
  /** The wider candles that were sealed with the decision; null: there are none of the timeframe. */
  readonly sealed: Candles | null
}

type Found = {
  readonly window: CallWindow
  /** Why the trend is not known: then what reads it cannot be played. */
  readonly noTrend: string | null
}

/** The window of a call that ended so, as it was judged; null where what is kept does not end it so. */
export function windowOf(call: Following, outcome: Outcome, known: Known): Found | null {
  const { plan, costs, rank } = call
  const { minute, verdicts, isWhole } = known
  if (plan.type !== 'BUY' && plan.type !== 'SELL') return null
  const mix = mixed(minute, known.hour, plan)
  const again = judgeFollowing(call, { ...mix, asOf: known.asOf, verdicts }).ended
  if (!again || !isSame(again.outcome, outcome)) return null
  const trusted = believed(plan, mix.candles, { share: spikeShare(rank), verdicts })
  const asOf = trusted.until ?? known.asOf
  const ending = judge(plan, trusted.candles, { costs, asOf })
  if (ending.decidedBy === null) return null
  const candles = isWhole ? trusted.candles : slice(trusted.candles, 0, ending.decidedBy + 1)
  const { trend, why } = trendOf(known, candles, mix.hours)
  const window = { plan, ending, candles, trend, costs, ...(isWhole && { asOf }) }
  return { window, noTrend: why }
}

type Trend = { readonly trend: TrendColumns; readonly why: string | null }

/** The timeframe's own bars, those sealed with the decision and behind them what the minutes make, along the minutes. */
function trendOf({ minute, sealed }: Known, candles: Candles, coarse: ReadonlySet<number>): Trend {
  const closesAt = Float64Array.from({ length: candles.length }, (_, i) => {
    const openAt = candles.openAt[i]!
    return openAt + (coarse.has(openAt) ? hours(1) : minutes(1))
  })
  const none = (why: string) => ({ trend: trendAlong(slice(candles, 0, 0), closesAt), why })
  if (!sealed || sealed.length === 0) return none('no candles of its timeframe are sealed with it')
  if (coarse.size > 0 && sealed.intervalMs < intervals['1h']) {
    return none('candles of 1 h stand in for minutes, which make none of its timeframe')
  }
  const earlier = firstAtOrAfter(minute, candles.length === 0 ? 0 : candles.openAt[0]!)
  return { trend: trendAlong(barsBehind(sealed, [slice(minute, 0, earlier), candles]), closesAt), why: null }
}

/** Wide bars continued from narrow ones. Of those only the close is told: that is all the trend reads. */
function barsBehind(sealed: Candles, pieces: readonly Candles[]): Candles {
  const { intervalMs } = sealed
  const closes = new Map<number, number>()
  const from = sealed.openAt[sealed.length - 1]! + intervalMs
  for (const piece of pieces) {
    for (let i = firstAtOrAfter(piece, from); i < piece.length; i++) {
      const openAt = piece.openAt[i]!
      closes.set(openAt - (openAt % intervalMs), piece.close[i]!)
    }
  }
  const behind = [...closes].map(([openAt, close]) => ({
    openAt,
    open: close,
    high: close,
    low: close,
    close,
    volume: 1,
  }))
  const before = Array.from({ length: sealed.length }, (_, i) => barAt(sealed, i))
  return candlesOf(sealed.id, intervalMs, [...before, ...behind])
}
