import { sql } from 'kysely'
import { intervals, price, toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { SparklinesAsk, SparklinesOf } from '../tokens/routes.ts'
import { epochMs } from './columns.ts'
import { closedOnly, sourcesOf } from './history.ts'

type Row = { token: string; source: string | null; at: string | null; c: string | null }

/** Closes of many tokens by one statement: of each token the venue most is known of in the span, of that the closed candles. */
export function createSparklines({ db, clock }: { db: Db; clock: Pick<Clock, 'now'> }): SparklinesOf {
  return async function sparklinesOf(ask: SparklinesAsk) {
    const { tokens, interval, points } = ask
    const now = clock.now()
    const wide = intervals[interval]
    // The candle that is not closed yet is not among the points.
    const since = sql`${toIso(now - (now % wide) - points * wide)}::timestamptz`
    const token = sql.ref('asked.token')
    const span = sql`tf = ${interval} and ts >= ${since} and ts < ${toIso(now)}::timestamptz`
    const { rows } = await sql<Row>`
      select asked.token, told.source, told.at, told.c from unnest(${[...tokens]}::text[]) with ordinality as asked (token, place)
      left join lateral (
        select best.source, string_agg(kept.at::text, ',' order by kept.at) as at, string_agg(kept.c::text, ',' order by kept.at) as c
        from (${sourcesOf(token)} select venue.source from venue, lateral (
            select sum(minutes) as known from rollup where token_id = ${token} and source = venue.source and ${span}) as weighed
          where known > 0 order by known desc, venue.source limit 1) as best,
        lateral (select ${epochMs(sql`ts`)} as at, c from rollup where token_id = ${token} and source = best.source and ${span}
          ${closedOnly({ token, interval }, sql.ref('best.source'), now)}) as kept
        group by best.source) as told on true
      order by asked.place`.execute(db)
    return rows.map((row) => lineOf(row, wide))
  }
}

/** At equal steps: a candle that is not there leaves its step empty. */
function lineOf({ token, source, at, c }: Row, wide: number) {
  if (at === null || c === null) return { token, closes: null, source: null, lastAt: null }
  const opens = at.split(',').map(Number)
  const [first, last] = [opens[0]!, opens.at(-1)!]
  const closes = Array.from({ length: (last - first) / wide + 1 }, () => null as ReturnType<typeof price> | null)
  for (const [i, close] of c.split(',').entries()) closes[(opens[i]! - first) / wide] = price(close)
  return { token, closes, source, lastAt: toIso(last + wide) }
}
