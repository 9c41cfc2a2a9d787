import { z } from 'zod'
import type { Kind } from '../words/kind.ts'
import { clamp, round } from '../words/numbers.ts'
import type { Reading } from '../words/reading.ts'

/** One kind's weighted lean. Each factor's share is additive: they sum to score x quality. */
export const View = z.object({
  kind: z.enum(['news', 'onchain', 'technical', 'social']),
  score: z.number().min(-1).max(1),
  /** The share of the kind's signal weight that could speak. */
  quality: z.number().min(0).max(1),
  factors: z.array(z.object({ reading: z.string(), weight: z.number(), share: z.number() })),
})
export type View = z.output<typeof View>

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
  return { kind, score: round(clamp(total / quality, -1, 1), 6), quality: round(Math.min(1, quality), 6), factors: spoken }
}
