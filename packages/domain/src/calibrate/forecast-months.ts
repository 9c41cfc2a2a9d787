import { LEAST_BLOCKS } from '../follow/statistics.ts'
import { blockMsOf, type Model } from './models.ts'
import type { Trials } from './trials.ts'

type Settings = {
  readonly models: readonly Model[]
  readonly horizonMs: number
  /** Tokens are split into so many parts; a part is forecast by fits that saw none of its tokens. 1: tokens are not left out. */
  readonly folds: number
}

/** Forecasts in the order of the trials, NaN where too little lay behind a month to learn from. */
export type Forecasts = ReadonlyMap<string, Float64Array>

/** Fewer trials teach nothing worth a test. */
const leastTrials = 200

/** The first instants of the calendar months (UTC) that have trials. */
export function monthsOf({ at }: Pick<Trials, 'at'>): number[] {
  const starts = new Set<number>()
  for (const instant of at) starts.add(monthStart(instant))
  return [...starts].toSorted((a, b) => a - b)
}

export function monthStart(at: number): number {
  const day = new Date(at)
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1)
}

const monthAfter = (start: number): number => monthStart(start + 32 * 86_400_000)

/**
 * Month after month, each model learns from what was over before the month and forecasts the month. Over means: the whole window of a
 * trial, not only its own ending, lay one horizon (the embargo) before the month; who took each as it ended would see the quick ones first.
 * With folds, what is forecast is of tokens that the model has not seen either.
 */
export function forecastMonths(trials: Trials, { models, horizonMs, folds }: Settings): Forecasts {
  const out = new Map(models.map(({ id }) => [id, new Float64Array(trials.length).fill(Number.NaN)]))
  for (const start of monthsOf(trials)) {
    const month = between(trials, start, monthAfter(start))
    const known = knownBefore(trials, start - horizonMs)
    if (!isEnough(trials, known, horizonMs)) continue
    for (let fold = 0; fold < folds; fold++) {
      const asked = folds === 1 ? month : month.filter((i) => trials.token[i]! % folds === fold)
      const learnt = folds === 1 ? known : known.filter((i) => trials.token[i]! % folds !== fold)
      if (asked.length === 0 || !isEnough(trials, learnt, horizonMs)) continue
      for (const model of models) model.train(trials, learnt, horizonMs)(asked, out.get(model.id)!)
    }
  }
  return out
}

/** Rows whose window was over at the instant, and whose own ending was (a halt may last longer). */
export function knownBefore({ expiresAt, endedAt, length }: Trials, at: number): Uint32Array {
  const rows = new Uint32Array(length)
  let count = 0
  for (let i = 0; i < length; i++) if (expiresAt[i]! <= at && endedAt[i]! <= at) rows[count++] = i
  return rows.slice(0, count)
}

function between({ at, length }: Trials, from: number, to: number): Uint32Array {
  const rows = Uint32Array.from({ length }, (_, i) => i)
  return rows.filter((i) => at[i]! >= from && at[i]! < to)
}

/** Enough trials, over enough blocks of time. */
export function isEnough({ at }: Trials, rows: Uint32Array, horizonMs: number): boolean {
  if (rows.length < leastTrials) return false
  const blocks = new Set<number>()
  for (const i of rows) blocks.add(Math.floor(at[i]! / blockMsOf(horizonMs)))
  return blocks.size >= LEAST_BLOCKS
}
