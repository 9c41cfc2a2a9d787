import { clamp } from '../words/numbers.ts'
import { normalCdf } from '../words/normal.ts'

/**
 * A position between two barriers. Distances are natural logarithms of price ratios, above 0; `sigma` is the standard deviation of the
 * log return of one bar; `bars` the time that is left. `side` says where the target lies.
 */
export type Passage = {
  readonly side: 'up' | 'down'
  readonly toTarget: number
  readonly toStop: number
  readonly sigma: number
  readonly bars: number
}

/** What comes first; the three sum to 1. */
export type Endings = { readonly target: number; readonly stop: number; readonly expiry: number }

/**
 * Probabilities of the three endings for a geometric Brownian motion whose price has no drift, so its logarithm drifts by -sigma^2/2 a
 * bar. Two-sided first passage: Cox and Miller, The Theory of Stochastic Processes (1965), section 5.7; images for short times, the
 * eigenfunction series for long ones.
 */
export function firstPassage({ side, toTarget, toStop, sigma, bars }: Passage): Endings {
  if (!(sigma > 0) || !(bars > 0)) return { target: 0, stop: 0, expiry: 1 }
  const drift = side === 'up' ? -sigma * sigma * 0.5 : sigma * sigma * 0.5
  const target = exitAt(toTarget, toStop, drift, sigma, bars)
  const stop = exitAt(toStop, toTarget, -drift, sigma, bars)
  return { target, stop, expiry: clamp(1 - target - stop, 0, 1) }
}

/** The chance that neither barrier is touched: what a band is worth. */
export const staysInside = (up: number, down: number, sigma: number, bars: number): number =>
  firstPassage({ side: 'up', toTarget: up, toStop: down, sigma, bars }).expiry

/** Leaving at the barrier `near` (drift counted toward it) before `far` and before the time is over. */
function exitAt(near: number, far: number, drift: number, sigma: number, time: number): number {
  const width = near + far
  const variance = sigma * sigma
  const scaledTime = (variance * time) / (width * width)
  const chance =
    scaledTime < 0.3 ? byImages(near, width, drift, sigma, time) : byModes(near, far, drift, variance, time)
  return clamp(chance, 0, 1)
}

/** Sum over the mirror images of the barrier; each is a one-sided first passage, discounted for the drift. Exact; quick when time is short. */
function byImages(near: number, width: number, drift: number, sigma: number, time: number): number {
  const pull = Math.abs(drift) / (sigma * sigma)
  const spread = sigma * Math.sqrt(time)
  const travel = Math.abs(drift) * time
  const passage = (distance: number) =>
    Math.exp(-distance * pull) * normalCdf((travel - distance) / spread) +
    Math.exp(distance * pull) * normalCdf((-travel - distance) / spread)
  let sum = passage(near)
  for (let n = 1; n <= 60; n++) {
    const behind = passage(2 * n * width - near)
    const ahead = passage(2 * n * width + near)
    sum += ahead - behind
    if (behind < 1e-14) break
  }
  return Math.exp((drift * near) / (sigma * sigma)) * sum
}

/** The chance with time without end, less the series of what has not happened yet. Quick when time is long. */
function byModes(near: number, far: number, drift: number, variance: number, time: number): number {
  const width = near + far
  const killing = (drift * drift) / (2 * variance)
  let rest = 0
  for (let k = 1; k <= 60; k++) {
    const decay = (k * k * Math.PI * Math.PI * variance) / (2 * width * width) + killing
    const faded = Math.exp(-decay * time)
    rest +=
      ((k * Math.PI * variance) / (width * width)) *
      (k % 2 === 1 ? 1 : -1) *
      Math.sin((k * Math.PI * far) / width) *
      (faded / decay)
    if (faded < 1e-16) break
  }
  return everAt(far, width, drift, variance) - Math.exp((drift * near) / variance) * rest
}

function everAt(far: number, width: number, drift: number, variance: number): number {
  const tilt = (-2 * drift) / variance
  return Math.abs(tilt * width) < 1e-9 ? far / width : Math.expm1(tilt * far) / Math.expm1(tilt * width)
}

/** zeta(1/2) and the discrete-barrier constant -zeta(1/2)/sqrt(2 pi) of Broadie, Glasserman and Kou (1997). */
const zetaHalf = -1.4603545088095868
const barrierShift = -zetaHalf / Math.sqrt(2 * Math.PI)

/**
 * How far a barrier stands off because prices are seen at steps, in log units. Candles show their high and low, so what counts is how
 * finely those are sampled: a bar made of m steps of a walk has E[range] / E|close - open| = sum(k^-1/2, k = 1..m) / sqrt(m), close to
 * 2 + zeta(1/2) u + u^2/2 with u = 1/sqrt(m) (Spitzer's identity; the first moments, so that changing volatility cancels). u is measured
 * from that ratio, and the barrier moves by 0.5826 sigma u (Broadie, Glasserman and Kou).
 */
export function discretenessShift(sigma: number, rangeToMove: number): number {
  const missing = clamp(2 - rangeToMove, 0, 1)
  const root = zetaHalf * zetaHalf - 2 * missing
  const u = clamp(-zetaHalf - Math.sqrt(Math.max(0, root)), 0, 1)
  return barrierShift * sigma * u
}
