import { mean } from '../words/numbers.ts'
import { baselines, type Baseline, type BaselineResult, type CallWindow } from './baselines.ts'
import { bootstrapMean, effectiveN, LEAST_N, wilson, type Random } from './statistics.ts'

export type BaselineRow = {
  readonly id: string
  readonly label: string
  /** Windows with a result: those in which the baseline was filled and decided. */
  readonly n: number
  readonly effectiveN: number
  /** Mean a call, percent, with its 95 % bootstrap interval; null under 30 independent windows. */
  readonly meanReturnNetPct: number | null
  readonly low: number | null
  readonly high: number | null
  /** Share of windows that won after costs, with Wilson's interval. */
  readonly winRate: number | null
  readonly winLow: number | null
  readonly winHigh: number | null
  readonly meanR: number | null
  /** Our calls less this baseline on the same windows, mean in percent with its interval; null for our own row. */
  readonly leadPct: number | null
  readonly leadLow: number | null
  readonly leadHigh: number | null
  readonly note: string | null
}

export type BaselineTally = ReturnType<typeof createBaselineTally>

/**
 * Plays every baseline on the window of each call that was filled and decided (others are left out), beside the call itself, which is the
 * first row. 140 bytes a call. `random` decides the coins as the calls come, and the bootstraps in `rows`.
 */
export function createBaselineTally({
  horizonMs,
  random,
  played = baselines,
}: {
  horizonMs: number
  random: Random
  played?: readonly Baseline[]
}) {
  const calls = createColumns(1 + played.length)
  return {
    get length() {
      return calls.length
    },
    add(token: number, window: CallWindow): void {
      const { ending, plan } = window
      if (ending.returnNetRatio === null || ending.decidedBy === null) return
      calls.add(token, plan.issuedAt, [
        { returnNetRatio: ending.returnNetRatio, rMultiple: ending.rMultiple },
        ...played.map((one) => one.play(window, random)),
      ])
    },
    rows(): readonly BaselineRow[] {
      const labels = [{ id: 'calls', label: 'Our calls' }, ...played]
      return labels.map(({ id, label }, k) => ({
        id,
        label,
        ...rowOf(calls.of(k), k === 0 ? null : calls.of(0), horizonMs, random),
      }))
    },
  }
}

type Column = {
  readonly token: Uint32Array
  readonly at: Float64Array
  readonly net: Float64Array
  readonly r: Float64Array
  readonly length: number
}

const FIRST = 1024

function createColumns(count: number) {
  let length = 0
  let token: Uint32Array = new Uint32Array(FIRST)
  let at: Float64Array = new Float64Array(FIRST)
  let figures: { net: Float64Array; r: Float64Array }[] = Array.from({ length: count }, () => ({
    net: new Float64Array(FIRST),
    r: new Float64Array(FIRST),
  }))
  const longer = <T extends Float64Array | Uint32Array>(from: T, to: T): T => {
    to.set(from)
    return to
  }
  const doubled = (column: Float64Array) => longer(column, new Float64Array(length * 2))
  return {
    get length() {
      return length
    },
    add(of: number, issuedAt: number, results: readonly (BaselineResult | null)[]): void {
      if (length === at.length) {
        token = longer(token, new Uint32Array(length * 2))
        at = doubled(at)
        figures = figures.map(({ net, r }) => ({ net: doubled(net), r: doubled(r) }))
      }
      token[length] = of
      at[length] = issuedAt
      for (const [k, result] of results.entries()) {
        figures[k]!.net[length] = result?.returnNetRatio ?? Number.NaN
        figures[k]!.r[length] = result?.rMultiple ?? Number.NaN
      }
      length++
    },
    of: (k: number): Column => ({ token, at, ...figures[k]!, length }),
  }
}

function rowOf(
  own: Column,
  calls: Column | null,
  horizonMs: number,
  random: Random,
): Omit<BaselineRow, 'id' | 'label'> {
  const rows = Uint32Array.from({ length: own.length }, (_, i) => i).filter((i) => !Number.isNaN(own.net[i]!))
  const about = {
    token: Uint32Array.from(rows, (i) => own.token[i]!),
    at: Float64Array.from(rows, (i) => own.at[i]!),
    length: rows.length,
  }
  const worth = effectiveN(about, horizonMs)
  const counted = { n: rows.length, effectiveN: worth }
  if (worth < LEAST_N)
    return { ...counted, ...untold, note: `too few: ${worth} independent windows, ${LEAST_N} are needed` }
  const drawn = (value: (i: number) => number) => {
    const values = Float64Array.from(rows, (i) => 100 * value(i))
    const interval = bootstrapMean(values, about, { blockMs: horizonMs, random })
    return { mean: mean(values), low: interval?.low ?? null, high: interval?.high ?? null }
  }
  const net = drawn((i) => own.net[i]!)
  const lead = calls && drawn((i) => calls.net[i]! - own.net[i]!)
  const wins = rows.reduce((sum, i) => sum + (own.net[i]! > 0 ? 1 : 0), 0) / rows.length
  const chance = wilson(wins, worth)
  const r = Float64Array.from(rows, (i) => own.r[i]!)
  const meanR = mean(r)
  return {
    ...counted,
    meanReturnNetPct: net.mean,
    low: net.low,
    high: net.high,
    winRate: wins,
    winLow: chance.low,
    winHigh: chance.high,
    meanR: Number.isNaN(meanR) ? null : meanR,
    leadPct: lead?.mean ?? null,
    leadLow: lead?.low ?? null,
    leadHigh: lead?.high ?? null,
    note: net.low === null ? 'too short a time for an interval' : null,
  }
}

const untold = {
  meanReturnNetPct: null,
  low: null,
  high: null,
  winRate: null,
  winLow: null,
  winHigh: null,
  meanR: null,
  leadPct: null,
  leadLow: null,
  leadHigh: null,
}
