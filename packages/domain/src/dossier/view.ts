import { signals } from '../signals/index.ts'
import { kinds, type Kind } from '../words/kind.ts'
import { clamp, round } from '../words/numbers.ts'
import type { Reading } from '../words/reading.ts'

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

/** Every kind's view of the readings: derived, never stored, so that a reading cannot be altered behind its view. */
export const viewsOf = (readings: readonly Reading[]): Views =>
  Object.fromEntries(kinds.map((kind) => [kind, viewOf(kind, readings, signals)])) as Views

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
