import { sql } from 'kysely'
import { intervalNames, intervals, toIso } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import { timeseriesOf } from '../db/timescale.ts'
import { dayOf } from './buckets.ts'
import type { Series } from './candles.ts'
import { seriesIn } from './retention-series.ts'

/** `from`: epoch ms; `source` null: of whatever venue. */
type Need = { readonly token: string; readonly source: string | null; readonly from: number }
export type Needed = () => Promise<readonly Need[]>

/** Candles that go by one statement. */
const slice = 5_000

/**
 * Lets go of the candles before an instant: whole days, so that every wider candle was rolled up from all of its minutes; none that
 * somebody still needs, and none that is not rolled up.
 */
export function createForgetCandles({ db, needed }: { db: Db; needed: Needed }) {
  /** How far a series may go, noted first: from then on nothing before it is computed or counted on again. */
  const noted = (series: Series, wanted: number): Promise<number> =>
    db.transaction().execute(async (tx) => {
      const until = Math.min(wanted, await rolledUpUntil(tx, series))
      if (await hasBefore(tx, series, until)) await note(tx, series, until)
      return until
    })

  async function remove({ token, source }: Series, until: number, abort?: AbortSignal): Promise<number> {
    let gone = 0
    for (const interval of intervalNames) {
      for (;;) {
        if (abort?.aborted) return gone
        const { rows } = await sql<{ ts: Date }>`select ts from candle where token_id = ${token} and source = ${source}
          and tf = ${interval} and ts < ${toIso(until)}::timestamptz order by ts limit 1`.execute(db)
        if (rows.length === 0) break
        const end = Math.min(until, rows[0]!.ts.getTime() + slice * intervals[interval])
        const { numAffectedRows = 0n } = await sql`delete from candle where token_id = ${token} and source = ${source}
          and tf = ${interval} and ts < ${toIso(end)}::timestamptz`.execute(db)
        gone += Number(numAffectedRows)
      }
    }
    return gone
  }

  return async function forgetCandles(before: number, abort?: AbortSignal): Promise<number> {
    const needs = await needed()
    const floors: { series: Series; until: number }[] = []
    for (const series of await seriesIn(db, 'candle')) {
      if (abort?.aborted) return 0
      floors.push({ series, until: await noted(series, floorOf(series, before, needs)) })
    }
    if (floors.length > 0) await dropChunks(db, Math.min(...floors.map(({ until }) => until)))
    let gone = 0
    for (const { series, until } of floors) gone += await remove(series, until, abort)
    return gone
  }
}

/** The midnight before which nobody needs the candles of a series. */
const floorOf = ({ token, source }: Series, before: number, needs: readonly Need[]): number =>
  dayOf(
    needs
      .filter((need) => need.token === token && (need.source === null || need.source === source))
      .reduce((floor, { from }) => Math.min(floor, from), before),
  )

/** Waits for whoever computes or changes the series. */
async function rolledUpUntil(tx: Tx, { token, source }: Series): Promise<number> {
  const due = await tx
    .selectFrom('rollupDue')
    .select('dueFrom')
    .where('tokenId', '=', token)
    .where('source', '=', source)
    .forUpdate()
    .executeTakeFirst()
  return due ? dayOf(due.dueFrom.getTime()) : Infinity
}

async function hasBefore(tx: Tx, { token, source }: Series, until: number): Promise<boolean> {
  const row = await tx
    .selectFrom('candle')
    .select('ts')
    .where('tokenId', '=', token)
    .where('source', '=', source)
    // Each by itself is one step through the index; without them it would be all of the series.
    .where('tf', 'in', intervalNames)
    .where('ts', '<', toIso(until) as never)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

async function note(tx: Tx, { token, source }: Series, until: number): Promise<void> {
  const at = sql`${toIso(until)}::timestamptz`
  await sql`insert into forgotten (token_id, source, forgotten_until) values (${token}, ${source}, ${at})
    on conflict (token_id, source) do update
    set forgotten_until = greatest(forgotten.forgotten_until, excluded.forgotten_until)`.execute(tx)
  // Whoever follows the series must not believe that it is known without a hole from before.
  await sql`update candle_cursor set from_at = least(${at}, known_until)
    where token_id = ${token} and source = ${source} and from_at < ${at}`.execute(tx)
}

/** Whole chunks go in an instant where there are any; the rest goes row by row. */
async function dropChunks(db: Db, until: number): Promise<void> {
  if (!(await timeseriesOf(db)).startsWith('timescaledb')) return
  await sql`select drop_chunks('candle', older_than => ${toIso(until)}::timestamptz)`.execute(db)
}
