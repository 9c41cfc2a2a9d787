import { sql } from 'kysely'
import type { Candles } from '@pumpiq/domain'
import { toIso } from '@pumpiq/domain'
import type { Tx } from '../db/db.ts'
import type { Series } from './candles.ts'
import { instantOf, textOf } from './columns.ts'

/** Newer minutes of one series, and up to when (epoch ms) it is known by them. */
export type ToldMinutes = { readonly series: Series; readonly candles: Candles; readonly knownUntil: number }

/**
 * Keeps newer minutes of many series at once, moves their cursors on and leaves them due to be rolled up: one statement, however many series
 * there are. For what continues a series without a break; whatever else came goes through `put`.
 */
export async function putTold(tx: Tx, told: readonly ToldMinutes[], fetchedAt: number): Promise<void> {
  const length = told.reduce((sum, { candles }) => sum + candles.length, 0)
  if (length === 0) return
  const column = (pick: (candles: Candles) => Float64Array): string => {
    const all = new Float64Array(length)
    let from = 0
    for (const { candles } of told) {
      all.set(pick(candles).subarray(0, candles.length), from)
      from += candles.length
    }
    return textOf(all, length)
  }
  const of = told.flatMap(({ candles }, i) => Array.from({ length: candles.length }, () => i + 1))
  await sql`
    with series as (
      select * from unnest(${told.map(({ series }) => series.token)}::text[], ${told.map(({ series }) => series.source)}::text[],
        ${told.map(({ knownUntil }) => toIso(knownUntil))}::timestamptz[]) with ordinality as s (token_id, source, known_until, n)
    ), changed as (
      insert into candle (token_id, source, tf, ts, o, h, l, c, v, fetched_at)
      select s.token_id, s.source, '1m', ${instantOf(sql`given.at`)}, given.o, given.h, given.l, given.c, given.v,
        ${toIso(fetchedAt)}::timestamptz
      from unnest(${of}::int8[], ${column((one) => one.openAt)}::text::float8[], ${column((one) => one.open)}::text::numeric[],
        ${column((one) => one.high)}::text::numeric[], ${column((one) => one.low)}::text::numeric[],
        ${column((one) => one.close)}::text::numeric[], ${column((one) => one.volume)}::text::numeric[])
        as given (n, at, o, h, l, c, v) join series s using (n)
      on conflict (token_id, source, tf, ts) do update set o = excluded.o, h = excluded.h, l = excluded.l, c = excluded.c,
        v = excluded.v, fetched_at = excluded.fetched_at, revision = candle.revision + 1
      where (candle.o, candle.h, candle.l, candle.c, candle.v)
        is distinct from (excluded.o, excluded.h, excluded.l, excluded.c, excluded.v)
      returning token_id, source, ts
    ), due as (
      insert into rollup_due (token_id, source, due_from)
      select token_id, source, min(ts) from changed group by token_id, source
      on conflict (token_id, source) do update set due_from = least(rollup_due.due_from, excluded.due_from)
      returning 1
    ), moved as (
      update candle_cursor c set known_until = greatest(c.known_until, s.known_until)
      from series s where c.token_id = s.token_id and c.source = s.source
    )
    -- What is asked for here is done first: rows that are due are locked before cursors, as by everybody else.
    select count(*) from due`.execute(tx)
}
