import { cryptoCoefficients, cryptoShare, type Odds } from '../packages/domain/src/text/outlook.ts'
import type { Row } from './fit-rows.ts'

export type Settings = {
  readonly penalty: number
  readonly calmWeight: number
  readonly steps: number
  readonly pace: number
}
/** Weights by hash, toward good and toward bad. */
export type OddsFit = {
  readonly good: Odds
  readonly bad: Odds
  readonly words: ReadonlyMap<number, readonly [good: number, bad: number]>
}

const baseLength = 5

/**
 * Logistic regression of good and bad against neither, by gradient steps of adaptive length (Adam). Rows of a set without a label 0 tell only
 * good from bad. A text labelled 0 counts `calmWeight`.
 */
export function fitOdds(
  rows: readonly Row[],
  hashes: readonly number[],
  twoSided: ReadonlySet<string>,
  { penalty, calmWeight, steps, pace }: Settings,
): OddsFit {
  const place = new Map(hashes.map((hash, k) => [hash, baseLength + k]))
  const size = baseLength + hashes.length
  const weights = new Float64Array(2 * size)
  const columns = rows.map(({ words }) => Array.from(words, (hash) => place.get(hash) ?? -1).filter((at) => at >= 0))
  const step = createAdam(weights, pace)
  for (let k = 1; k <= steps; k++) {
    const slope = new Float64Array(2 * size)
    rows.forEach((row, i) =>
      addSlope(
        row,
        columns[i]!,
        { sided: twoSided.has(row.set), share: row.label === 0 ? calmWeight : 1 },
        weights,
        slope,
      ),
    )
    for (let at = 0; at < weights.length; at++) if (at % size >= baseLength) slope[at]! += penalty * weights[at]!
    step(slope, k)
  }
  const odds = (from: number): Odds => [
    weights[from]!,
    weights[from + 1]!,
    weights[from + 2]!,
    weights[from + 3]!,
    weights[from + 4]!,
  ]
  const words = new Map(
    hashes.map((hash) => [hash, [weights[place.get(hash)!]!, weights[size + place.get(hash)!]!] as const]),
  )
  return { good: odds(0), bad: odds(size), words }
}

function addSlope(
  row: Row,
  columns: readonly number[],
  { sided, share }: { sided: boolean; share: number },
  weights: Float64Array,
  slope: Float64Array,
): void {
  const size = weights.length / 2
  // Of a text on crypto the coefficients are given, not fitted.
  const scale = row.crypto ? cryptoShare : 1
  let good = row.crypto ? dot(cryptoCoefficients.good, row.base, 0) : dot(weights, row.base, 0)
  let bad = row.crypto ? dot(cryptoCoefficients.bad, row.base, 0) : dot(weights, row.base, size)
  for (const at of columns) {
    good += scale * weights[at]!
    bad += scale * weights[size + at]!
  }
  const [up, down] = [Math.exp(good), Math.exp(bad)]
  const all = (sided ? 0 : 1) + up + down
  const offGood = share * (up / all - (row.label > 0 ? 1 : 0))
  const offBad = share * (down / all - (row.label < 0 ? 1 : 0))
  for (let k = 0; !row.crypto && k < baseLength; k++) {
    slope[k]! += offGood * row.base[k]!
    slope[size + k]! += offBad * row.base[k]!
  }
  for (const at of columns) {
    slope[at]! += scale * offGood
    slope[size + at]! += scale * offBad
  }
}

function dot(weights: ArrayLike<number>, base: Odds, from: number): number {
  let sum = 0
  for (let k = 0; k < baseLength; k++) sum += weights[from + k]! * base[k]!
  return sum
}

function createAdam(weights: Float64Array, pace: number): (slope: Float64Array, k: number) => void {
  const mean = new Float64Array(weights.length)
  const square = new Float64Array(weights.length)
  return (slope, k) => {
    const [unbiasMean, unbiasSquare] = [1 - 0.9 ** k, 1 - 0.999 ** k]
    const length = (pace * 10) / (10 + k / 10)
    for (let at = 0; at < weights.length; at++) {
      mean[at] = 0.9 * mean[at]! + 0.1 * slope[at]!
      square[at] = 0.999 * square[at]! + 0.001 * slope[at]! ** 2
      weights[at]! -= (length * (mean[at]! / unbiasMean)) / (Math.sqrt(square[at]! / unbiasSquare) + 1e-8)
    }
  }
}
