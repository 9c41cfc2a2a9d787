import type { Pump } from '../anomalies/pumps.ts'
import type { ZoneEdge } from '../signals/signal.ts'

/**
 * What the levels, the risk and the prior are made of, measured on the known candles of one token at one instant. Doubles in quote
 * units where a price is meant; the sealed form (`SealedFacts`) holds the same numbers as decimal strings.
 */
export type Facts = {
  /** The last known close. */
  readonly close: number
  /** Epoch ms of the open of the last known bar. */
  readonly lastOpenAt: number
  /** Known bars since the last halt. */
  readonly bars: number
  /** ATR 14 (Wilder). */
  readonly atr: number
  /** Standard deviation of one bar's log return: root mean square over the volatility window. */
  readonly sigma: number
  /** Relative standard error of `sigma`, from the measured kurtosis: sqrt((k - 1) / (4 n)). */
  readonly sigmaError: number
  /** Bars the volatility was measured on. */
  readonly sigmaBars: number
  /** Mean range of a bar over its mean |close - open|, both logarithmic: how finely the bar was sampled. */
  readonly rangeToMove: number
  /** Decimals of the price, from the closes of the window: the tick is 10^-decimals. */
  readonly decimals: number
  /** Median traded value of a day in quote units. */
  readonly quotePerDay: number
  /** Share of the last 100 bars without a trade. */
  readonly idleShare: number
  /** High of the last day over the lowest close of the three days before: 1.6 is +60 %. */
  readonly surge: number
  /** Volume of the last day over the median day of the window. */
  readonly volumeSurge: number
  /** The detected pump that the last known bar is in; absent where it is in none. */
  readonly pump?: Pump
  /** Zones below and above, nearest first: the edge toward the price, and a strength in [0, 1]. */
  readonly supports: readonly ZoneEdge[]
  readonly resistances: readonly ZoneEdge[]
}
