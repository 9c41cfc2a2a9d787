import { kinds, type Kind } from '../words/kind.ts'
import type { Price } from '../words/price.ts'
import { fromIso, timeframes, toIso, validityMs } from '../words/time.ts'
import { tokenForm } from '../words/token.ts'
import { unseal } from '../dossier/dossier.ts'
import { viewsOf, type View, type Views } from '../dossier/view.ts'
import type { Brief } from './brief.ts'
import { intervalMsOf, type Call } from './call.ts'
import { actionable } from './edge.ts'
import type { Opinion } from './opinion.ts'
import { Recommendation } from './recommendation.ts'
import { riskOf } from './risk.ts'
import { positionSize } from './size.ts'
import { statedLevels } from './stated-levels.ts'
import { unproven } from './vetoes.ts'

export const notice = 'Not financial advice. A measured record, not a promise; you can lose what you trade with.'

type Decided = { brief: Brief; opinions: readonly Opinion[]; id: string; inputsHash: string }

/**
 * The gate: the first opinion is the rules', and its arithmetic is what a user may act on. Pure; equal briefs, opinions and id give an
 * equal recommendation, byte for byte. The seal is added by the ledger.
 */
export function decide({ brief, opinions, id, inputsHash }: Decided): Recommendation {
  const [opinion] = opinions
  if (!opinion) throw new Error('decide needs the opinion of the rules')
  const { dossier, profile } = brief
  const { call } = opinion
  const at = fromIso(dossier.at)
  const facts = dossier.facts && unseal(dossier.facts)
  const risk = facts ? riskOf(facts, intervalMsOf(profile), call.completeness) : unknownRisk
  const levels = statedLevels(call.plan)
  const views = viewsOf(dossier.readings, tokenForm(dossier.token), dossier.coverage)
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
    invalidation: [],
    kinds: Object.fromEntries(kinds.map((kind) => [kind, kindUse(brief, kind, views[kind])])),
    completeness: call.completeness,
    gaps: dossier.gaps,
    warnings: warningsOf(call, brief, views),
    positionSize:
      levels.entry && levels.stopLoss
        ? positionSize(profile, worstEntry(call.type, levels.entry), levels.stopLoss)
        : null,
    costs: profile.costs,
    engine: {
      version: brief.engineVersion,
      analyst: opinion.analyst,
      model: null,
      promptHash: null,
      tokens: null,
      costUsd: null,
    },
    inputsHash,
    previous: brief.previous && { id: brief.previous.id, type: brief.previous.type, issuedAt: brief.previous.issuedAt },
    changed: changesSince(brief, opinion),
    labels: dossier.labels,
    notice,
    seal: null,
  })
}

const unknownRisk = { rating: 'VERY_HIGH' as const, reasons: ['nothing could be measured'] }

const worstEntry = (type: Call['type'], entry: { low: Price; high: Price }): Price =>
  type === 'BUY' ? entry.high : entry.low

function actionableOf(call: Call, { profile }: Brief): { yes: boolean; why: string } {
  if (call.abstained) return { yes: false, why: 'no call could be made' }
  if (call.type === 'HOLD' || call.type === 'AVOID') return { yes: false, why: `${call.type} asks for no trade` }
  return actionable(call.confidence, call.breakEven, profile.riskTolerance)
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

function warningsOf(call: Call, { dossier, profile }: Brief, views: Views): string[] {
  const silent = kinds.filter((kind) => profile.weights[kind] > 0 && !views[kind])
  return [
    ...call.warnings,
    ...silent.map((kind) => `no ${kind} evidence: it adds nothing to the score`),
    ...(dossier.safety === null ? ['one venue, recorded; token safety not assessed'] : []),
    ...(call.type === 'SELL' ? [unproven(dossier.safety)].filter((why) => why !== null) : []),
  ]
}

/** What moved since the last call: the type, the score, and the factors that moved most. */
function changesSince({ previous }: Brief, { call, factors }: Opinion): string[] {
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
