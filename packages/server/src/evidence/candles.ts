import { sql, type RawBuilder } from 'kysely'
import { Failure, intervals, slice, toIso, type Candles, type Interval } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import { epochMs, instantOf, packed, type PackedCandles, textOf, unpack } from './columns.ts'

/** Whose candles: a token at a venue. */
export type Series = { readonly token: string; readonly source: string }

/**
 * Between `fromAt` and `knownUntil` (the close of the newest candle; epoch ms) every candle that the venue has is kept. `answeredAt` is when
 * the venue last answered at all, `problem` why it did not the last time, `revisedFrom` the open of the oldest candle that was corrected or
 * came late and by which nothing was judged yet.
 */
export type CandleCursor = {
  readonly fromAt: number
  readonly knownUntil: number
  readonly askedAt: number
  readonly answeredAt: number | null
  readonly problem: string | null
  readonly revisedFrom: number | null
}

export type CandleStore = ReturnType<typeof createCandleStore>

/** Closed candles as venues gave them, and how far they are known. Prices are kept as the decimal text of their doubles. */
export function createCandleStore({ db }: { db: Db }) {
  return {
    put,
    putCursor,
    settleRevision,

    async cursor({ token, source }: Series): Promise<CandleCursor | null> {
      const row = await db
        .selectFrom('candleCursor')
        .selectAll()
        .where('tokenId', '=', token)
        .where('source', '=', source)
        .executeTakeFirst()
      if (!row) return null
      const { fromAt, knownUntil, askedAt, answeredAt, problem, revisedFrom } = row
      return {
        fromAt: fromAt.getTime(),
        knownUntil: knownUntil.getTime(),
        askedAt: askedAt.getTime(),
        answeredAt: answeredAt?.getTime() ?? null,
        problem,
        revisedFrom: revisedFrom?.getTime() ?? null,
      }
    },

    /**
     * The candles that open in [from, to), oldest first; with `keptBy` only those that were kept by then. Read in pieces, so that an
     * embedded database holds nothing up for long.
     */
    async read({ token, source }: Series, { interval, from, to, keptBy }: Range): Promise<Candles> {
      const pieces: PackedCandles[] = []
      const by = keptBy === undefined ? sql`` : sql`and fetched_at <= ${toIso(keptBy)}::timestamptz`
      for (let at = from; at < to; at += piece * intervals[interval]) {
        const until = Math.min(to, at + piece * intervals[interval])
        const { rows } = await sql<PackedCandles>`
          select ${packed} from (
            select ${epochMs(sql`ts`)} as at, o, h, l, c, v from candle
            where token_id = ${token} and source = ${source} and tf = ${interval}
              and ts >= ${toIso(at)}::timestamptz and ts < ${toIso(until)}::timestamptz ${by}
            order by ts) as sorted`.execute(db)
        pieces.push(rows[0]!)
      }
      return unpack(`${source}:${token}:${interval}`, intervals[interval], pieces)
    },
  }
}

type Range = {
  readonly interval: Interval
  readonly from: number
  readonly to: number
  readonly keptBy?: number
}

/** Candles read or written by one statement. */
const piece = 5_000

/**
 * Keeps closed candles; one that is kept already and differs is replaced, and its revision counts it. What changed of the minutes is due to
 * be rolled up. Answers the opens of what changed or is new, oldest first.
 */
async function put(
  tx: Tx,
  series: Series,
  candles: Candles,
  { interval, fetchedAt }: { interval: Interval; fetchedAt: number },
): Promise<number[]> {
  if (candles.intervalMs !== intervals[interval]) {
    throw new Failure('broken', `${candles.id} are no ${interval} candles`)
  }
  const changed: number[] = []
  for (let from = 0; from < candles.length; from += piece) {
    changed.push(...(await putPiece(tx, series, slice(candles, from, from + piece), interval, toIso(fetchedAt))))
  }
  return changed
}

/** Tells which rows changed only where not all did: mostly all are new or none. */
async function putPiece(
  tx: Tx,
  { token, source }: Series,
  candles: Candles,
  interval: Interval,
  fetchedAt: string,
): Promise<number[]> {
  const { length, openAt } = candles
  const column = (values: Float64Array) => textOf(values, length)
  const { rows } = await sql<{ n: number; at: string | null }>`
    with changed as (
      insert into candle (token_id, source, tf, ts, o, h, l, c, v, fetched_at)
      select ${token}, ${source}, ${interval}, ${instantOf(sql`given.at`)}, given.o, given.h, given.l, given.c, given.v,
        ${fetchedAt}::timestamptz
      from unnest(${column(openAt)}::float8[], ${column(candles.open)}::numeric[],
        ${column(candles.high)}::numeric[], ${column(candles.low)}::numeric[],
        ${column(candles.close)}::numeric[], ${column(candles.volume)}::numeric[]) as given (at, o, h, l, c, v)
      on conflict (token_id, source, tf, ts) do update set o = excluded.o, h = excluded.h, l = excluded.l, c = excluded.c,
        v = excluded.v, fetched_at = excluded.fetched_at, revision = candle.revision + 1
      where (candle.o, candle.h, candle.l, candle.c, candle.v)
        is distinct from (excluded.o, excluded.h, excluded.l, excluded.c, excluded.v)
      returning ts)${interval === '1m' ? due({ token, source }) : sql``}
    select count(*)::int as n,
      case when count(*) < ${length}::int then string_agg(${epochMs(sql`ts`)}::text, ',' order by ts) end as at
    from changed`.execute(tx)
  const { n, at } = rows[0]!
  return n === length ? Array.from(openAt.subarray(0, length)) : (at?.split(',').map(Number) ?? [])
}

/** Marks a series from the oldest minute that changed on; in the statement that changes it, so that no roll-up misses it. */
const due = ({ token, source }: Series): RawBuilder<unknown> => sql`, due as (
  insert into rollup_due (token_id, source, due_from)
  select ${token}, ${source}, min(ts) from changed having count(*) > 0
  on conflict (token_id, source) do update set due_from = least(rollup_due.due_from, excluded.due_from))`

async function putCursor(tx: Tx, { token, source }: Series, cursor: CandleCursor): Promise<void> {
  const { fromAt, knownUntil, askedAt, answeredAt, problem, revisedFrom } = cursor
  const values = {
    fromAt: toIso(fromAt),
    knownUntil: toIso(knownUntil),
    askedAt: toIso(askedAt),
    answeredAt: answeredAt === null ? null : toIso(answeredAt),
    problem,
    revisedFrom: revisedFrom === null ? null : toIso(revisedFrom),
  }
  await tx
    .insertInto('candleCursor')
    .values({ tokenId: token, source, ...values })
    .onConflict((on) => on.columns(['tokenId', 'source']).doUpdateSet(values))
    .execute()
}

/** What was corrected has been judged by. */
const settleRevision = async (tx: Tx, { token, source }: Series): Promise<void> => {
  await tx
    .updateTable('candleCursor')
    .set({ revisedFrom: null })
    .where('tokenId', '=', token)
    .where('source', '=', source)
    .execute()
}
