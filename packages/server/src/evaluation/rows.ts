import {
  hybridWeights,
  kinds,
  toIso,
  weightsOf,
  type Dossier,
  type Kind,
  type Mode,
  type Weights,
} from '@pumpiq/domain'

/** One line of the ablation: which kinds are let in, and what they weigh. */
export type RowPlan = {
  readonly id: string
  readonly label: string
  readonly mode: Mode
  readonly weights: Weights
  readonly kinds: readonly Kind[]
}

const alone = (kind: Kind): RowPlan => {
  const mode = `${kind}-only` as Mode
  return { id: mode, label: `${kind} alone`, mode, weights: weightsOf(mode), kinds: [kind] }
}

/** Hybrid weights whatever is let in: a kind that is left out is a gap and adds 0, as it would live. */
const together = (id: string, label: string, letIn: readonly Kind[]): RowPlan => ({
  id,
  label,
  mode: 'hybrid',
  weights: hybridWeights,
  kinds: letIn,
})

/** What every other row is held against, moment by moment. */
export const reference = 'technical-only'

export const rowPlans: readonly RowPlan[] = [
  alone('technical'),
  alone('onchain'),
  alone('news'),
  alone('social'),
  together('hybrid-technical', 'hybrid weights, technical in', ['technical']),
  together('hybrid-onchain', '+ onchain', ['technical', 'onchain']),
  together('hybrid-news', '+ news', ['technical', 'onchain', 'news']),
  together('hybrid', '+ social: hybrid', kinds),
]

/** The dossier as it would be had nobody been asked for the kinds that are not let in. */
export function dossierWith(dossier: Dossier, letIn: readonly Kind[]): Dossier {
  const out = kinds.filter((kind) => !letIn.includes(kind))
  if (out.length === 0) return dossier
  const at = toIso(Date.parse(dossier.at))
  const gaps = out.map((kind) => ({ kind, source: null, reason: 'left out of this row', at }))
  return {
    ...dossier,
    readings: dossier.readings.filter(({ kind }) => letIn.includes(kind)),
    gaps: [...dossier.gaps.filter(({ kind }) => letIn.includes(kind)), ...gaps],
  }
}
