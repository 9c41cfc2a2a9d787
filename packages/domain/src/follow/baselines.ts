import { firstAtOrAfter, type Candles } from '../words/candles.ts'
import { costRatioPerSide, type Costs } from '../words/profile.ts'
import { judge, type JudgeOptions } from './judge.ts'
import type { Ending } from './outcome.ts'
import type { Directional } from './position.ts'
import { lastTradable } from './span.ts'
import type { Random } from './statistics.ts'

/**
 * Columns of one token for the two crossing rules, as long as its candles, NaN while warming up: SMA 10 and 30, and the MACD line of
 * 12 and 26 with its signal of 9. Computed once per token by who has them.
 */
export type TrendColumns = {
  readonly smaFast: Float64Array
  readonly smaSlow: Float64Array
  readonly macd: Float64Array
  readonly macdSignal: Float64Array
}

/** A filled and decided directional call, with what it was judged on. */
export type CallWindow = {
  readonly plan: Directional
  readonly ending: Ending
  readonly candles: Candles
  readonly trend: TrendColumns
  readonly costs: Costs
  readonly asOf?: number
  readonly finer?: readonly Candles[]
}

/** Net of costs. `rMultiple` is null where there is no stop to measure by. */
export type BaselineResult = { readonly returnNetRatio: number; readonly rMultiple: number | null }

export type Baseline = {
  readonly id: string
  readonly label: string
  /** What it does on a window; null when it ended without a result. */
  play(window: CallWindow, random: Random): BaselineResult | null
}

/**
 * The window of a call: bars `from` (its fill bar) to `to` (the bar that decided it), both included. All baselines enter at the call's own
 * fill price and, without levels, leave at the close of the last bar: what differs is what they do, not the luck of the fill.
 */
type Bars = {
  readonly from: number
  readonly to: number
  readonly fill: number
  readonly exit: number
  readonly cost: number
}

function barsOf({ ending, candles, costs }: CallWindow): Bars {
  const to = ending.decidedBy!
  return {
    from: firstAtOrAfter(candles, ending.filledAt!),
    to,
    fill: ending.fillPrice!,
    exit: ending.status === 'DELISTED' ? lastTradable(candles, to, 'BUY') : candles.close[to]!,
    cost: costRatioPerSide(costs),
  }
}

/** One trade: the move in its direction, less the cost ratio of the value traded on both sides. */
const tradeNet = (from: number, to: number, cost: number, sign: 1 | -1 = 1): number =>
  (sign * (to - from)) / from - cost * (1 + to / from)

const withoutLevels = (returnNetRatio: number): BaselineResult => ({ returnNetRatio, rMultiple: null })

/** Bought at the fill, sold at the close of the last bar. */
export const buyAndHold: Baseline = {
  id: 'buy-and-hold',
  label: 'Buy and hold',
  play(window) {
    const { fill, exit, cost } = barsOf(window)
    return withoutLevels(tradeNet(fill, exit, cost))
  },
}

/** Half of the money as buy and hold, half kept in cash without interest. */
export const halfInCash: Baseline = {
  id: 'half-in-cash',
  label: '50 / 50 with cash',
  play(window) {
    const { fill, exit, cost } = barsOf(window)
    return withoutLevels(tradeNet(fill, exit, cost) / 2)
  },
}

/**
 * Long in a bar when the fast column was above the slow one at the close before it, else in cash; the first stretch begins at the fill, a
 * later one at the close at which the lines crossed. Stretches compound; each is a trade with its costs.
 */
function crossing(
  { candles }: CallWindow,
  { from, to, fill, cost }: Bars,
  fast: Float64Array,
  slow: Float64Array,
): number {
  let value = 1
  let entered = Number.NaN
  for (let i = from; i <= to; i++) {
    const before = i === from ? fill : candles.close[i - 1]!
    const long = i > 0 && fast[i - 1]! > slow[i - 1]!
    if (long && Number.isNaN(entered)) entered = before
    if (!long && !Number.isNaN(entered)) {
      value *= 1 + tradeNet(entered, before, cost)
      entered = Number.NaN
    }
  }
  if (!Number.isNaN(entered)) value *= 1 + tradeNet(entered, candles.close[to]!, cost)
  return value - 1
}

/** Long while the SMA of 10 closes is above that of 30 (Brock, Lakonishok and LeBaron 1992, variable-length rule without a band). */
export const smaCross: Baseline = {
  id: 'sma-cross',
  label: 'SMA 10 / 30 cross',
  play: (window) => withoutLevels(crossing(window, barsOf(window), window.trend.smaFast, window.trend.smaSlow)),
}

/** Long while the MACD line (EMA 12 - EMA 26) is above its signal (EMA 9 of it) (Appel 1979). */
export const macdCross: Baseline = {
  id: 'macd',
  label: 'MACD 12 / 26 / 9',
  play: (window) => withoutLevels(crossing(window, barsOf(window), window.trend.macd, window.trend.macdSignal)),
}

/** Heads long, tails short, held from the fill to the close of the last bar: the call's exposure without its opinion. */
export const coinFlip: Baseline = {
  id: 'coin-flip',
  label: 'Coin flip, same exposure',
  play(window, random) {
    const { fill, exit, cost } = barsOf(window)
    return withoutLevels(tradeNet(fill, exit, cost, random() < 0.5 ? 1 : -1))
  },
}

function judged(plan: Directional, { candles, costs, asOf, finer }: CallWindow): BaselineResult | null {
  const options: JudgeOptions = {
    costs,
    ...(asOf === undefined ? {} : { asOf }),
    ...(finer === undefined ? {} : { finer }),
  }
  const { returnNetRatio, rMultiple } = judge(plan, candles, options)
  return returnNetRatio === null ? null : { returnNetRatio, rMultiple }
}

/** The plan turned round at the middle of its zone: the same zone, the same distances, the other direction. */
export function turned(plan: Directional): Directional {
  const turn = (price: number) => plan.entryLow + plan.entryHigh - price
  return {
    ...plan,
    type: plan.type === 'BUY' ? 'SELL' : 'BUY',
    stop: turn(plan.stop),
    targets: plan.targets.map(({ price, share }) => ({ price: turn(price), share })),
    invalidation: plan.invalidation.map(({ when, price }) => ({
      when: when === 'close_below' ? 'close_above' : 'close_below',
      price: turn(price),
    })),
  }
}

/** A BUY whatever the evidence says: the call's zone and distances, a SELL turned round, judged by the same rules. */
export const alwaysBuy: Baseline = {
  id: 'always-buy',
  label: 'Always BUY, same distances',
  play: (window) => judged(window.plan.type === 'BUY' ? window.plan : turned(window.plan), window),
}

/** The call's zone and distances, turned round when the coin shows tails, judged by the same rules. */
export const randomDirection: Baseline = {
  id: 'random-direction',
  label: 'Same levels, random direction',
  play: (window, random) => judged(random() < 0.5 ? window.plan : turned(window.plan), window),
}

export const baselines: readonly Baseline[] = [
  buyAndHold,
  halfInCash,
  smaCross,
  macdCross,
  coinFlip,
  alwaysBuy,
  randomDirection,
]
