import type { SafetyAssessment } from '../safety/assess.ts'
import type { Facts } from '../dossier/facts.ts'
import type { Views } from '../dossier/view.ts'
import { round } from '../words/numbers.ts'
import { costRatioPerSide, type Profile } from '../words/profile.ts'
import { horizonBars, intervals, timeframes, validityMs } from '../words/time.ts'
import { bandConfidence, priorConfidence, priorEndings } from './confidence.ts'
import { breakEven, expectedR, fairPayoffs } from './edge.ts'
import { levelsFor, targetShares, type Levels } from './levels.ts'
import type { Plan } from './plan.ts'
import type { CallType, Confidence } from './recommendation.ts'
import { avoidance } from './risk.ts'
import { unproven, unsafe, withTextCap } from './vetoes.ts'
import { completenessOf, directionOf, scoreOf, thresholdFor, withoutBoughtText } from './score.ts'

/**
 * A decision in numbers, before it becomes a document: what a backtest keeps by the hundred thousand and what `decide` turns into a
 * recommendation. Levels are already on the tick, so their shortest decimals are the recorded prices.
 */
export type Call = {
  readonly type: CallType
  /** Null, or why no call could be made: then type is HOLD and there is no plan. */
  readonly abstained: string | null
  /** Epoch ms. */
  readonly issuedAt: number
  /** S in [-1, 1]. */
  readonly score: number
  readonly completeness: number
  /** What the levels were measured from; null when abstained for want of one. */
  readonly price: number | null
  readonly plan: Plan | null
  readonly levels: Levels | null
  readonly confidence: Confidence | null
  readonly breakEven: number | null
  readonly expectedR: number | null
  /** What T1 pays net of the round trip over what the stop costs with it. */
  readonly riskReward: number | null
  readonly warnings: readonly string[]
}

/** Decides on recorded candles: `bars` is how many were known at `at`; nothing behind them is read. */
export type Decider = { callAt(bars: number, at: number, previous: Call | null): Call }

/** All that a decision in numbers is made from. `price` is the checked one (live) or the last close (recorded). */
export type CallInput = {
  readonly at: number
  readonly price: number | null
  readonly facts: Facts | null
  readonly views: Views
  readonly profile: Profile
  readonly previous: CallType | null
  /** Null where nobody was asked, as for recorded files. */
  readonly safety: SafetyAssessment | null
  /** A reason found before the arithmetic: prices in disagreement, no fresh candle ... */
  readonly unable: string | null
}

const atLeastBars = 250

export function callOf(input: CallInput): Call {
  const { at, price, facts, profile, views } = input
  const score = scoreOf(views, profile.weights)
  const completeness = completenessOf(views, profile.weights)
  const base = { issuedAt: at, score, completeness, price, warnings: [] }
  const unable = input.unable ?? cannot(input)
  if (unable !== null || price === null || facts === null)
    return { ...base, ...nothing, type: 'HOLD', abstained: unable ?? 'there is no price' }
  const avoid = unsafe(input.safety) ?? avoidance(facts)
  if (avoid)
    return {
      ...base,
      ...nothing,
      type: 'AVOID',
      abstained: null,
      plan: { type: 'AVOID', issuedAt: at, expiresAt: expiry(input) },
      warnings: [avoid],
    }
  const { score: bounded, mayBuy } = withoutBoughtText(score, views, profile.weights, profile.mode)
  const enter = thresholdFor(profile.riskTolerance, profile.weights)
  const wanted = directionOf(bounded, enter, input.previous)
  const against = wanted === 'BUY' ? unproven(input.safety) : null
  const type = wanted === 'BUY' && (!mayBuy || against) ? 'HOLD' : wanted
  const shown = { ...base, score: bounded }
  if (type !== 'HOLD') return withTextCap(directional(input, type, price, facts, shown), profile.weights)
  const textBuys = !mayBuy && directionOf(score, enter, input.previous) === 'BUY'
  const why = textBuys ? 'text alone leans bullish: it cannot buy' : against
  return withTextCap(hold(input, price, facts, shown, why ? [why] : []), profile.weights)
}

type Shown = Pick<Call, 'issuedAt' | 'score' | 'completeness' | 'price'>

const nothing = {
  plan: null,
  levels: null,
  confidence: null,
  breakEven: null,
  expectedR: null,
  riskReward: null,
} as const

const expiry = ({ at, profile }: CallInput): number => at + timeframes[profile.timeframe].horizonMs

function cannot({ facts, views }: CallInput): string | null {
  if (!facts) return 'too few candles to measure anything'
  if (facts.bars < atLeastBars)
    return `only ${facts.bars} candles since trading began or resumed; ${atLeastBars} are needed`
  if (!(facts.atr > 0) || !(facts.sigma > 0)) return 'the price has not moved: there is no volatility to measure'
  if (!views.technical && !views.onchain && !views.news && !views.social) return 'no evidence of any kind'
  return null
}

function directional(input: CallInput, type: 'BUY' | 'SELL', price: number, facts: Facts, shown: Shown): Call {
  const { at, profile } = input
  const bars = horizonBars(profile.timeframe)
  const side = costRatioPerSide(profile.costs)
  if (Math.sqrt(bars) * facts.atr < 6 * side * price)
    return hold(input, price, facts, shown, ['the range to be expected does not pay the costs of a trade'])
  const levels = levelsFor({ type, price, facts, bars, costRatioPerSide: side })
  if (!levels) return hold(input, price, facts, shown, ['no levels above zero keep apart on this tick'])
  const barriers = { type, price, target: levels.targets[0], stop: levels.stop, bars }
  const risk = Math.abs(price - levels.stop)
  const reward = Math.abs(levels.targets[0] - price)
  const cost = (2 * side * price) / risk
  const endings = priorEndings(facts, barriers)
  const payoffs = fairPayoffs(endings, reward / risk, cost)
  const confidence = priorConfidence(facts, barriers)
  return {
    ...shown,
    type,
    abstained: null,
    plan: {
      type,
      issuedAt: at,
      validUntil: at + validityMs(profile.timeframe),
      expiresAt: expiry(input),
      entryLow: levels.entryLow,
      entryHigh: levels.entryHigh,
      targets: levels.targets.map((target, i) => ({ price: target, share: targetShares[i]! })),
      stop: levels.stop,
      invalidation: [],
    },
    levels,
    confidence,
    breakEven: round(breakEven(endings, payoffs), 6),
    expectedR: round(expectedR(confidence.measured, endings, payoffs), 6),
    riskReward: round((reward / risk - cost) / (1 + cost), 4),
    warnings: [],
  }
}

/** The band of a HOLD: one ATR-scaled range of the horizon on either side, and how likely the walk is to stay inside. */
function hold(input: CallInput, price: number, facts: Facts, shown: Shown, warnings: readonly string[]): Call {
  const bars = horizonBars(input.profile.timeframe)
  const half = Math.sqrt(bars) * facts.atr
  const scale = 10 ** facts.decimals
  const low = Math.max(Math.floor((price - half) * scale), 1) / scale
  const high = Math.ceil((price + half) * scale) / scale
  return {
    ...shown,
    ...nothing,
    type: 'HOLD',
    abstained: null,
    plan: { type: 'HOLD', issuedAt: input.at, expiresAt: expiry(input), bandLow: low, bandHigh: high },
    confidence: bandConfidence(facts, {
      price,
      low: Math.min(low, price * 0.999999),
      high: Math.max(high, price * 1.000001),
      bars,
    }),
    warnings,
  }
}

/** The interval a profile's timeframe is read on, in ms. */
export const intervalMsOf = ({ timeframe }: Profile): number => intervals[timeframes[timeframe].interval]
