import { fromLogit, logit } from '../confidence/inputs.ts'
import type { InputId } from '../confidence/inputs.ts'
import { effectiveN, quantile, type Random } from '../follow/statistics.ts'
import { estimate, type Design, type Estimate } from './logistic.ts'
import type { Trials } from './trials.ts'

/** Learns from the rows it is given and forecasts others: writes the chance of T1 of each of them. */
export type Model = {
  readonly id: string
  /** What it is, for who reads the figures. */
  readonly what: string
  train(trials: Trials, rows: Uint32Array, horizonMs: number): (asked: Uint32Array, out: Float64Array) => void
}

export const priorModel: Model = {
  id: 'prior',
  what: 'the walk without drift, nothing fitted',
  train:
    ({ below }) =>
    (asked, out) =>
      asked.forEach((i) => (out[i] = below[i]!)),
}

export const baseRateModel: Model = {
  id: 'base-rate',
  what: 'how often T1 came first before, the same for every call',
  train({ hit }, rows) {
    const rate = rows.reduce((sum, i) => sum + hit[i]!, 0) / rows.length
    return (asked, out) => asked.forEach((i) => (out[i] = rate))
  },
}

/** How far a parameter may be expected to lie from 0, in log odds per unit of its input; set by hand, not searched. */
export const inputScales: Readonly<Record<InputId, number>> = {
  shift: 0.25,
  below: 0.5,
  lean: 0.5,
  side: 0.1,
  busy: 0.25,
  wild: 0.1,
  trend: 0.25,
}

export type Fitted = Estimate & {
  readonly centres: readonly number[]
  readonly blocks: number
  readonly effectiveN: number
}

/** Blocks of time that are drawn together: two horizons, so that few windows reach from one into the next. */
export const blockMsOf = (horizonMs: number): number => 2 * horizonMs

type Asked = {
  readonly trials: Trials
  readonly rows: Uint32Array
  readonly columns: readonly Float64Array[]
  readonly scales: readonly number[]
  readonly horizonMs: number
  readonly random: Random
  readonly start?: Float64Array
}

/** Regression of T1 first on columns (the first is left as it is, the others are centred; NaN is the centre). */
export function regress({ trials, rows, columns, scales, horizonMs, random, start }: Asked): Fitted {
  const centres = columns.map((column, k) => (k === 0 ? 0 : centreOf(column, rows)))
  const width = columns.length
  const x = new Float64Array(rows.length * width)
  const block = new Uint32Array(rows.length)
  const numbers = new Map<number, number>()
  for (let n = 0; n < rows.length; n++) {
    const i = rows[n]!
    for (let k = 0; k < width; k++) x[n * width + k] = centred(columns[k]![i]!, centres[k]!)
    const key = Math.floor(trials.at[i]! / blockMsOf(horizonMs))
    if (!numbers.has(key)) numbers.set(key, numbers.size)
    block[n] = numbers.get(key)!
  }
  const design: Design = {
    x,
    width,
    offset: Float64Array.from(rows, (i) => logit(trials.below[i]!)),
    hit: Uint8Array.from(rows, (i) => trials.hit[i]!),
    block,
    blocks: numbers.size,
    length: rows.length,
    effectiveN: worthOf(trials, rows, horizonMs),
  }
  const found = estimate(design, { scales, random, ...(start && { start }) })
  return { ...found, centres, blocks: numbers.size, effectiveN: design.effectiveN }
}

const centred = (value: number, centre: number): number => (Number.isNaN(value) ? 0 : value - centre)

function centreOf(column: Float64Array, rows: Uint32Array): number {
  const known = Float64Array.from(rows, (i) => column[i]!).filter((value) => !Number.isNaN(value))
  return known.length === 0 ? 0 : quantile(known.toSorted(), 0.5)
}

export const worthOf = ({ token, at }: Trials, rows: Uint32Array, horizonMs: number): number =>
  effectiveN(
    {
      token: Uint32Array.from(rows, (i) => token[i]!),
      at: Float64Array.from(rows, (i) => at[i]!),
      length: rows.length,
    },
    horizonMs,
  )

type Logistic = {
  readonly id: string
  readonly what: string
  columns(trials: Trials): readonly Float64Array[]
  readonly scales: readonly number[]
  readonly random: () => Random
}

/** A regression on the prior's log odds as a model. */
export function logisticModel({ id, what, columns: columnsOf, scales, random }: Logistic): Model {
  let start: Float64Array | undefined
  return {
    id,
    what,
    train(trials, rows, horizonMs) {
      const columns = columnsOf(trials)
      const asked = { trials, rows, columns, scales, horizonMs, random: random() }
      const { parameters, centres } = regress(start ? { ...asked, start } : asked)
      start = parameters
      return (wanted, out) =>
        wanted.forEach((i) => {
          let odds = logit(trials.below[i]!)
          for (let k = 0; k < columns.length; k++) odds += parameters[k]! * centred(columns[k]![i]!, centres[k]!)
          out[i] = fromLogit(odds)
        })
    },
  }
}

/** A regression on named inputs. */
export const inputModel = (id: string, what: string, ids: readonly InputId[], random: () => Random): Model =>
  logisticModel({
    id,
    what,
    columns: ({ input }) => ids.map((name) => input[name]),
    scales: ids.map((name) => inputScales[name]),
    random,
  })
