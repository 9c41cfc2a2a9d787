import type { View, Views } from '../dossier/view.ts'
import { kinds } from '../words/kind.ts'
import { clamp, round } from '../words/numbers.ts'
import type { Mode, RiskTolerance, Weights } from '../words/profile.ts'
import type { CallType } from './recommendation.ts'

/** S = sum over kinds of weight x quality x view score, in [-1, 1]. A missing kind adds 0. */
export function scoreOf(views: Views, weights: Weights): number {
  const sum = kinds.reduce((total, kind) => total + (weights[kind] / 100) * contribution(views[kind]), 0)
  return round(clamp(sum, -1, 1), 6)
}

const contribution = (view: View | null): number => (view ? view.quality * view.score : 0)

/** What of the asked weight could be known, 0..1. */
export const completenessOf = (views: Views, weights: Weights): number =>
  round(
    Math.min(
      1,
      kinds.reduce((total, kind) => total + (weights[kind] / 100) * (views[kind]?.quality ?? 0), 0),
    ),
    6,
  )

/**
 * Text cannot buy: with T = the weighted score of technical and on-chain, text adds at most max(0, T) to the bullish side, and T <= 0
 * forbids BUY. The text-only modes cannot have this rule; there the confidence is capped instead.
 */
export function withoutBoughtText(
  score: number,
  views: Views,
  weights: Weights,
  mode: Mode,
): { score: number; mayBuy: boolean } {
  if (mode === 'news-only' || mode === 'social-only' || weights.technical + weights.onchain === 0)
    return { score, mayBuy: true }
  const hard =
    (weights.technical / 100) * contribution(views.technical) + (weights.onchain / 100) * contribution(views.onchain)
  const text = score - hard
  return { score: round(hard + Math.min(text, Math.max(0, hard)), 6), mayBuy: hard > 0 }
}

/** |S| from which a call of one kind alone has a direction. */
const thresholds: Record<RiskTolerance, number> = { conservative: 0.35, moderate: 0.25, aggressive: 0.15 }

/**
 * |S| from which a call has a direction. A sum of kinds that err apart from each other spreads less than one kind alone, by the length of
 * its weights: one that means as much is smaller. It goes by the weights that were asked for, so a kind that is missing lowers nothing.
 */
export const thresholdFor = (tolerance: RiskTolerance, weights: Weights): number =>
  round(thresholds[tolerance] * Math.sqrt(kinds.reduce((sum, kind) => sum + (weights[kind] / 100) ** 2, 0)), 6)

/** A call that stands keeps standing down to this part of its threshold: jitter around it must not flip the call. */
export const hysteresis = 0.6

export function directionOf(score: number, enter: number, previous: CallType | null): 'BUY' | 'HOLD' | 'SELL' {
  const buyAt = previous === 'BUY' ? enter * hysteresis : enter
  const sellAt = previous === 'SELL' ? enter * hysteresis : enter
  return score >= buyAt ? 'BUY' : score <= -sellAt ? 'SELL' : 'HOLD'
}
