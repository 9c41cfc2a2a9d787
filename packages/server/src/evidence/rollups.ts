import { sql } from 'kysely'
import { days, intervals, minutes, toIso, type Interval } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import type { Series } from './candles.ts'
import { bucketOf, dayOf } from './buckets.ts'

export type RollUps = ReturnType<typeof createRollUps>

/** Each is made of the one before it: a new minute makes a handful of rows be read again, not a day of minutes. */
const levels = [
  { of: '1m', into: '5m' },
  { of: '5m', into: '15m' },
  { of: '15m', into: '1h' },
  { of: '1h', into: '4h' },
  { of: '4h', into: '1d' },
] as const satisfies readonly { of: Interval; into: Interval }[]

/** Days of minutes computed in one transaction: an embedded database is held up for some tens of ms. */
const pieceDays = 2

/**
 * Wider candles of our own, computed from closed minutes. What is due is marked in the transaction that changes a minute; the mark is locked
 * while it is worked off, so whatever changes meanwhile marks again. Computing twice gives the same, and it may be ended anywhere.
 */
export function createRollUps({ db }: { db: Db }) {
  /** One bounded piece of what is due of a series; is there more? */
  const piece = (series: Series): Promise<boolean> =>
    db.transaction().execute(async (tx) => {
      const from = await dueFrom(tx, series)
      if (from === null) return false
      const first = await firstMinute(tx, series, from)
      if (first === null) return settled(tx, series, null)
      const to = dayOf(first) + days(pieceDays)
      for (const level of levels) await compute(tx, series, level, { from: first, to })
      return settled(tx, series, await firstMinute(tx, series, to))
    })

  return {
    /** Works off all that is due, a piece of every series in turn; answers how many pieces that were. */
    async rollUp(abort?: AbortSignal): Promise<number> {
      let pieces = 0
      let due = await dueSeries(db)
      while (due.length > 0) {
        const unfinished: Series[] = []
        for (const series of due) {
          if (abort?.aborted) return pieces
          if (await piece(series)) unfinished.push(series)
          pieces++
        }
        due = unfinished
      }
      return pieces
    },
  }
}

const dueSeries = async (db: Db): Promise<Series[]> =>
  db.selectFrom('rollupDue').select(['tokenId as token', 'source']).orderBy('dueFrom').execute()

/** From when on a series is to be computed, and the mark is ours till the end of the transaction; null when another process has it. */
async function dueFrom(tx: Tx, { token, source }: Series): Promise<number | null> {
  const due = await tx
    .selectFrom('rollupDue')
    .select('dueFrom')
    .where('tokenId', '=', token)
    .where('source', '=', source)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!due) return null
  const gone = await tx
    .selectFrom('forgotten')
    .select('forgottenUntil')
    .where('tokenId', '=', token)
    .where('source', '=', source)
    .executeTakeFirst()
  // Where minutes may be gone, what is left of them would make wrong candles of right ones.
  return Math.max(due.dueFrom.getTime(), gone?.forgottenUntil.getTime() ?? 0)
}

async function firstMinute(tx: Tx, { token, source }: Series, from: number): Promise<number | null> {
  const row = await tx
    .selectFrom('candle')
    .select('ts')
    .where('tokenId', '=', token)
    .where('source', '=', source)
    .where('tf', '=', '1m')
    .where('ts', '>=', toIso(from) as never)
    .orderBy('ts')
    .limit(1)
    .executeTakeFirst()
  return row ? row.ts.getTime() : null
}

async function compute(
  tx: Tx,
  { token, source }: Series,
  { of, into }: (typeof levels)[number],
  { from, to }: { from: number; to: number },
): Promise<void> {
  const finer = of === '1m' ? sql`(select *, 1 as minutes from candle) as finer` : sql`rollup as finer`
  await sql`
    insert into rollup (token_id, source, tf, ts, o, h, l, c, v, minutes)
    select ${token}, ${source}, ${into}, bucket, (array_agg(o order by ts))[1], max(h), min(l),
      (array_agg(c order by ts desc))[1], trim_scale(sum(v)), sum(minutes)
    from (
      select ${bucketOf(into, sql`ts`)} as bucket, ts, o, h, l, c, v, minutes from ${finer}
      where token_id = ${token} and source = ${source} and tf = ${of}
        and ts >= ${bucketOf(into, sql`${toIso(from)}::timestamptz`)} and ts < ${toIso(to)}::timestamptz) as sorted
    group by bucket
    on conflict (token_id, source, tf, ts) do update set o = excluded.o, h = excluded.h, l = excluded.l, c = excluded.c,
      v = excluded.v, minutes = excluded.minutes
    where (rollup.o, rollup.h, rollup.l, rollup.c, rollup.v, rollup.minutes)
      is distinct from (excluded.o, excluded.h, excluded.l, excluded.c, excluded.v, excluded.minutes)`.execute(tx)
}

/** Moves the mark on to the first minute that is still to be computed, or takes it away. Is there such a minute? */
async function settled(tx: Tx, { token, source }: Series, next: number | null): Promise<boolean> {
  if (next === null) {
    await tx.deleteFrom('rollupDue').where('tokenId', '=', token).where('source', '=', source).execute()
    return false
  }
  await tx
    .updateTable('rollupDue')
    .set({ dueFrom: toIso(next) })
    .where('tokenId', '=', token)
    .where('source', '=', source)
    .execute()
  return true
}

/** How many minutes a candle of an interval is made of. */
export const minutesIn = (interval: Interval): number => intervals[interval] / minutes(1)
