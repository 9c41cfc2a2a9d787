import type { Facts } from '../dossier/facts.ts'
import type { Confidence } from './recommendation.ts'
import { clamp, round } from '../words/numbers.ts'
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
