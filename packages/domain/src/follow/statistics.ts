import { Failure } from '../words/failure.ts'

/** Chance handed in: each call gives the next number in [0, 1). */
export type Random = () => number

export type Bounds = { readonly low: number; readonly high: number }

/** Two-sided 95 % of the normal distribution. */
export const Z95 = 1.959963984540054

/** No rate is told of fewer. */
export const LEAST_N = 30

/**
 * Wilson's score interval of a rate (Wilson 1927; Newcombe 1998, method 3). `n` is how many independent trials the rate is worth: an
 * effective number need not be whole.
 */
export function wilson(rate: number, n: number, z: number = Z95): Bounds {
  if (!(rate >= 0 && rate <= 1)) throw new Failure('invalid', `rate must be from 0 to 1, not ${rate}`)
  if (!(n > 0)) throw new Failure('invalid', `n must be above 0, not ${n}`)
  const square = (z * z) / n
  const middle = rate + square / 2
  const half = z * Math.sqrt((rate * (1 - rate)) / n + square / (4 * n))
  return { low: Math.max(0, (middle - half) / (1 + square)), high: Math.min(1, (middle + half) / (1 + square)) }
}

/** Rows of calls: which token (a small whole number) and when (epoch ms). */
export type Timed = { readonly token: ArrayLike<number>; readonly at: ArrayLike<number>; readonly length: number }

/**
 * How many independent windows the rows are worth: a call whose window of `horizonMs` overlaps the last counted one of its token is not
 * counted. Rows may come in any order.
 */
export function effectiveN({ token, at, length }: Timed, horizonMs: number): number {
  const count = countApart(token, at, null, length, horizonMs)
  return count ?? countApart(token, at, inTime(at, length), length, horizonMs)!
}

/** Null when the rows of a token are out of order. */
function countApart(
  token: ArrayLike<number>,
  at: ArrayLike<number>,
  order: Uint32Array | null,
  length: number,
  horizonMs: number,
): number | null {
  const ends = new Map<number, number>()
  const newest = new Map<number, number>()
  let count = 0
  for (let k = 0; k < length; k++) {
    const i = order === null ? k : order[k]!
    const of = token[i]!
    const when = at[i]!
    if (when < (newest.get(of) ?? Number.NEGATIVE_INFINITY)) return null
    newest.set(of, when)
    if (when < (ends.get(of) ?? Number.NEGATIVE_INFINITY)) continue
    ends.set(of, when + horizonMs)
    count++
  }
  return count
}

/** Row numbers by time, or null when they already stand so. */
function inTime(at: ArrayLike<number>, length: number): Uint32Array | null {
  let sorted = true
  for (let i = 1; i < length && sorted; i++) sorted = at[i]! >= at[i - 1]!
  if (sorted) return null
  return Uint32Array.from({ length }, (_, i) => i).toSorted((a, b) => at[a]! - at[b]! || a - b)
}

/** Fewer blocks tell too little of how far a mean moves: there is no interval then. */
export const LEAST_BLOCKS = 10

/**
 * 95 % interval of a mean by block bootstrap (Künsch 1989, in fixed blocks): rows of one block of time, of all tokens together, are drawn
 * together, since windows that overlap and tokens that move together are not independent. The ratio of the drawn sums to the drawn counts
 * is taken `rounds` times; the interval holds the middle 95 % of them. Null under ten blocks.
 */
export function bootstrapMean(
  values: ArrayLike<number>,
  { at, length }: Pick<Timed, 'at' | 'length'>,
  { blockMs, random, rounds = 1000 }: { blockMs: number; random: Random; rounds?: number },
): Bounds | null {
  const { sums, counts, length: blocks } = blocksOf(values, at, length, blockMs)
  if (blocks < LEAST_BLOCKS) return null
  const means = new Float64Array(rounds)
  for (let round = 0; round < rounds; round++) {
    let sum = 0
    let count = 0
    for (let k = 0; k < blocks; k++) {
      const block = Math.floor(random() * blocks)
      sum += sums[block]!
      count += counts[block]!
    }
    means[round] = sum / count
  }
  means.sort()
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) }
}

/** Sum and count of each block of time that has rows. */
function blocksOf(values: ArrayLike<number>, at: ArrayLike<number>, length: number, blockMs: number) {
  const index = new Map<number, number>()
  const sums: number[] = []
  const counts: number[] = []
  for (let i = 0; i < length; i++) {
    const key = Math.floor(at[i]! / blockMs)
    let block = index.get(key)
    if (block === undefined) {
      block = sums.length
      index.set(key, block)
      sums.push(0)
      counts.push(0)
    }
    sums[block]! += values[i]!
    counts[block]!++
  }
  return { sums: Float64Array.from(sums), counts: Float64Array.from(counts), length: sums.length }
}

/** Of sorted values, linear between neighbours (Hyndman and Fan 1996, type 7). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const rest = place - below
  return rest === 0 ? sorted[below]! : sorted[below]! * (1 - rest) + sorted[below + 1]! * rest
}

/** NaN of nothing. */
export const median = (values: ArrayLike<number>): number =>
  values.length === 0 ? Number.NaN : quantile(Float64Array.from(values).toSorted(), 0.5)

/** The sum of R after each row, in the order in which the rows ended, one R staked on each. */
export function equityCurve(r: ArrayLike<number>, endedAt: ArrayLike<number>, length: number): Float64Array {
  const order = inTime(endedAt, length)
  const curve = new Float64Array(length)
  let sum = 0
  for (let k = 0; k < length; k++) {
    sum += r[order?.[k] ?? k]!
    curve[k] = sum
  }
  return curve
}

/** The deepest fall below an earlier peak, the start at 0 being the first peak; 0 when it never fell. */
export function maxDrawdown(curve: ArrayLike<number>): number {
  let peak = 0
  let deepest = 0
  for (let i = 0; i < curve.length; i++) {
    if (curve[i]! > peak) peak = curve[i]!
    else if (peak - curve[i]! > deepest) deepest = peak - curve[i]!
  }
  return deepest
}

/** What was won for each unit lost; null when nothing was lost. */
export function profitFactor(r: ArrayLike<number>): number | null {
  let won = 0
  let lost = 0
  for (let i = 0; i < r.length; i++) {
    if (r[i]! > 0) won += r[i]!
    else lost -= r[i]!
  }
  return lost > 0 ? won / lost : null
}
