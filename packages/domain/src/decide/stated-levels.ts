import { priceOf } from '../words/price.ts'
import type { Plan } from './plan.ts'
import type { Recommendation } from './recommendation.ts'

type StatedLevels = Pick<Recommendation, 'entry' | 'targets' | 'stopLoss' | 'band'>

const none: StatedLevels = { entry: null, targets: [], stopLoss: null, band: null }

/** A plan's levels as a document states them, in decimal strings; what the plan has none of is null or empty. */
export function statedLevels(plan: Plan | null): StatedLevels {
  if (!plan || plan.type === 'AVOID') return none
  if (plan.type === 'HOLD') return { ...none, band: { low: priceOf(plan.bandLow), high: priceOf(plan.bandHigh) } }
  return {
    entry: { low: priceOf(plan.entryLow), high: priceOf(plan.entryHigh) },
    targets: plan.targets.map(({ price, share }) => ({ price: priceOf(price), share })),
    stopLoss: priceOf(plan.stop),
    band: null,
  }
}
