import { CallType } from '../decide/recommendation.ts'
import { OutcomeStatus, type Ending } from './outcome.ts'
import type { Random } from './statistics.ts'

export const types = CallType.options
export const statuses = OutcomeStatus.options

/** One call and how it ended. `token` is a small whole number of the caller's; `forecast` the probability that was stated, to be scored. */
export type Tallied = {
  readonly token: number
  readonly type: CallType
  /** Epoch ms. */
  readonly issuedAt: number
  readonly ending: Ending
  readonly forecast?: number | null
}

/** Bits of a row's `flags`. */
export const FILLED = 1
export const SETTLED = 2
export const HIT = 4
export const AMBIGUOUS = 8
export const RIGHT = 16

export const HOLD = types.indexOf('HOLD')
export const AVOID = types.indexOf('AVOID')

export function flagsOf(
  type: CallType,
  { filledAt, rMultiple, returnGrossRatio, first: came, ambiguous, held }: Ending,
): number {
  const settled = type === 'HOLD' ? held !== null : type === 'AVOID' ? returnGrossRatio !== null : rMultiple !== null
  const right = type === 'HOLD' ? held === true : type === 'AVOID' && settled && returnGrossRatio! < 0
  return (
    (filledAt === null ? 0 : FILLED) |
    (settled ? SETTLED : 0) |
    (came === 'target' ? HIT : 0) |
    (ambiguous ? AMBIGUOUS : 0) |
    (right ? RIGHT : 0)
  )
}

export type Columns = ReturnType<typeof columnsOf>
export const columnsOf = (size: number) => ({
  token: new Uint32Array(size),
  type: new Uint8Array(size),
  status: new Uint8Array(size),
  at: new Float64Array(size),
  endedAt: new Float64Array(size),
  r: new Float64Array(size),
  result: new Float64Array(size),
  forecast: new Float64Array(size),
  flags: new Uint8Array(size),
})

export type Table = { readonly columns: Columns; readonly length: number }
export type Sample = Table & { readonly horizonMs: number; readonly random: Random }

/** The numbers of the rows that are wanted. */
export function pick(length: number, wanted: (i: number) => boolean): Uint32Array {
  const rows = new Uint32Array(length)
  let count = 0
  for (let i = 0; i < length; i++) if (wanted(i)) rows[count++] = i
  return rows.subarray(0, count)
}

export const gather = (column: Float64Array, rows: Uint32Array): Float64Array =>
  Float64Array.from(rows, (i) => column[i]!)

export const timed = ({ token, at }: Columns, rows: Uint32Array) => ({
  token: Uint32Array.from(rows, (i) => token[i]!),
  at: gather(at, rows),
  length: rows.length,
})
