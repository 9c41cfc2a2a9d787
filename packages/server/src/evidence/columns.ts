import { sql, type RawBuilder } from 'kysely'
import { blankCandles, type Candles } from '@pumpiq/domain'

/*
 * Columns go to the database and come back as one text each. A driver that reads rows makes an object and a Date of each of them, and one
 * that writes arrays quotes every element: both take longer than the database does.
 */

/** A column as PostgreSQL writes an array. A double prints as the shortest decimal that reads back as itself. */
export const textOf = (column: Float64Array, length: number): string => `{${column.subarray(0, length).join(',')}}`

/** Epoch ms of an instant, as whole numbers. */
export const epochMs = (ts: RawBuilder<unknown>): RawBuilder<number> => sql`(date_part('epoch', ${ts}) * 1000)::bigint`

/** Epoch ms to an instant. */
export const instantOf = (at: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`timestamptz 'epoch' + ${at} * interval '1 millisecond'`

/** The columns of candles that a sorted query of `at`, o, h, l, c, v answers with, as one row. */
export type PackedCandles = { n: number; at: string; o: string; h: string; l: string; c: string; v: string }

export const packed = sql`count(*)::int as n, string_agg(at::text, ',') as at, string_agg(o::text, ',') as o,
  string_agg(h::text, ',') as h, string_agg(l::text, ',') as l, string_agg(c::text, ',') as c, string_agg(v::text, ',') as v`

/** Pieces of one series, oldest first, as columns of doubles. */
export function unpack(id: string, intervalMs: number, pieces: readonly PackedCandles[]): Candles {
  const candles = blankCandles(
    id,
    intervalMs,
    pieces.reduce((sum, { n }) => sum + n, 0),
  )
  let from = 0
  for (const { n, at, o, h, l, c, v } of pieces) {
    if (n === 0) continue
    fill(candles.openAt, from, at)
    fill(candles.open, from, o)
    fill(candles.high, from, h)
    fill(candles.low, from, l)
    fill(candles.close, from, c)
    fill(candles.volume, from, v)
    from += n
  }
  return candles
}

function fill(column: Float64Array, from: number, text: string): void {
  const values = text.split(',')
  for (let i = 0; i < values.length; i++) column[from + i] = Number(values[i])
}
