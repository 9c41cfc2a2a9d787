import { mean } from '../words/numbers.ts'
import { createColumns, type Column } from './baseline-columns.ts'
import { bootstrapMeans } from './bootstrap-means.ts'
import { baselines, type Baseline, type BaselineResult, type CallWindow } from './baselines.ts'
import { bootstrapMean, effectiveN, LEAST_N, wilson, type Random } from './statistics.ts'
import { pick } from './tallied.ts'

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

/** A baseline beside one group of calls. */
export type BaselineLead = Pick<
  BaselineRow,
  'id' | 'label' | 'n' | 'effectiveN' | 'meanReturnNetPct' | 'leadPct' | 'leadLow' | 'leadHigh' | 'note'
>

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
    /** A call with what the baselines made of its window already, in their order; `issuedAt`: epoch ms. */
    put(token: number, issuedAt: number, own: BaselineResult, results: readonly (BaselineResult | null)[]): void {
      calls.add(token, issuedAt, [own, ...results])
    },
    /** The baselines alone, and of each only its mean and how far the calls lead it. */
    leads(): readonly BaselineLead[] {
      const [own, ...others] = Array.from({ length: 1 + played.length }, (_, k) => calls.of(k))
      const found = leadsOf(own!, others, horizonMs, random)
      return played.map(({ id, label }, k) => ({ id, label, ...found[k]! }))
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

/** The windows in which it has a result, and how many independent ones they are worth. */
function windowsOf(own: Column, horizonMs: number) {
  const rows = pick(own.length, (i) => !Number.isNaN(own.net[i]!))
  const about = {
    token: Uint32Array.from(rows, (i) => own.token[i]!),
    at: Float64Array.from(rows, (i) => own.at[i]!),
    length: rows.length,
  }
  return { rows, about, worth: effectiveN(about, horizonMs) }
}

const tooFew = (worth: number): string => `too few: ${worth} independent windows, ${LEAST_N} are needed`
const tooShort = 'too short a time for an interval'

function leadsOf(calls: Column, others: readonly Column[], horizonMs: number, random: Random) {
  const { at, length } = calls
  const leads = others.map(({ net }) => Float64Array.from({ length }, (_, i) => 100 * (calls.net[i]! - net[i]!)))
  const worth = others.map((own) => windowsOf(own, horizonMs))
  const isEnough = worth.some((one) => one.worth >= LEAST_N)
  const intervals = isEnough ? bootstrapMeans(leads, { at, length }, { blockMs: horizonMs, random }) : []
  return others.map(({ net }, k): Omit<BaselineLead, 'id' | 'label'> => {
    const { rows, worth: own } = worth[k]!
    const counted = { n: rows.length, effectiveN: own }
    const none = { meanReturnNetPct: null, leadPct: null, leadLow: null, leadHigh: null }
    if (own < LEAST_N) return { ...counted, ...none, note: tooFew(own) }
    const interval = intervals[k] ?? null
    return {
      ...counted,
      meanReturnNetPct: 100 * mean(Float64Array.from(rows, (i) => net[i]!)),
      leadPct: mean(Float64Array.from(rows, (i) => leads[k]![i]!)),
      leadLow: interval?.low ?? null,
      leadHigh: interval?.high ?? null,
      note: interval === null ? tooShort : null,
    }
  })
}

function rowOf(
  own: Column,
  calls: Column | null,
  horizonMs: number,
  random: Random,
): Omit<BaselineRow, 'id' | 'label'> {
  const { rows, about, worth } = windowsOf(own, horizonMs)
  const counted = { n: rows.length, effectiveN: worth }
  if (worth < LEAST_N) return { ...counted, ...untold, note: tooFew(worth) }
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
    note: net.low === null ? tooShort : null,
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
