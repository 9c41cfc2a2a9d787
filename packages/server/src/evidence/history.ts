import { sql, type RawBuilder } from 'kysely'
import { days, intervals, price, toIso, type Interval, type Price } from '@pumpiq/domain'
import type { HistoryCandle } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { History, HistoryAsk } from '../tokens/routes.ts'
import { bucketOf } from './buckets.ts'
import { epochMs, packed, type PackedCandles } from './columns.ts'
import { minutesIn } from './rollups.ts'

/** A span this long is weighed by hours, a longer one by days. */
const weighedByHoursMs = days(30)
/** A candle whose last minutes never came is told as it is after so long. */
const waitedForMs = days(1)

/** Closed candles that are kept of a token: minutes as they came, wider ones from the roll-ups. */
export function createHistory({ db, clock }: { db: Db; clock: Pick<Clock, 'now'> }): History {
  return async function history(ask: HistoryAsk) {
    const source = ask.behind?.source ?? (await fullestSource(db, ask, clock.now()))
    const candles = source === null ? [] : await page(db, ask, source, clock.now())
    const why = candles.length === 0 && !ask.behind ? await whyNone(db, ask) : null
    return { source: candles.length === 0 && !ask.behind ? null : source, candles, why }
  }
}

/** Every venue of the token by one step through the index each. */
export const sourcesOf = (token: string | RawBuilder<unknown>): RawBuilder<unknown> => sql`with recursive venue as (
  (select source from rollup where token_id = ${token} order by source limit 1)
  union all
  select next.source from venue, lateral (
    select r.source from rollup r where r.token_id = ${token} and r.source > venue.source order by r.source limit 1) as next)`

async function fullestSource(db: Db, { token, from, to }: HistoryAsk, now: number): Promise<string | null> {
  const until = Math.min(to ?? now, now)
  const weight: Interval = from !== null && until - from <= weighedByHoursMs ? '1h' : '1d'
  const since = from === null ? sql`` : sql`and r.ts >= ${bucketOf(weight, sql`${toIso(from)}::timestamptz`)}`
  const { rows } = await sql<{ source: string }>`${sourcesOf(token)}
    select venue.source from venue, lateral (
      select sum(r.minutes) as known from rollup r
      where r.token_id = ${token} and r.source = venue.source and r.tf = ${weight}
        and r.ts < ${toIso(until)}::timestamptz ${since}) as weighed
    where known > 0 order by known desc, venue.source limit 1`.execute(db)
  return rows[0]?.source ?? null
}

async function page(db: Db, ask: HistoryAsk, source: string, now: number): Promise<HistoryCandle[]> {
  const { token, interval, from, to, limit, behind } = ask
  const before = Math.min(to ?? now, behind?.before ?? Infinity)
  const since = from === null ? sql`` : sql`and ts >= ${toIso(from)}::timestamptz`
  const [table, known, closed] =
    interval === '1m' ? [sql`candle`, sql`1`, sql``] : [sql`rollup`, sql`minutes`, closedOnly(ask, source, now)]
  const { rows } = await sql<PackedCandles & { minutes: string }>`
    select ${packed}, string_agg(minutes::text, ',') as minutes from (
      select ${epochMs(sql`ts`)} as at, o, h, l, c, v, ${known} as minutes
      from ${table} where token_id = ${token} and source = ${source} and tf = ${interval}
        and ts < ${toIso(before)}::timestamptz ${since} ${closed}
      order by ts desc limit ${limit + 1}) as sorted`.execute(db)
  return itemsOf(rows[0]!)
}

/** A candle is closed when it has all its minutes, when something later of the series is known, or when that is no longer waited for. */
export const closedOnly = (
  { token, interval }: { readonly token: string | RawBuilder<unknown>; readonly interval: Interval },
  source: string | RawBuilder<unknown>,
  now: number,
): RawBuilder<unknown> => {
  const newest = sql`(select ts from rollup where token_id = ${token} and source = ${source} and tf = '5m'
    order by ts desc limit 1)`
  const wide = intervals[interval]
  return sql`and (minutes >= ${minutesIn(interval)}::int or ts <= ${newest} - ${`${wide} milliseconds`}::interval
    or ts <= ${toIso(now - wide - waitedForMs)}::timestamptz)`
}

function itemsOf({ n, at, o, h, l, c, v, minutes }: PackedCandles & { minutes: string }): HistoryCandle[] {
  if (n === 0) return []
  const [ats, open, high, low, close, volume] = [at, o, h, l, c, v].map((text) => text.split(',').map(shortest))
  return minutes.split(',').map((known, i) => ({
    ts: Number(ats![i]),
    open: open![i]!,
    high: high![i]!,
    low: low![i]!,
    close: close![i]!,
    volume: volume![i]!,
    minutes: Number(known),
  }))
}

/** What we write has no needless zeros; the database would keep those of others. */
const shortest = (text: string): Price => (text.endsWith('0') && text.includes('.') ? price(text) : (text as Price))

async function whyNone(db: Db, { token, interval }: HistoryAsk): Promise<string> {
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`${sourcesOf(token)}
    select min(r.ts) as first, max(r.ts) as last from venue join rollup r
      on r.token_id = ${token} and r.source = venue.source and r.tf = '1d'`.execute(db)
  const { first, last } = rows[0]!
  if (!first || !last) return `no candles of ${token} are kept: they are kept from the first call on that is followed`
  const day = (at: Date) => at.toISOString().slice(0, 10)
  return `no closed candle of ${interval} is kept in that span; of ${token} there is something from ${day(first)} to ${day(last)}`
}
