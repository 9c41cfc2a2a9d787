import { gatheredSignals, signals } from '../signals/index.ts'
import { z } from 'zod'
import { Kind, kinds } from '../words/kind.ts'
import { clamp, round } from '../words/numbers.ts'
import type { Reading } from '../words/reading.ts'
import type { TokenForm } from '../words/token.ts'

/** One kind's weighted lean. Each factor's share is additive: they sum to score x quality. */
export type View = {
  readonly kind: Kind
  /** In [-1, 1]. */
  readonly score: number
  /** The share of the kind's signal weight that could speak, 0 to 1. */
  readonly quality: number
  readonly factors: readonly { readonly reading: string; readonly weight: number; readonly share: number }[]
}

export type Views = { readonly [kind in Kind]: View | null }

/** By kind: of the sources that were asked for it, how far they answered, 0..1. */
export const Coverage = z.partialRecord(Kind, z.number().min(0).max(1))
export type Coverage = z.output<typeof Coverage>

/**
 * What of a kind is known where so many of the sources asked failed: all failing leaves half its quality to what others of the kind said
 * before, and lowers completeness by as much.
 */
export const coverageOf = (asked: number, failed: number): number =>
  asked === 0 ? 1 : round(1 - failed / asked / 2, 6)

/**
 * Every kind's view of the readings: derived, never stored, so that a reading cannot be altered behind its view. Its quality is lowered to
 * how far the sources answered.
 */
export const viewsOf = (readings: readonly Reading[], form: TokenForm, coverage: Coverage = {}): Views =>
  Object.fromEntries(
    kinds.map((kind) => [kind, covered(viewOf(kind, readings, weightsFor[form]), coverage[kind] ?? 1)]),
  ) as Views

function covered(view: View | null, share: number): View | null {
  if (!view || share === 1) return view
  const factors = view.factors.map((factor) => ({ ...factor, share: factor.share * share }))
  return { ...view, quality: round(view.quality * share, 6), factors }
}

const weightsOf = (form: TokenForm): readonly SignalWeight[] => [
  ...signals,
  ...gatheredSignals.map(({ id, kind, weight }) => ({ id, kind, weight: weight[form] })),
]
const weightsFor: Readonly<Record<TokenForm, readonly SignalWeight[]>> = {
  native: weightsOf('native'),
  contract: weightsOf('contract'),
}

export type SignalWeight = { readonly id: string; readonly kind: Kind; readonly weight: number }

/**
 * Readings folded into a view. A silent signal adds nothing and lowers the quality; nobody else grows louder for it. Null when none spoke.
 */
export function viewOf(kind: Kind, readings: readonly Reading[], weights: readonly SignalWeight[]): View | null {
  const own = weights.filter((signal) => signal.kind === kind && signal.weight > 0)
  const whole = own.reduce((sum, { weight }) => sum + weight, 0)
  const spoken = own.flatMap(({ id, weight }) => {
    const reading = readings.find((candidate) => candidate.id === id)
    return reading ? [{ reading: id, weight: weight / whole, share: (weight / whole) * reading.lean }] : []
  })
  if (spoken.length === 0) return null
  const quality = spoken.reduce((sum, { weight }) => sum + weight, 0)
  const total = spoken.reduce((sum, { share }) => sum + share, 0)
  return {
    kind,
    score: round(clamp(total / quality, -1, 1), 6),
    quality: round(Math.min(1, quality), 6),
    factors: spoken,
  }
}
