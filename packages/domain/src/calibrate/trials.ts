import type { Ending } from '../follow/outcome.ts'
import { inputs, type InputId, type Measurable } from '../confidence/inputs.ts'

/** Which came first, by its place; `other` is a delisting or an invalidation: neither target nor stop nor the horizon. */
export const endingNames = ['target', 'stop', 'expiry', 'other'] as const

/** One directional call that was filled and decided, as far as a fit reads it. */
export type Trial = {
  /** A small whole number of the caller's. */
  readonly token: number
  /** Epoch ms. */
  readonly issuedAt: number
  readonly expiresAt: number
  readonly endedAt: number
  readonly call: Measurable
  /** The walk's chance of an expiry. */
  readonly walkExpiry: number
  /** T1's distance over the stop's, from the price of the decision. */
  readonly rewardR: number
  readonly first: Ending['first']
  /** R before and after costs. */
  readonly grossR: number
  readonly netR: number
  /** Further columns in the order that `createTrials` was told; for models that are compared. */
  readonly extra?: readonly number[]
}

const columnNames = ['at', 'expiresAt', 'endedAt', 'below', 'walkExpiry', 'rewardR', 'grossR', 'netR'] as const
type ColumnName = (typeof columnNames)[number]
const inputIds = Object.keys(inputs) as InputId[]

/** Columns as long as there are trials; `hit` is 1 where T1 came first. */
export type Trials = Readonly<Record<ColumnName, Float64Array>> & {
  readonly length: number
  readonly token: Uint32Array
  readonly ending: Uint8Array
  readonly hit: Uint8Array
  readonly input: Readonly<Record<InputId, Float64Array>>
  readonly extra: readonly Float64Array[]
}

/** Takes trials one at a time; a column doubles when it is full. */
export function createTrials(extras = 0) {
  const width = columnNames.length + inputIds.length + extras
  let columns = Array.from({ length: width }, () => new Float64Array(256))
  let codes = Array.from({ length: 2 }, () => new Uint32Array(256))
  let length = 0

  function grow(): void {
    columns = columns.map((column) => doubled(column, new Float64Array(column.length * 2)))
    codes = codes.map((column) => doubled(column, new Uint32Array(column.length * 2)))
  }

  return {
    add(trial: Trial): void {
      if (length === columns[0]!.length) grow()
      const { issuedAt, expiresAt, endedAt, call, walkExpiry, rewardR, grossR, netR, extra = [] } = trial
      const values = [issuedAt, expiresAt, endedAt, call.below, walkExpiry, rewardR, grossR, netR]
      for (const id of inputIds) values.push(inputs[id].read(call))
      for (let k = 0; k < extras; k++) values.push(extra[k] ?? Number.NaN)
      for (let k = 0; k < width; k++) columns[k]![length] = values[k]!
      codes[0]![length] = trial.token
      codes[1]![length] = endingNames.indexOf(trial.first ?? 'other')
      length++
    },
    /** What was taken so far, by when it was decided. */
    trials(): Trials {
      const order = Uint32Array.from({ length }, (_, i) => i).toSorted(
        (a, b) => columns[0]![a]! - columns[0]![b]! || codes[0]![a]! - codes[0]![b]!,
      )
      const sorted = columns.map((column) => Float64Array.from(order, (i) => column[i]!))
      const ending = Uint8Array.from(order, (i) => codes[1]![i]!)
      const named = Object.fromEntries(columnNames.map((name, k) => [name, sorted[k]!]))
      const read = inputIds.map((id, k) => [id, sorted[columnNames.length + k]!])
      return {
        ...(named as Record<ColumnName, Float64Array>),
        length,
        token: Uint32Array.from(order, (i) => codes[0]![i]!),
        ending,
        hit: ending.map((code) => (code === 0 ? 1 : 0)),
        input: Object.fromEntries(read) as Record<InputId, Float64Array>,
        extra: sorted.slice(columnNames.length + inputIds.length),
      }
    },
  }
}

function doubled<T extends Float64Array | Uint32Array>(column: T, bigger: T): T {
  bigger.set(column)
  return bigger
}
