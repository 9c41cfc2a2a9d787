import type { KnownFits } from '../confidence/fit.ts'
import { expiryBy, measuredConfidence } from '../confidence/measured.ts'
import type { Facts } from '../dossier/facts.ts'
import type { Views } from '../dossier/view.ts'
import type { Confidence } from './recommendation.ts'
import { clamp, round } from '../words/numbers.ts'
import { fairPayoffs, type Payoffs } from './edge.ts'
import { discretenessShift, firstPassage, staysInside, type Endings } from './first-passage.ts'

/** Barriers around a fill at `price`; for a SELL the target lies below. */
export type Barriers = {
  readonly type: 'BUY' | 'SELL'
  readonly price: number
  readonly target: number
  readonly stop: number
  readonly bars: number
}

/** Chances of the three endings for the volatility and the sampling that were measured; `stress` scales the volatility. */
export function priorEndings(
  { sigma, rangeToMove }: Facts,
  { type, price, target, stop, bars }: Barriers,
  stress = 1,
): Endings {
  const scaled = sigma * stress
  const shift = discretenessShift(scaled, rangeToMove)
  return firstPassage({
    side: type === 'BUY' ? 'up' : 'down',
    toTarget: Math.abs(Math.log(target / price)) + shift,
    toStop: Math.abs(Math.log(price / stop)) + shift,
    sigma: scaled,
    bars,
  })
}

/**
 * The prior: what a walk without drift would do. Its interval is the same figure at the ends of the 95 % interval of the measured
 * volatility; it says how well the volatility is known, not how well the market obeys the walk. `n` counts the bars behind it.
 */
export function priorConfidence(facts: Facts, barriers: Barriers): Confidence {
  return spread(facts, (stress) => priorEndings(facts, barriers, stress).target)
}

/** How likely T1 is to come first, and what an edge is computed from. */
export type Chances = {
  readonly confidence: Confidence
  readonly endings: Endings
  readonly payoffs: Payoffs
  /** Why the prior stands though a measured frequency was asked for; else null. */
  readonly absent: string | null
}

type Evidence = {
  readonly facts: Facts
  readonly views: Views
  readonly score: number
  /** Null: nobody asked for a measured frequency. */
  readonly known: KnownFits | null
  /** T1's distance, and the round trip's cost, in R. */
  readonly rewardR: number
  readonly costR: number
}

/** By the fits that apply: measured confidence with the measured payoffs; else the walk without drift, with its fair ones. */
export function chancesOf(evidence: Evidence, barriers: Barriers): Chances {
  const { facts, views, score, known, rewardR, costR } = evidence
  const endings = priorEndings(facts, barriers)
  const prior = priorConfidence(facts, barriers)
  const walk = { confidence: prior, endings, payoffs: fairPayoffs(endings, rewardR, costR) }
  if (!known || known.fits.length === 0) return { ...walk, absent: known?.absent ?? null }
  const found = measuredConfidence(known, { type: barriers.type, score, facts, views }, prior.measured)
  if (!found) return { ...walk, absent: 'an input lies outside of what the frequency was measured on' }
  const { fit, ...confidence } = found
  const { payoffs } = fit
  return {
    confidence: { ...confidence, value: found.measured },
    endings: { ...endings, expiry: expiryBy(fit, endings.expiry) },
    payoffs: { target: payoffs.targetPerReward * rewardR, stop: payoffs.stop, expiry: payoffs.expiry, cost: costR },
    absent: null,
  }
}

/** For a HOLD: the chance that a band is not left before the horizon. */
export function bandConfidence(
  facts: Facts,
  { price, low, high, bars }: { price: number; low: number; high: number; bars: number },
): Confidence {
  return spread(facts, (stress) => {
    const sigma = facts.sigma * stress
    const shift = discretenessShift(sigma, facts.rangeToMove)
    return staysInside(Math.log(high / price) + shift, Math.log(price / low) + shift, sigma, bars)
  })
}

function spread({ sigmaError, sigmaBars }: Facts, chance: (stress: number) => number): Confidence {
  const reach = Math.min(0.9, 1.96 * sigmaError)
  const middle = chance(1)
  const ends = [middle, chance(1 - reach), chance(1 + reach)]
  const measured = round(clamp(middle, 0, 1), 6)
  return {
    value: measured,
    low: round(clamp(Math.min(...ends), 0, 1), 6),
    high: round(clamp(Math.max(...ends), 0, 1), 6),
    n: sigmaBars,
    method: 'prior',
    measured,
  }
}
