import type { CallType, Confidence } from './recommendation.ts'
import type { Plan } from './plan.ts'

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
  /** The last known close; null when abstained for want of one. */
  readonly price: number | null
  readonly plan: Plan | null
  readonly confidence: Confidence | null
  readonly breakEven: number | null
  readonly expectedR: number | null
  readonly riskReward: number | null
}

/** Decides on recorded candles: `bars` is how many were known at `at`; nothing behind them is read. */
export type Decider = { callAt(bars: number, at: number, previous: Call | null): Call }
