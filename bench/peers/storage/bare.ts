import type { Contender } from './rows.ts'
import { sumOf } from './rows.ts'

/** A driver as it is: a statement and its values in, rows out. */
export type Query = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>

const put = `insert into candle (token_id, source, tf, ts, o, h, l, c, v, fetched_at)
  select $1, 'bench', '1m', to_timestamp(at / 1000.0), o, h, l, c, v, now()
  from unnest($2::bigint[], $3::numeric[], $4::numeric[], $5::numeric[], $6::numeric[], $7::numeric[]) as given (at, o, h, l, c, v)
  on conflict (token_id, source, tf, ts) do update set o = excluded.o, h = excluded.h, l = excluded.l, c = excluded.c,
    v = excluded.v, fetched_at = excluded.fetched_at`
const latest = `select ts, o, h, l, c, v from candle where token_id = $1 and source = 'bench' and tf = '1m'
  order by ts desc limit $2`
const hours = `select date_bin('1 hour', ts, '2000-01-03T00:00Z') as at, (array_agg(o order by ts))[1] as o, max(h) as h,
  min(l) as l, (array_agg(c order by ts desc))[1] as c, sum(v) as v from candle
  where token_id = $1 and source = 'bench' and tf = '1m' group by 1 order by 1`

/** The same table and the plainest statements, without anything of ours. */
export function bare(query: Query, close: () => Promise<void>): Contender {
  const read = async (text: string, values: unknown[]) => {
    const { rows } = await query(text, values)
    return sumOf(rows.map((row) => Number((row as { c: string }).c)))
  }
  return {
    async put(token, { openAt, open, high, low, close: closes, volume, length }) {
      const columns = [openAt, open, high, low, closes, volume].map((column) => [...column.subarray(0, length)])
      await query(put, [token, ...columns])
    },
    latest: (token, count) => read(latest, [token, count]),
    page: (token, count) => read(latest, [token, count]),
    rollUp: async () => {},
    hours: (token) => read(hours, [token]),
    close,
  }
}
