import { sql } from 'kysely'
import { type Bar, candlesOf, Failure, intervals, priceOf, toIso, type Candles, type Interval } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'

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
    async read({ token, source }: Series, { interval, from, to, keptBy = farAway }: Range): Promise<Candles> {
      const bars: Bar[] = []
      for (let at = from; at < to; at += piece * intervals[interval]) {
        const until = Math.min(to, at + piece * intervals[interval])
        const { rows } = await sql<Bar>`
          select (extract(epoch from ts) * 1000)::float8 as "openAt", o::float8 as open, h::float8 as high, l::float8 as low,
            c::float8 as close, v::float8 as volume
          from candle where token_id = ${token} and source = ${source} and tf = ${interval}
            and ts >= ${toIso(at)}::timestamptz and ts < ${toIso(until)}::timestamptz
            and fetched_at <= ${toIso(keptBy)}::timestamptz
          order by ts`.execute(db)
        for (const row of rows) bars.push(row)
      }
      return candlesOf(`${source}:${token}:${interval}`, intervals[interval], bars)
    },
  }
}

type Range = {
  readonly interval: Interval
  readonly from: number
  readonly to: number
  readonly keptBy?: number
}

const farAway = Date.UTC(9999, 0)

/** Candles read in one query. */
const piece = 5_000

/** Keeps closed candles; one that is kept already and differs is replaced, and its revision counts it. Answers the opens of what changed or is new. */
async function put(
  tx: Tx,
  { token, source }: Series,
  candles: Candles,
  { interval, fetchedAt }: { interval: Interval; fetchedAt: number },
): Promise<number[]> {
  if (candles.intervalMs !== intervals[interval]) {
    throw new Failure('broken', `${candles.id} are no ${interval} candles`)
  }
  if (candles.length === 0) return []
  const column = (values: Float64Array) => Array.from(values.subarray(0, candles.length), priceOf)
  const { rows } = await sql<{ ts: Date }>`
    insert into candle (token_id, source, tf, ts, o, h, l, c, v, fetched_at)
    select ${token}, ${source}, ${interval}, given.ts, given.o, given.h, given.l, given.c, given.v, ${toIso(fetchedAt)}::timestamptz
    from unnest(${Array.from(candles.openAt.subarray(0, candles.length), toIso)}::timestamptz[], ${column(candles.open)}::numeric[],
      ${column(candles.high)}::numeric[], ${column(candles.low)}::numeric[], ${column(candles.close)}::numeric[],
      ${column(candles.volume)}::numeric[]) as given (ts, o, h, l, c, v)
    on conflict (token_id, source, tf, ts) do update set o = excluded.o, h = excluded.h, l = excluded.l, c = excluded.c,
      v = excluded.v, fetched_at = excluded.fetched_at, revision = candle.revision + 1
    where (candle.o, candle.h, candle.l, candle.c, candle.v)
      is distinct from (excluded.o, excluded.h, excluded.l, excluded.c, excluded.v)
    returning ts`.execute(tx)
  return rows.map(({ ts }) => ts.getTime())
}

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
