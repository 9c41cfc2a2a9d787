import { LEAST_BLOCKS, type Random } from '../follow/statistics.ts'
import { inverse, plus, product, solve, zeros, type Matrix } from './matrix.ts'

/**
 * What a logistic regression is made from: `x` row by row, `width` columns each; log odds of the level below; 1 where it happened; the
 * block of time that a row stands in, numbered from 0.
 */
export type Design = {
  readonly x: Float64Array
  readonly width: number
  readonly offset: Float64Array
  readonly hit: Uint8Array
  readonly block: Uint32Array
  readonly blocks: number
  readonly length: number
  /** How many windows of one token the rows are worth: overlapping ones count once. */
  readonly effectiveN: number
}

export type Estimate = { readonly parameters: Float64Array; readonly covariance: Matrix; readonly designEffect: number }

type Slopes = { readonly gradient: Float64Array; readonly information: Matrix; readonly byBlock: Float64Array }

/** First and second derivatives of the log likelihood; the first also block by block. */
function slopesAt({ x, width, offset, hit, block, blocks, length }: Design, parameters: Float64Array): Slopes {
  const information = new Float64Array(width * width)
  const byBlock = new Float64Array(blocks * width)
  for (let i = 0; i < length; i++) {
    const from = i * width
    let odds = offset[i]!
    for (let k = 0; k < width; k++) odds += parameters[k]! * x[from + k]!
    const p = 1 / (1 + Math.exp(-odds))
    const miss = hit[i]! - p
    const spread = p * (1 - p)
    const to = block[i]! * width
    for (let k = 0; k < width; k++) {
      const value = x[from + k]!
      byBlock[to + k]! += miss * value
      const share = spread * value
      for (let m = 0; m <= k; m++) information[k * width + m]! += share * x[from + m]!
    }
  }
  const gradient = new Float64Array(width)
  for (let at = 0; at < byBlock.length; at++) gradient[at % width]! += byBlock[at]!
  const whole = zeros(width)
  for (let k = 0; k < width; k++) for (let m = 0; m <= k; m++) whole[k]![m] = whole[m]![k] = information[k * width + m]!
  return { gradient, information: whole, byBlock }
}

/** Tokens move together: in one block so much of the variance is common. Taken where blocks are too few to measure it. */
const commonShare = 0.2

/**
 * How far the gradient moves when whole blocks of time are drawn anew (block bootstrap, `rounds` draws): rows of one block, of all tokens
 * together, are not independent.
 */
function drawnCovariance({ byBlock }: Slopes, { width, blocks }: Design, random: Random, rounds: number): Matrix {
  const draws = Array.from({ length: rounds }, () => new Float64Array(width))
  const mean = new Float64Array(width)
  for (const draw of draws) {
    for (let k = 0; k < blocks; k++) {
      const from = Math.floor(random() * blocks) * width
      for (let m = 0; m < width; m++) draw[m]! += byBlock[from + m]!
    }
    for (let m = 0; m < width; m++) mean[m]! += draw[m]! / rounds
  }
  const out = zeros(width)
  const share = blocks / Math.max(1, blocks - 1) / (rounds - 1)
  for (const draw of draws)
    for (let k = 0; k < width; k++)
      for (let m = 0; m < width; m++) out[k]![m]! += share * (draw[k]! - mean[k]!) * (draw[m]! - mean[m]!)
  return out
}

/** How many rows are worth one independent outcome, at least; blocks that are too few to measure it are taken to share `commonShare`. */
function leastDesignEffect({ length, effectiveN, blocks }: Design): number {
  const perBlock = effectiveN / Math.max(1, blocks)
  const common = blocks < LEAST_BLOCKS ? 1 + commonShare * Math.max(0, perBlock - 1) : 1
  return (length / Math.max(1, effectiveN)) * common
}

type Settings = {
  /** How far each parameter may be expected to lie from 0: the standard deviations it is shrunk by. */
  readonly scales: readonly number[]
  readonly random: Random
  readonly rounds?: number
  readonly start?: Float64Array
}

/**
 * A logistic regression on an offset, shrunk toward it. The likelihood counts each row as one of `designEffect`, which the block bootstrap
 * measures at the offset (mean ratio of the drawn variance to that of independent rows); then parameters are the mode with a normal prior
 * of those scales, and their covariance is (A^-1)(G + S^-2)(A^-1), with A the curvature there and G the drawn covariance of the gradient:
 * the bootstrap's where there is much, the prior's where there is little.
 */
export function estimate(design: Design, { scales, random, rounds = 400, start }: Settings): Estimate {
  const { width } = design
  const none = slopesAt(design, new Float64Array(width))
  const isMeasured = design.blocks >= LEAST_BLOCKS
  const ridge = zeros(width)
  scales.forEach((scale, k) => (ridge[k]![k] = 1 / (scale * scale)))
  const least = leastDesignEffect(design)
  const drawn = isMeasured ? meanRatio(none, drawnCovariance(none, design, random, rounds)) : 0
  const designEffect = Math.max(least, drawn)
  let parameters = Float64Array.from(start ?? new Float64Array(width))
  let slopes = slopesAt(design, parameters)
  for (let step = 0; step < 25; step++) {
    const pull = slopes.gradient.map((value, k) => value / designEffect - ridge[k]![k]! * parameters[k]!)
    const by = solve(plus(ridge, slopes.information, 1 / designEffect), pull)
    parameters = parameters.map((value, k) => value + by[k]!)
    slopes = slopesAt(design, parameters)
    if (by.every((value) => Math.abs(value) < 1e-7)) break
  }
  const curved = inverse(plus(ridge, slopes.information, 1 / designEffect))
  const moved = isMeasured ? drawnCovariance(slopes, design, random, rounds) : null
  const gradientCovariance = moved
    ? plus(zeros(width), moved, 1 / designEffect ** 2)
    : plus(zeros(width), slopes.information, 1 / designEffect)
  const covariance = product(product(curved, plus(ridge, gradientCovariance)), curved)
  return { parameters, covariance, designEffect }
}

/** Mean over the directions of the drawn variance over the information. */
function meanRatio({ information }: Slopes, drawn: Matrix): number {
  const size = information.length
  const steady = information.map((row, i) => row.map((value, k) => (i === k ? value + 1e-9 : value)))
  const ratio = product(inverse(steady), drawn)
  return ratio.reduce((sum, row, k) => sum + row[k]!, 0) / size
}
