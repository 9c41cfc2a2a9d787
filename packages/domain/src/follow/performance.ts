import type { CallType } from '../decide/recommendation.ts'
import { mean } from '../words/numbers.ts'
import type { OutcomeStatus } from './outcome.ts'
import {
  AMBIGUOUS,
  FILLED,
  gather,
  HIT,
  pick,
  RIGHT,
  SETTLED,
  statuses,
  timed,
  types,
  type Sample,
  type Table,
} from './tallied.ts'
import {
  bootstrapMean,
  effectiveN,
  equityCurve,
  LEAST_N,
  maxDrawdown,
  median,
  profitFactor,
  wilson,
} from './statistics.ts'

/** A share of independent outcomes with its 95 % interval; `value` is null and `note` says so where they are too few. */
export type Rate = {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly n: number
  readonly effectiveN: number
  readonly note: string | null
}

export type Mean = Rate & { readonly median: number | null }

/** BUY and SELL calls, which have levels. Rates are over the filled and decided, a delisting after the fill among them. */
export type DirectionalRecord = {
  readonly calls: number
  readonly filled: number
  /** Filled, and ended in TARGET_3, STOPPED, EXPIRED, INVALIDATED or DELISTED. */
  readonly decided: number
  readonly notFilled: number
  readonly open: number
  readonly unresolved: number
  readonly delisted: number
  /** Before or after a fill. */
  readonly invalidated: number
  /** T1 before the stop. */
  readonly hit: Rate
  readonly r: Mean
  readonly returnNetPct: Mean
  readonly ambiguousShare: number | null
  readonly profitFactor: number | null
  /** One R staked on each call, in the order in which they ended. */
  readonly totalR: number
  readonly maxDrawdownR: number
}

export type Performance = {
  readonly calls: number
  readonly byType: Readonly<Record<CallType, number>>
  readonly byStatus: Readonly<Record<OutcomeStatus, number>>
  readonly directional: DirectionalRecord
  readonly buy: DirectionalRecord
  readonly sell: DirectionalRecord
  /** HOLD is right when price stayed inside its band. */
  readonly hold: { readonly calls: number; readonly decided: number; readonly right: Rate }
  /** AVOID is right when the market lost over the horizon, before costs; `marketReturnPct` is its mean return. */
  readonly avoid: {
    readonly calls: number
    readonly decided: number
    readonly right: Rate
    readonly marketReturnPct: Rate
  }
}

/** The same without BUY and SELL apart: for one group of many. */
export type GroupRecord = Omit<Performance, 'buy' | 'sell'>

export function groupOf(sample: Sample): GroupRecord {
  return { ...countsOf(sample), directional: directionalOf(sample, ofType(sample, 'BUY', 'SELL')), ...othersOf(sample) }
}

export function summaryOf(sample: Sample): Performance {
  return {
    ...countsOf(sample),
    directional: directionalOf(sample, ofType(sample, 'BUY', 'SELL')),
    buy: directionalOf(sample, ofType(sample, 'BUY')),
    sell: directionalOf(sample, ofType(sample, 'SELL')),
    ...othersOf(sample),
  }
}

function ofType({ columns, length }: Table, ...wanted: CallType[]): Uint32Array {
  const codes = new Set(wanted.map((type) => types.indexOf(type)))
  return pick(length, (i) => codes.has(columns.type[i]!))
}

function countsOf({ columns, length }: Table) {
  const count = <T extends string>(names: readonly T[], column: Uint8Array) => {
    const counts = new Float64Array(names.length)
    for (let i = 0; i < length; i++) counts[column[i]!]!++
    return Object.fromEntries(names.map((name, k) => [name, counts[k]!])) as Record<T, number>
  }
  return { calls: length, byType: count(types, columns.type), byStatus: count(statuses, columns.status) }
}

function othersOf(sample: Sample): Pick<Performance, 'hold' | 'avoid'> {
  const holds = ofType(sample, 'HOLD')
  const avoids = ofType(sample, 'AVOID')
  return {
    hold: { calls: holds.length, ...rightOf(sample, holds) },
    avoid: {
      calls: avoids.length,
      ...rightOf(sample, avoids),
      marketReturnPct: meanOf(sample, settledOf(sample, avoids), 'result', 100),
    },
  }
}

const settledOf = ({ columns }: Table, rows: Uint32Array): Uint32Array =>
  rows.filter((i) => (columns.flags[i]! & SETTLED) !== 0)

function rightOf(sample: Sample, rows: Uint32Array) {
  const decided = settledOf(sample, rows)
  return { decided: decided.length, right: rateOf(sample, decided, RIGHT) }
}

function directionalOf(sample: Sample, rows: Uint32Array): DirectionalRecord {
  const { columns } = sample
  const withStatus = (status: OutcomeStatus) => {
    const code = statuses.indexOf(status)
    return rows.reduce((sum, i) => sum + (columns.status[i] === code ? 1 : 0), 0)
  }
  const flagged = (of: Uint32Array, flag: number) =>
    of.reduce((sum, i) => sum + ((columns.flags[i]! & flag) === 0 ? 0 : 1), 0)
  const decided = settledOf(sample, rows)
  const r = gather(columns.r, decided)
  const curve = equityCurve(r, gather(columns.endedAt, decided), r.length)
  const enough = decided.length >= LEAST_N
  return {
    calls: rows.length,
    filled: flagged(rows, FILLED),
    decided: decided.length,
    notFilled: withStatus('NOT_FILLED'),
    open: withStatus('OPEN'),
    unresolved: withStatus('UNRESOLVED'),
    delisted: withStatus('DELISTED'),
    invalidated: withStatus('INVALIDATED'),
    hit: rateOf(sample, decided, HIT),
    r: { ...meanOf(sample, decided, 'r', 1), median: enough ? median(r) : null },
    returnNetPct: {
      ...meanOf(sample, decided, 'result', 100),
      median: enough ? 100 * median(gather(columns.result, decided)) : null,
    },
    ambiguousShare: enough ? flagged(decided, AMBIGUOUS) / decided.length : null,
    profitFactor: enough ? profitFactor(r) : null,
    totalR: curve.at(-1) ?? 0,
    maxDrawdownR: maxDrawdown(curve),
  }
}

function rateOf({ columns, horizonMs }: Sample, rows: Uint32Array, flag: number): Rate {
  const worth = effectiveN(timed(columns, rows), horizonMs)
  const count = rows.reduce((sum, i) => sum + ((columns.flags[i]! & flag) === 0 ? 0 : 1), 0)
  if (worth < LEAST_N) return tooFew(rows.length, worth)
  const value = count / rows.length
  return { value, ...wilson(value, worth), n: rows.length, effectiveN: worth, note: null }
}

function meanOf(
  { columns, horizonMs, random }: Sample,
  rows: Uint32Array,
  column: 'r' | 'result',
  scale: number,
): Rate {
  const about = timed(columns, rows)
  const worth = effectiveN(about, horizonMs)
  if (worth < LEAST_N) return tooFew(rows.length, worth)
  const values = gather(columns[column], rows)
  const value = mean(values) * scale
  const interval = bootstrapMean(values, about, { blockMs: horizonMs, random })
  return {
    value,
    low: interval && interval.low * scale,
    high: interval && interval.high * scale,
    n: rows.length,
    effectiveN: worth,
    note: interval === null ? 'too short a time for an interval' : null,
  }
}

const tooFew = (n: number, worth: number): Rate => ({
  value: null,
  low: null,
  high: null,
  n,
  effectiveN: worth,
  note: `too few: ${worth} independent windows, ${LEAST_N} are needed`,
})
