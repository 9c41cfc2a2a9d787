import { murphyOf, skillWords, type Murphy } from '../follow/murphy.ts'
import { effectiveN, LEAST_BLOCKS, quantile, wilson, type Random } from '../follow/statistics.ts'
import type { Spread } from '../confidence/fit.ts'
import { blockMsOf } from './models.ts'

export type ReliabilityRow = {
  readonly n: number
  readonly meanForecast: number
  readonly observed: number
  /** Wilson's interval over the independent windows of the row. */
  readonly low: number
  readonly high: number
}

/** How forecasts fared against what came; of all rows, or of one group of them. */
export type Scores = {
  readonly n: number
  /** Windows of one token that do not overlap. */
  readonly effectiveN: number
  /** What they are worth once tokens that move together are counted as such, by how far whole blocks of time miss together. */
  readonly independentN: number
  readonly blocks: number
  readonly baseRate: number
  readonly meanForecast: number
  readonly brier: number
  readonly logLoss: number
  /** Mean distance between said and came over ten rows of equally many forecasts, by n; harder than tenths of probability. */
  readonly ece: number
  /** The same over tenths of probability, as the public record counts. */
  readonly eceTenths: number
  readonly reliability: readonly ReliabilityRow[]
  readonly murphy: Murphy
  readonly skill: string
  /** 1 - Brier / Brier of a rival, with a 95 % interval by block bootstrap. */
  readonly skillOver: Readonly<Record<string, Spread>>
}

type Rows = {
  readonly forecast: Float64Array
  readonly happened: ArrayLike<number>
  readonly at: Float64Array
  readonly token: Uint32Array
  /** Forecasts of the same rows by others. */
  readonly rivals: Readonly<Record<string, Float64Array>>
}

const ROWS = 10

/** Null of no rows. */
export function scoresOf(rows: Rows, { horizonMs, random }: { horizonMs: number; random: Random }): Scores | null {
  const { forecast, happened, at, token } = rows
  const n = forecast.length
  if (n === 0) return null
  const apart = effectiveN({ token, at, length: n }, horizonMs)
  const worth = Math.min(apart / n, 1 / togetherness(rows, blockMsOf(horizonMs)))
  const equal = equalRows(rows)
  const murphy = murphyOf(equal, worth)!
  const own = squares(forecast, happened)
  return {
    n,
    effectiveN: apart,
    independentN: Math.round(worth * n),
    blocks: new Set(Array.from(at, (instant) => Math.floor(instant / blockMsOf(horizonMs)))).size,
    baseRate: sum(Float64Array.from(happened)) / n,
    meanForecast: sum(forecast) / n,
    brier: sum(own) / n,
    logLoss: forecast.reduce((total, p, i) => total - Math.log(Math.max(1e-15, happened[i] === 1 ? p : 1 - p)), 0) / n,
    ece: errorOf(equal, n),
    eceTenths: errorOf(tenths(rows), n),
    reliability: equal.map((bin) => ({
      n: bin.n,
      meanForecast: bin.said / bin.n,
      observed: bin.came / bin.n,
      ...wilson(bin.came / bin.n, Math.max(1, bin.n * worth)),
    })),
    murphy,
    skill: skillWords(murphy),
    skillOver: Object.fromEntries(
      Object.entries(rows.rivals).map(([name, rival]) => [
        name,
        skillOver(own, squares(rival, happened), at, { blockMs: blockMsOf(horizonMs), random }),
      ]),
    ),
  }
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
const squares = (forecast: Float64Array, happened: ArrayLike<number>): Float64Array =>
  forecast.map((p, i) => (p - happened[i]!) ** 2)

/** Variance of what blocks of time miss over that of as many independent rows, at least 1: the design effect of their mean. */
function togetherness({ forecast, happened, at }: Rows, blockMs: number): number {
  const misses = forecast.map((p, i) => happened[i]! - p)
  const middle = sum(misses) / misses.length
  const byBlock = new Map<number, number>()
  at.forEach((instant, i) => {
    const key = Math.floor(instant / blockMs)
    byBlock.set(key, (byBlock.get(key) ?? 0) + misses[i]! - middle)
  })
  if (byBlock.size < LEAST_BLOCKS) return 1
  const between = [...byBlock.values()].reduce((total, miss) => total + miss * miss, 0)
  const alone = forecast.reduce((total, p) => total + p * (1 - p), 0)
  return Math.max(1, ((byBlock.size / (byBlock.size - 1)) * between) / Math.max(alone, 1e-9))
}

type Bin = { n: number; said: number; came: number }
const errorOf = (bins: readonly Bin[], n: number): number =>
  bins.reduce((total, { said, came }) => total + Math.abs(said - came), 0) / n

/** Ten bins of equally many; equal forecasts stand in one bin, so there may be fewer. */
function equalRows({ forecast, happened }: Rows): Bin[] {
  const sorted = forecast.toSorted()
  const edges = Array.from({ length: ROWS - 1 }, (_, k) => quantile(sorted, (k + 1) / ROWS))
  return binned(forecast, happened, (p) => edges.filter((edge) => p > edge).length)
}

const tenths = ({ forecast, happened }: Rows): Bin[] =>
  binned(forecast, happened, (p) => Math.min(ROWS - 1, Math.floor(p * ROWS)))

function binned(forecast: Float64Array, happened: ArrayLike<number>, binOf: (p: number) => number): Bin[] {
  const bins = Array.from({ length: ROWS }, (): Bin => ({ n: 0, said: 0, came: 0 }))
  for (let i = 0; i < forecast.length; i++) {
    const bin = bins[binOf(forecast[i]!)]!
    bin.n++
    bin.said += forecast[i]!
    bin.came += happened[i]!
  }
  return bins.filter(({ n }) => n > 0)
}

type Draw = { readonly blockMs: number; readonly random: Random }

/** Blocks of time are drawn anew, with all tokens in them. */
function skillOver(own: Float64Array, rival: Float64Array, at: Float64Array, { blockMs, random }: Draw): Spread {
  const value = 1 - sum(own) / sum(rival)
  const sums = new Map<number, [number, number]>()
  at.forEach((instant, i) => {
    const key = Math.floor(instant / blockMs)
    const block = sums.get(key) ?? [0, 0]
    block[0] += own[i]!
    block[1] += rival[i]!
    sums.set(key, block)
  })
  const blocks = [...sums.values()]
  if (blocks.length < LEAST_BLOCKS) return { value, low: null, high: null }
  const drawn = Float64Array.from({ length: 1000 }, () => {
    let [a, b] = [0, 0]
    for (let k = 0; k < blocks.length; k++) {
      const block = blocks[Math.floor(random() * blocks.length)]!
      a += block[0]
      b += block[1]
    }
    return 1 - a / b
  }).toSorted()
  return { value, low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) }
}
