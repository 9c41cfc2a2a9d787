import { effectiveN, LEAST_BLOCKS, LEAST_N, mean, quantile } from '@pumpiq/domain'
import type { Random } from '../platform/random.ts'
import { normalQuantile } from './deflated.ts'

/** A mean with its 95 % interval; null with a note where there is too little. */
export type Measured = {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  /** The interval that holds for all things that were tried together (Bonferroni): wider. */
  readonly wideLow: number | null
  readonly wideHigh: number | null
  readonly n: number
  readonly effectiveN: number
  readonly note: string | null
}

export type Sample = {
  readonly token: readonly number[]
  readonly at: readonly number[]
  readonly values: readonly number[]
}

type Drawing = { readonly blockMs: number; readonly random: Random; readonly tries: number }

const rounds = 2_000

/**
 * A mean and how far it may be off: blocks of time of all tokens together are drawn with replacement (Künsch 1989), since windows that
 * overlap and tokens that move together are not independent. The wide interval is the mean plus and minus the drawn means' spread times
 * the normal quantile of 1 - 0.05 / (2 x tries) (Bonferroni; Dunn 1961). Values that are NaN are left out.
 */
export function measured({ token, at, values }: Sample, { blockMs, random, tries }: Drawing): Measured {
  const rows = values.flatMap((value, i) => (Number.isNaN(value) ? [] : [i]))
  const own = rows.map((i) => values[i]!)
  const when = rows.map((i) => at[i]!)
  const worth = effectiveN({ token: rows.map((i) => token[i]!), at: when, length: rows.length }, blockMs)
  const none = { value: null, low: null, high: null, wideLow: null, wideHigh: null, n: rows.length, effectiveN: worth }
  if (worth < LEAST_N) return { ...none, note: `too few: ${worth} independent windows, ${LEAST_N} are needed` }
  const value = mean(own)
  const means = drawnMeans(own, when, blockMs, random)
  if (!means) return { ...none, value, note: 'too short a time for an interval' }
  const centre = mean(means)
  const spread = Math.sqrt(mean(means.map((one) => (one - centre) ** 2)))
  const reach = normalQuantile(1 - 0.05 / (2 * tries)) * spread
  return {
    ...none,
    value,
    low: quantile(means, 0.025),
    high: quantile(means, 0.975),
    wideLow: value - reach,
    wideHigh: value + reach,
    note: null,
  }
}

/** Sorted; null under ten blocks. */
function drawnMeans(
  values: readonly number[],
  at: readonly number[],
  blockMs: number,
  random: Random,
): Float64Array | null {
  const blocks = blocksOf(values, at, blockMs)
  if (blocks.length < LEAST_BLOCKS) return null
  const means = new Float64Array(rounds)
  for (let round = 0; round < rounds; round++) {
    let [sum, count] = [0, 0]
    for (let k = 0; k < blocks.length; k++) {
      const block = blocks[Math.floor(random() * blocks.length)]!
      sum += block.sum
      count += block.count
    }
    means[round] = sum / count
  }
  return means.toSorted()
}

/** Sum and count of each block of time that has values, oldest first. */
function blocksOf(values: readonly number[], at: readonly number[], blockMs: number) {
  const blocks = new Map<number, { sum: number; count: number }>()
  for (const [i, value] of values.entries()) {
    const key = Math.floor(at[i]! / blockMs)
    const block = blocks.get(key) ?? { sum: 0, count: 0 }
    block.sum += value
    block.count++
    blocks.set(key, block)
  }
  return [...blocks].toSorted(([a], [b]) => a - b).map(([, block]) => block)
}

/** What each block of time from first to last came to, nothing where nothing ended in it: the results of one who stakes one R a call. */
export function blockSums(
  { values, at }: Pick<Sample, 'values' | 'at'>,
  { blockMs, from, to }: { blockMs: number; from: number; to: number },
): number[] {
  const first = Math.floor(from / blockMs)
  const sums = Array.from({ length: Math.floor(to / blockMs) - first + 1 }, () => 0)
  for (const [i, value] of values.entries()) sums[Math.floor(at[i]! / blockMs) - first]! += value
  return sums
}
