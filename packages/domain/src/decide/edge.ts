import type { Fit } from '../confidence/fit.ts'
import { clamp, round } from '../words/numbers.ts'
import type { RiskTolerance } from '../words/profile.ts'
import type { Endings } from './first-passage.ts'
import type { Confidence } from './recommendation.ts'

/** What the three endings pay, in R, before costs; and the round trip's cost in R. */
export type Payoffs = { readonly target: number; readonly stop: number; readonly expiry: number; readonly cost: number }

/**
 * The payoffs a walk without drift would have. The stop pays -1. From T1 on the rest of the position is a fair game, so whatever is done
 * with it, T1 pays its own distance in R (optional stopping). The expiry pays what makes the whole fair.
 */
export function fairPayoffs({ target, stop, expiry }: Endings, rewardR: number, costR: number): Payoffs {
  const atExpiry = expiry > 1e-9 ? (stop - target * rewardR) / expiry : 0
  return { target: rewardR, stop: -1, expiry: clamp(atExpiry, -1, rewardR), cost: costR }
}

/** Expected R net of costs at probability `p` of T1, the chance of an expiry as measured. */
export const expectedR = (p: number, { expiry: noTouch }: Endings, payoffs: Payoffs): number =>
  p * payoffs.target + Math.max(0, 1 - noTouch - p) * payoffs.stop + noTouch * payoffs.expiry - payoffs.cost

/** The probability of T1 at which the expectation after costs is zero, the chance of an expiry held as measured. */
export function breakEven({ expiry: noTouch }: Endings, payoffs: Payoffs): number {
  const owed = payoffs.cost - noTouch * payoffs.expiry - (1 - noTouch) * payoffs.stop
  return clamp(owed / (payoffs.target - payoffs.stop), 0, 1)
}

/** What a moderate profile wants above break-even. */
const margin = 0.03

/**
 * A second, separate answer: is there a measured edge? A prior never has one, nor has a fit that was not shown to be better than its level
 * below when it was tested (`fits`: those the confidence may have come from).
 */
export function actionable(
  confidence: Confidence | null,
  breakEvenAt: number | null,
  tolerance: RiskTolerance,
  fits: readonly Fit[] = [],
): { yes: boolean; why: string } {
  if (!confidence || breakEvenAt === null) return { yes: false, why: 'there is nothing to act on' }
  if (confidence.method === 'prior')
    return { yes: false, why: 'no measured edge: a walk without drift earns minus the costs' }
  const skill = fits.find(({ method }) => method === confidence.method)?.skill
  if (skill && !((skill.skillOverBelow.low ?? 0) > 0))
    return {
      yes: false,
      why: 'no measured edge: when tested, this frequency was not shown to be better than the prior',
    }
  const wanted = {
    conservative: confidence.low,
    moderate: confidence.measured - margin,
    aggressive: confidence.measured,
  }[tolerance]
  const shown = `${round(wanted, 3)} against a break-even of ${round(breakEvenAt, 3)}`
  return wanted > breakEvenAt
    ? { yes: true, why: `measured edge: ${shown}` }
    : { yes: false, why: `no measured edge after costs: ${shown}` }
}
