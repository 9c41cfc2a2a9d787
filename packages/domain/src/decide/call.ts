import type { SafetyAssessment } from '../safety/assess.ts'
import type { KnownFits } from '../confidence/fit.ts'
import type { Facts } from '../dossier/facts.ts'
import type { Views } from '../dossier/view.ts'
import { round } from '../words/numbers.ts'
import { costRatioPerSide, type Profile } from '../words/profile.ts'
import { horizonBars, intervals, timeframes, validityMs } from '../words/time.ts'
import { bandConfidence, chancesOf } from './confidence.ts'
import { breakEven, expectedR } from './edge.ts'
import { beyondLimits, levelsFor, limitIds, targetShares, type LevelChoice, type Levels } from './levels.ts'
import type { Plan } from './plan.ts'
import type { CallType, Clamp, Confidence } from './recommendation.ts'
import { avoidance } from './risk.ts'
import { clampOf, unproven, unsafe, withCaps } from './vetoes.ts'
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
  /** What arithmetic held back, in the order in which it did. */
  readonly clamps: readonly Clamp[]
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
  /** What of measured confidence was known then; null or absent: nobody asked, the prior stands. */
  readonly calibration?: KnownFits | null
  /** What an analyst behind the rules asked for; absent: nothing. */
  readonly steer?: Steer
}

/** All that an opinion may ask for: a step toward caution, and other levels among the code's own candidates. */
export type Steer = LevelChoice & { readonly cautious: boolean }

export const atLeastBars = 250

export function callOf(input: CallInput): Call {
  const call = ruledCall(input)
  return withCaps(input.steer?.cautious ? oneStepToCaution(call, input) : call, input.profile.weights)
}

function ruledCall(input: CallInput): Call {
  const { at, price, facts, profile, views } = input
  const score = scoreOf(views, profile.weights)
  const completeness = completenessOf(views, profile.weights)
  const base = { issuedAt: at, score, completeness, price, warnings: [], clamps: [] }
  const unable = input.unable ?? cannot(input)
  if (unable !== null || price === null || facts === null)
    return { ...base, ...nothing, type: 'HOLD', abstained: unable ?? 'there is no price' }
  const enter = thresholdFor(profile.riskTolerance, profile.weights)
  const danger = unsafe(input.safety)
  const avoid = danger ?? avoidance(facts)
  if (avoid)
    return avoided(input, base, avoid, [
      clampOf(danger ? 'unsafe' : 'untradable', directionOf(score, enter, input.previous), 'AVOID', avoid),
    ])
  const { score: bounded, mayBuy } = withoutBoughtText(score, views, profile.weights, profile.mode)
  const wanted = directionOf(bounded, enter, input.previous)
  const against = wanted === 'BUY' ? unproven(input.safety) : null
  const type = wanted === 'BUY' && (!mayBuy || against) ? 'HOLD' : wanted
  const clamps = bounded === score ? [] : [clampOf('text-bound', score, bounded, 'text may not outweigh other kinds')]
  const shown = { ...base, score: bounded, clamps }
  if (type !== 'HOLD') return directional(input, type, price, facts, shown)
  const textBuys = !mayBuy && directionOf(score, enter, input.previous) === 'BUY'
  if (textBuys) {
    const why = 'text alone leans bullish: it cannot buy'
    return hold(
      input,
      price,
      facts,
      { ...shown, clamps: [...clamps, clampOf('text-cannot-buy', 'BUY', 'HOLD', why)] },
      [why],
    )
  }
  if (!against) return hold(input, price, facts, shown, [])
  return hold(input, price, facts, { ...shown, clamps: [...clamps, clampOf('unproven', 'BUY', 'HOLD', against)] }, [
    against,
  ])
}

type Shown = Pick<Call, 'issuedAt' | 'score' | 'completeness' | 'price' | 'clamps'>

const avoided = (input: CallInput, shown: Shown, why: string, clamps: readonly Clamp[]): Call => ({
  ...shown,
  ...nothing,
  type: 'AVOID',
  abstained: null,
  plan: { type: 'AVOID', issuedAt: input.at, expiresAt: expiry(input) },
  warnings: [why],
  clamps: [...shown.clamps, ...clamps],
})

const cautious = 'the model asks for caution'

/** A side becomes HOLD, HOLD becomes AVOID; what abstained or is avoided stays. Never the other way. */
function oneStepToCaution(call: Call, input: CallInput): Call {
  if (call.abstained !== null || call.type === 'AVOID' || call.price === null || !input.facts) return call
  if (call.type === 'HOLD') return { ...avoided(input, call, cautious, []), warnings: [...call.warnings, cautious] }
  return hold(input, call.price, input.facts, call, [...call.warnings, cautious])
}

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
  const { limits } = profile
  const asked = { type, price, facts, bars, costRatioPerSide: side, limits }
  const levels = levelsFor({ ...asked, ...(input.steer && { choice: input.steer }) })
  const refused = beyondLimits(asked, levels)
  if (refused !== null) return hold(input, price, facts, shown, [refused])
  if (!levels) return hold(input, price, facts, shown, ['no levels above zero keep apart on this tick'])
  const barriers = { type, price, target: levels.targets[0], stop: levels.stop, bars }
  const risk = Math.abs(price - levels.stop)
  const reward = Math.abs(levels.targets[0] - price)
  const cost = (2 * side * price) / risk
  // A frequency was measured on levels that the market gives: of one that is put elsewhere it says nothing.
  const isPut = limitIds.some((id) => id === levels.chosen.stop || id === levels.chosen.target)
  const known = isPut ? null : (input.calibration ?? null)
  const evidence = { facts, views: input.views, score: shown.score, known, rewardR: reward / risk, costR: cost }
  const { confidence, endings, payoffs, absent } = chancesOf(evidence, barriers)
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
    warnings: [
      ...(absent === null ? [] : [`confidence is the prior: ${absent}`]),
      ...(isPut ? ['stop or first target stand at your own limit, which no frequency was measured on'] : []),
    ],
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
