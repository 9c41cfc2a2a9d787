import { tokenForm, viewsOf, type Kind } from '@pumpiq/domain'
import type { TokenAnalysis } from '@pumpiq/api'

/** What one reading adds to the score of its kind, and where its bar lies: from the end of the one before to its own. */
export type Step = {
  readonly id: string
  readonly label: string
  readonly adds: number
  readonly from: number
  readonly to: number
}

/** How far what is added up may lie from the score that was told: rounding, and no more. */
const closeEnough = 0.0005

/**
 * The readings of a kind, largest first, by the arithmetic that folds them: their parts end in the score that was told. Null where they do not:
 * then the server weighs by other rules than are known here, and nothing is drawn that does not add up.
 */
export function stepsOf({ readings, token, coverage, kinds }: TokenAnalysis, kind: Kind): readonly Step[] | null {
  const { score } = kinds[kind]
  const view = viewsOf(readings, tokenForm(token), coverage)[kind]
  if (score === null || !view || view.quality === 0) return null
  const labels = new Map(readings.map(({ id, label }) => [id, label]))
  // Shares are of the whole weight of the kind, a score is of what of it could speak.
  let at = 0
  const steps = view.factors
    .toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share))
    .map(({ reading, share }) => {
      const from = at
      at += share / view.quality
      return { id: reading, label: labels.get(reading) ?? reading, adds: share / view.quality, from, to: at }
    })
  return Math.abs(at - score) <= closeEnough ? steps : null
}

/** The small ones as one, so that the few that matter are seen; what is left out still adds up. */
export function summed(steps: readonly Step[], few: number): { shown: readonly Step[]; rest: readonly Step[] } {
  return steps.length <= few + 1 ? { shown: steps, rest: [] } : { shown: steps.slice(0, few), rest: steps.slice(few) }
}
