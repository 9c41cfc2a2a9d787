import { unseal } from '../dossier/dossier.ts'
import { viewsOf, type Views } from '../dossier/view.ts'
import { labelOf } from '../signals/index.ts'
import { kinds } from '../words/kind.ts'
import { round } from '../words/numbers.ts'
import { toNumber } from '../words/price.ts'
import { fromIso } from '../words/time.ts'
import { tokenForm } from '../words/token.ts'
import type { Brief } from './brief.ts'
import { callOf, type Call, type Steer } from './call.ts'
import type { RulesOpinion } from './opinion.ts'
import { reasonsFor } from './reasoning.ts'
import type { Factor } from './recommendation.ts'
import { citedAs } from './references.ts'

/** The analyst that is always there: arithmetic on the dossier, and the reasons in words made from the same factors. */
export function rules(brief: Brief): RulesOpinion {
  const { dossier, profile } = brief
  const call = callFor(brief)
  const factors = factorsOf(briefViews(brief), profile.weights, call)
  const conflicts = conflictsIn(factors)
  return { analyst: 'rules', call, factors, conflicts, reasoning: reasonsFor(dossier, call, factors, conflicts) }
}

/** The call on a brief: as the rules make it, or with what another analyst may ask for. */
export function callFor(brief: Brief, steer?: Steer): Call {
  const { dossier, profile, previous } = brief
  return callOf({
    at: fromIso(dossier.at),
    price: dossier.price ? toNumber(dossier.price.value) : null,
    facts: dossier.facts ? unseal(dossier.facts) : null,
    views: briefViews(brief),
    profile,
    previous: previous?.type ?? null,
    safety: dossier.safety,
    unable: dossier.unable,
    calibration: brief.calibration,
    ...(steer && { steer }),
  })
}

export const briefViews = ({ dossier }: Brief): Views =>
  viewsOf(dossier.readings, tokenForm(dossier.token), dossier.coverage)

/** Each reading's share of S, strongest first; what the text bound took away is a factor of its own. */
export function factorsOf(views: Views, weights: Brief['profile']['weights'], call: Call): Factor[] {
  const spoken = kinds.flatMap((kind) =>
    (views[kind]?.factors ?? []).map(({ reading, weight, share }) =>
      factor(labelOf(reading), (weights[kind] / 100) * weight, (weights[kind] / 100) * share, [reading]),
    ),
  )
  const bound = call.score - spoken.reduce((sum, { contribution }) => sum + contribution, 0)
  const all = Math.abs(bound) > 1e-4 ? [...spoken, factor('text is bounded by the other kinds', 0, bound, [])] : spoken
  return all
    .filter(({ weight, evidence }) => weight !== 0 || evidence.length === 0)
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
}

const factor = (name: string, weight: number, contribution: number, evidence: string[]): Factor => ({
  factor: name,
  impact: contribution > 0.001 ? 'bullish' : contribution < -0.001 ? 'bearish' : 'neutral',
  weight: round(weight, 6),
  contribution: round(contribution, 9),
  evidence,
})

/** Two strong factors that pull apart are worth saying; weak ones always do. */
function conflictsIn(factors: readonly Factor[]): string[] {
  const whole = factors.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0)
  const strong = factors.filter(({ contribution }) => Math.abs(contribution) > 0.12 * whole)
  const up = strong.find(({ impact }) => impact === 'bullish')
  const down = strong.find(({ impact }) => impact === 'bearish')
  if (!up || !down) return []
  return [`${up.factor} leans up ${citedAs(up)} while ${down.factor} leans down ${citedAs(down)}`]
}
