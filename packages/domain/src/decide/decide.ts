import { kinds, type Kind } from '../words/kind.ts'
import type { Price } from '../words/price.ts'
import { fromIso, timeframes, toIso, validityMs } from '../words/time.ts'
import { unseal } from '../dossier/dossier.ts'
import type { View, Views } from '../dossier/view.ts'
import type { Brief } from './brief.ts'
import { intervalMsOf, type Call } from './call.ts'
import { actionable } from './edge.ts'
import { gate, type Held } from './gate.ts'
import type { ModelOpinion, Opinion } from './opinion.ts'
import { reasonsFor } from './reasoning.ts'
import { Recommendation } from './recommendation.ts'
import { riskOf } from './risk.ts'
import { briefViews, callFor } from './rules.ts'
import { positionSize } from './size.ts'
import { statedLevels } from './stated-levels.ts'
import { unproven } from './vetoes.ts'

export const notice = 'Not financial advice. A measured record, not a promise; you can lose what you trade with.'

type Decided = {
  readonly brief: Brief
  /** The rules' first; a model's may follow. */
  readonly opinions: readonly Opinion[]
  readonly id: string
  readonly inputsHash: string
  /** Content hash of the model's opinion; null where none was asked. */
  readonly opinionHash?: string | null
}

/**
 * The gate: the rules' arithmetic is what a user may act on, and what a model says is held to what it may say. Pure; equal briefs, opinions
 * and id give an equal recommendation, byte for byte. The seal is added by the ledger.
 */
export function decide({ brief, opinions, id, inputsHash, opinionHash = null }: Decided): Recommendation {
  const spoken = opinions.find((one) => one.analyst === 'rules')
  if (!spoken) throw new Error('decide needs the opinion of the rules')
  const model = opinions.find((one) => one.analyst === 'model') ?? null
  const { dossier, profile } = brief
  const opinion = gate({
    rules: spoken,
    model,
    readings: dossier.readings,
    callWith: (steer) => callFor(brief, steer),
    reasonsFor: (call) => reasonsFor(dossier, call, spoken.factors, spoken.conflicts),
  })
  const { call } = opinion
  const at = fromIso(dossier.at)
  const facts = dossier.facts && unseal(dossier.facts)
  const risk = facts ? riskOf(facts, intervalMsOf(profile), call.completeness) : unknownRisk
  const levels = statedLevels(call.plan)
  const views = briefViews(brief)
  return Recommendation.parse({
    id,
    house: brief.house,
    token: dossier.token.id,
    symbol: dossier.token.symbol,
    type: call.type,
    abstained: call.abstained,
    timeframe: profile.timeframe,
    mode: profile.mode,
    riskTolerance: profile.riskTolerance,
    weights: profile.weights,
    issuedAt: toIso(at),
    validUntil: toIso(at + validityMs(profile.timeframe)),
    expiresAt: toIso(at + timeframes[profile.timeframe].horizonMs),
    price: dossier.price,
    score: call.score,
    ...levels,
    riskReward: call.riskReward,
    confidence: call.confidence,
    breakEven: call.breakEven,
    expectedR: call.expectedR,
    actionable: actionableOf(call, brief),
    riskRating: risk.rating,
    riskReasons: risk.reasons,
    reasoning: opinion.reasoning,
    keyFactors: opinion.factors,
    conflicts: opinion.conflicts,
    ...(opinion.wouldChange.length > 0 && { wouldChange: opinion.wouldChange }),
    clamps: opinion.clamps,
    invalidation: [],
    kinds: Object.fromEntries(kinds.map((kind) => [kind, kindUse(brief, kind, views[kind])])),
    completeness: call.completeness,
    gaps: dossier.gaps,
    warnings: warningsOf(opinion, brief, views),
    positionSize:
      levels.entry && levels.stopLoss
        ? positionSize(profile, worstEntry(call.type, levels.entry), levels.stopLoss)
        : null,
    costs: profile.costs,
    engine: engineOf(brief, opinion, model, opinionHash),
    inputsHash,
    previous: brief.previous && { id: brief.previous.id, type: brief.previous.type, issuedAt: brief.previous.issuedAt },
    changed: changesSince(brief, opinion),
    labels: dossier.labels,
    notice,
    seal: null,
  })
}

function engineOf(
  { engineVersion }: Brief,
  { analyst }: Held,
  model: ModelOpinion | null,
  opinionHash: string | null,
): Recommendation['engine'] {
  if (!model) return { version: engineVersion, analyst, model: null, promptHash: null, tokens: null, costUsd: null }
  const { tokens, costUsd, promptHash, ending } = model
  return {
    version: engineVersion,
    analyst,
    model: model.model,
    promptHash,
    tokens: tokens && tokens.input + tokens.output,
    costUsd,
    ending,
    ...(opinionHash !== null && { opinionHash }),
  }
}

const unknownRisk = { rating: 'VERY_HIGH' as const, reasons: ['nothing could be measured'] }

const worstEntry = (type: Call['type'], entry: { low: Price; high: Price }): Price =>
  type === 'BUY' ? entry.high : entry.low

function actionableOf(call: Call, { profile, calibration }: Brief): { yes: boolean; why: string } {
  if (call.abstained) return { yes: false, why: 'no call could be made' }
  if (call.type === 'HOLD' || call.type === 'AVOID') return { yes: false, why: `${call.type} asks for no trade` }
  return actionable(call.confidence, call.breakEven, profile.riskTolerance, calibration?.fits)
}

function kindUse({ dossier, profile }: Brief, kind: Kind, view: View | null): Recommendation['kinds'][Kind] {
  const asked = profile.weights[kind]
  const used = view !== null && asked > 0
  return {
    used,
    weightAsked: asked,
    weightEffective: used ? asked * view.quality : 0,
    quality: view?.quality ?? 0,
    score: view?.score ?? null,
    oldestReading: dossier.oldest[kind] ?? null,
  }
}

function warningsOf({ call, warnings }: Held, { dossier, profile }: Brief, views: Views): string[] {
  const silent = kinds.filter((kind) => profile.weights[kind] > 0 && !views[kind])
  return [
    ...warnings,
    ...silent.map((kind) => `no ${kind} evidence: it adds nothing to the score`),
    ...(dossier.safety === null ? ['one venue, recorded; token safety not assessed'] : []),
    ...(call.type === 'SELL' ? [unproven(dossier.safety)].filter((why) => why !== null) : []),
  ]
}

/** What moved since the last call: the type, the score, and the factors that moved most. */
function changesSince({ previous }: Brief, { call, factors }: Held): string[] {
  if (!previous) return []
  const moved = factors
    .map(({ factor, contribution, evidence }) => ({
      factor,
      by: contribution - (previous.contributions[evidence[0] ?? ''] ?? 0),
    }))
    .filter(({ by }) => Math.abs(by) >= 0.02)
    .toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by))
    .slice(0, 3)
  const score = call.score - previous.score
  return [
    ...(call.type === previous.type ? [] : [`${previous.type} became ${call.type}`]),
    ...(Math.abs(score) >= 0.02 ? [`score moved by ${score.toFixed(2)} to ${call.score.toFixed(2)}`] : []),
    ...moved.map(({ factor, by }) => `${factor} moved by ${by.toFixed(2)}`),
  ]
}
