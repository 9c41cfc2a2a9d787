import {
  hybridWeights as weights,
  kinds,
  labelOf,
  round,
  type Dossier,
  type Kind,
  type Recommendation,
  type Views,
} from '@pumpiq/domain'

export const completenessOf = (views: Views): number =>
  round(
    kinds.reduce((sum, kind) => sum + (weights[kind] / 100) * (views[kind]?.quality ?? 0), 0),
    6,
  )

/** How much each kind of evidence weighs. */
export function usesOf(views: Views, oldest: Dossier['oldest']): Recommendation['kinds'] {
  const useOf = (kind: Kind): Recommendation['kinds'][Kind] => {
    const { score = null, quality = 0 } = views[kind] ?? {}
    return {
      used: views[kind] !== null,
      weightAsked: weights[kind],
      weightEffective: round(weights[kind] * quality, 6),
      quality,
      score,
      oldestReading: oldest[kind] ?? null,
    }
  }
  return { news: useOf('news'), onchain: useOf('onchain'), technical: useOf('technical'), social: useOf('social') }
}

/** Each reading's share of the score. */
export const factorsOf = (views: Views): Recommendation['keyFactors'] =>
  kinds.flatMap((kind) =>
    (views[kind]?.factors ?? []).map(({ reading, weight, share }) => ({
      factor: labelOf(reading),
      impact: share > 0.01 ? ('bullish' as const) : share < -0.01 ? ('bearish' as const) : ('neutral' as const),
      weight: round(weight * weights[kind], 2),
      contribution: round((weights[kind] / 100) * share, 6),
      evidence: [reading],
    })),
  )
