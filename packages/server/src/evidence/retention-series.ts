import { sql } from 'kysely'
import type { Db } from '../db/db.ts'
import type { Series } from './candles.ts'

/** Every series in a table that has token and source first in its key, by one step through the index each: the table itself is large. */
export async function seriesIn(db: Db, name: 'candle' | 'rollup'): Promise<Series[]> {
  const table = sql.table(name)
  const { rows } = await sql<Series>`
    with recursive series as (
      (select token_id, source from ${table} order by token_id, source limit 1)
      union all
      select next.token_id, next.source from series, lateral (
        select c.token_id, c.source from ${table} c where (c.token_id, c.source) > (series.token_id, series.source)
        order by c.token_id, c.source limit 1) as next)
    select token_id as token, source from series`.execute(db)
  return rows
}
