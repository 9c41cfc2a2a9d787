import { clamp, round } from '../words/numbers.ts'
import type { KnownFits, Fit, FitMethod } from './fit.ts'
import { fromLogit, inputs, logit, type Measurable } from './inputs.ts'

/** A probability read from a fit, with its 95 % interval and the level below that the fit moved. */
export type Measured = {
  readonly measured: number
  readonly low: number
  readonly high: number
  /** Effective number of closed calls behind it. */
  readonly n: number
  readonly method: FitMethod
  readonly below: { readonly method: 'prior' | 'backtest'; readonly measured: number }
  readonly fit: Fit
}

const z95 = 1.959963984540054

/**
 * What the fits say of a call, from the lowest level up: a backtest's moves the prior, a live one moves what its level below says. Null where
 * none applies: no fit, or an input outside of what the fit has seen.
 */
export function measuredConfidence(
  { fits }: KnownFits,
  call: Omit<Measurable, 'below'>,
  prior: number,
): Measured | null {
  const backtest = fits.find(({ method }) => method === 'backtest')
  const hypothetical = backtest ? readingOf(backtest, { ...call, below: prior }, 'prior') : null
  const live = fits.find(({ method }) => method === 'live')
  if (!live) return hypothetical
  const below = live.below === 'prior' ? prior : hypothetical?.measured
  return (below === undefined ? null : readingOf(live, { ...call, below }, live.below)) ?? hypothetical
}

function readingOf(fit: Fit, call: Measurable, method: 'prior' | 'backtest'): Measured | null {
  const found = fit.inputs.map(({ id }) => inputs[id].read(call))
  const isSeen = fit.inputs.every(({ low, high }, k) => found[k]! >= low && found[k]! <= high)
  if (!isSeen) return null
  const x = fit.inputs.map(({ centre }, k) => found[k]! - centre)
  const middle = x.reduce((sum, value, k) => sum + value * fit.parameters[k]!, logit(call.below))
  const reach = z95 * Math.sqrt(Math.max(0, quadratic(x, fit.covariance)))
  const at = (value: number) => round(clamp(fromLogit(value), 0, 1), 6)
  return {
    measured: at(middle),
    low: at(middle - reach),
    high: at(middle + reach),
    n: fit.effectiveN,
    method: fit.method,
    below: { method, measured: call.below },
    fit,
  }
}

function quadratic(x: readonly number[], matrix: readonly (readonly number[])[]): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) for (let k = 0; k < x.length; k++) sum += x[i]! * x[k]! * matrix[i]![k]!
  return sum
}

/** Chance of an expiry by a fit, from the walk's. */
export const expiryBy = ({ expiry: { shift, slope } }: Fit, walk: number): number =>
  fromLogit(shift + slope * logit(walk))
