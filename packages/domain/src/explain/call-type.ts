import type { Brief } from '../decide/brief.ts'
import type { Call } from '../decide/call.ts'
import type { Recommendation } from '../decide/recommendation.ts'
import { briefViews } from '../decide/rules.ts'
import { directionOf, hysteresis, scoreOf, thresholdFor } from '../decide/score.ts'
import { round } from '../words/numbers.ts'
import type { ExplainedType } from './explanation.ts'

/** How the type came: the score against the threshold, then what held it back, in order. */
export function typeOf(recommendation: Recommendation, brief: Brief, ofRules: Call): ExplainedType {
  const { score, type, clamps = [] } = recommendation
  const { profile } = brief
  const enter = thresholdFor(profile.riskTolerance, profile.weights)
  const previous = brief.previous?.type ?? null
  const stands = round(enter * hysteresis, 6)
  const told: Omit<ExplainedType, 'steps'> = {
    type,
    ofRules: ofRules.type,
    score,
    unboundedScore: scoreOf(briefViews(brief), profile.weights),
    buyAt: previous === 'BUY' ? stands : enter,
    sellAt: -(previous === 'SELL' ? stands : enter),
    previous,
    leaning: directionOf(score, enter, previous),
    clamps,
  }
  return { ...told, steps: stepsOf(told, recommendation, ofRules) }
}

function stepsOf(
  { leaning, buyAt, sellAt, previous, score, unboundedScore, type, clamps }: Omit<ExplainedType, 'steps'>,
  { abstained, riskTolerance }: Recommendation,
  ofRules: Call,
): string[] {
  if (abstained !== null) return [`no call could be made: ${abstained}`]
  const standing = previous === 'BUY' || previous === 'SELL'
  const held = clamps.map(({ rule, from, to, why }) => `${rule}: ${from} became ${to} (${why})`)
  const unclamped = clamps.every(({ to }) => to !== ofRules.type) && leaning !== ofRules.type
  return [
    `score ${score}${unboundedScore === score ? '' : ` (${unboundedScore} before text was bounded)`}: ${leaning} for a ${riskTolerance} profile, where BUY begins at ${buyAt} and SELL at ${sellAt}`,
    ...(standing ? [`the last call was ${previous}: it stands down to ${hysteresis} of the threshold`] : []),
    ...held,
    ...(unclamped ? [`${leaning} became ${ofRules.type}: ${ofRules.warnings.join('; ')}`] : []),
    `so the type is ${type}`,
  ]
}
