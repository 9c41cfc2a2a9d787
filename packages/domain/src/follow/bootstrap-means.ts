import { LEAST_BLOCKS, quantile, type Bounds, type Random, type Timed } from './statistics.ts'

/**
 * `bootstrapMean` of several columns over the same rows, NaN where one has no value: each draw of blocks serves all of them. Null for a
 * column with values in fewer than ten blocks.
 */
export function bootstrapMeans(
  columns: readonly ArrayLike<number>[],
  { at, length }: Pick<Timed, 'at' | 'length'>,
  { blockMs, random, rounds = 1000 }: { blockMs: number; random: Random; rounds?: number },
): (Bounds | null)[] {
  const width = columns.length
  const blocks = blocksOfAll(columns, at, length, blockMs)
  const means = columns.map(() => new Float64Array(rounds))
  const sums = new Float64Array(width)
  const counts = new Float64Array(width)
  for (let round = 0; round < rounds; round++) {
    sums.fill(0)
    counts.fill(0)
    for (let draw = 0; draw < blocks.length; draw++) {
      const from = Math.floor(random() * blocks.length) * width
      for (let k = 0; k < width; k++) {
        sums[k]! += blocks.sums[from + k]!
        counts[k]! += blocks.counts[from + k]!
      }
    }
    for (let k = 0; k < width; k++) means[k]![round] = sums[k]! / counts[k]!
  }
  return means.map((drawn, k) => {
    drawn.sort()
    // Draws without a value are sorted behind all others.
    if (blocks.filled[k]! < LEAST_BLOCKS || Number.isNaN(drawn[rounds - 1]!)) return null
    return { low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) }
  })
}

/** Block by block the sum and count of each column, and in how many blocks each has values. */
function blocksOfAll(columns: readonly ArrayLike<number>[], at: ArrayLike<number>, length: number, blockMs: number) {
  const width = columns.length
  const index = new Map<number, number>()
  for (let i = 0; i < length; i++) {
    const key = Math.floor(at[i]! / blockMs)
    if (!index.has(key)) index.set(key, index.size)
  }
  const sums = new Float64Array(index.size * width)
  const counts = new Float64Array(index.size * width)
  for (let i = 0; i < length; i++) {
    const from = index.get(Math.floor(at[i]! / blockMs))! * width
    for (let k = 0; k < width; k++) {
      const value = columns[k]![i]!
      if (Number.isNaN(value)) continue
      sums[from + k]! += value
      counts[from + k]!++
    }
  }
  const filled = columns.map((_, k) => counts.reduce((sum, n, cell) => sum + (cell % width === k && n > 0 ? 1 : 0), 0))
  return { sums, counts, filled, length: index.size }
}
