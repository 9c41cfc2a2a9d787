import { sql } from 'kysely'
import {
  Failure,
  followedOf,
  isFailure,
  planOf,
  Recommendation,
  toIso,
  type Costs,
  type Plan,
  type TokenId,
} from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'

/** A recommendation that is followed, in numbers; `source` is the venue its decision's candles came from. */
export type Following = {
  readonly id: string
  readonly token: TokenId
  readonly symbol: string
  readonly source: string
  readonly plan: Plan
  readonly costs: Costs
}

type Watched = { readonly token: TokenId; readonly source: string; readonly symbol: string; readonly since: number }

export type FollowingStore = ReturnType<typeof createFollowingStore>

type Found = { id: string; token: string; symbol: string; issuedAt: Date; expiresAt: Date; hash: string }

/** Which recommendations are followed and on which venue. All but `closed` can be made again from the sealed documents. */
export function createFollowingStore({ db }: { db: Db }) {
  /** Calls (no abstentions) that are not yet in the table, in the order of the ledger. */
  const undiscovered = async (limit: number): Promise<Found[]> =>
    (
      await sql<Found>`
        select r.id, r.token_id as token, r.symbol, r.issued_at, r.expires_at, r.document ->> 'inputsHash' as hash
        from recommendations r
        where r.document ->> 'abstained' is null
          and not exists (select from following f where f.recommendation_id = r.id)
        order by r.ledger_seq limit ${limit}`.execute(db)
    ).rows

  /** The candles that were sealed with the decision say where they came from: `binance:BTCUSDT:1h`. */
  async function sourceOf({ id, hash }: Found): Promise<string> {
    const brief = await input(hash)
    const evidenceHash = brief['evidenceHash']
    const evidence = typeof evidenceHash === 'string' ? await input(evidenceHash) : {}
    const candles = (evidence['candles'] as { id?: string } | null | undefined)?.id
    if (!candles) throw new Failure('broken', `the evidence of ${id} names no candles: it cannot be followed`)
    return candles.slice(0, candles.indexOf(':'))
  }

  async function input(hash: string): Promise<Record<string, unknown>> {
    const row = await db.selectFrom('inputs').select('body').where('hash', '=', hash).executeTakeFirst()
    if (!row) throw new Failure('broken', `the inputs ${hash} are not kept`)
    return JSON.parse(row.body) as Record<string, unknown>
  }

  return {
    /**
     * Takes up what was recommended since; `write` runs a transaction by right of the lease. One whose evidence does not say where its candles
     * came from is told of and left out: it does not keep the others from being followed.
     */
    async discover(
      write: (work: (tx: Tx) => Promise<void>) => Promise<void>,
      omit: (id: string, thrown: unknown) => void,
    ): Promise<void> {
      for (;;) {
        const found = await undiscovered(batch)
        const rows: Row[] = []
        for (const one of found) {
          try {
            rows.push(rowOf(one, await sourceOf(one)))
          } catch (thrown) {
            if (!isFailure(thrown)) throw thrown
            omit(one.id, thrown)
          }
        }
        if (rows.length > 0) await write((tx) => insertRows(tx, rows))
        if (rows.length < batch) return
      }
    },

    /** The ids of all that is open, and those of them that are not known yet. */
    async open(known: ReadonlySet<string>): Promise<{ ids: ReadonlySet<string>; news: Following[] }> {
      const rows = await db
        .selectFrom('following')
        .select('recommendationId as id')
        .where('closed', '=', false)
        .orderBy('issuedAt')
        .execute()
      const ids = new Set(rows.map(({ id }) => id))
      const wanted = [...ids].filter((id) => !known.has(id))
      const news: Following[] = []
      for (let from = 0; from < wanted.length; from += batch) {
        news.push(...(await documents(db, wanted.slice(from, from + batch))))
      }
      return { ids, news }
    },

    /**
     * The series in which a correction may still be told that matters: behind the end of some call (not before `endedFrom`, epoch ms) less is
     * known than a venue shows again, or a correction is kept that nothing was judged by. `since`: the issue of the oldest such call.
     */
    async watched(endedFrom: number, shownAgainMs: number): Promise<Watched[]> {
      const { rows } = await sql<Omit<Watched, 'since'> & { since: Date }>`
        select f.token_id as token, f.source, max(f.symbol) as symbol, min(f.issued_at) as since
        from following f join candle_cursor c on c.token_id = f.token_id and c.source = f.source
        where f.closed and (c.revised_from < f.expires_at
          or exists (select from outcomes o where o.recommendation_id = f.recommendation_id
            and o.ended_at >= ${toIso(endedFrom)}::timestamptz
            and o.ended_at >= c.known_until - ${shownAgainMs}::float8 * interval '1 millisecond'))
        group by f.token_id, f.source`.execute(db)
      return rows.map((row) => ({ ...row, since: row.since.getTime() }))
    },

    /** Closed ones of a token and venue whose horizon reaches behind an instant, with the last outcome kept. */
    async closedBehind(token: string, source: string, at: number): Promise<Following[]> {
      const rows = await db
        .selectFrom('following')
        .select('recommendationId as id')
        .where('tokenId', '=', token)
        .where('source', '=', source)
        .where('closed', '=', true)
        .where('expiresAt', '>', toIso(at) as never)
        .execute()
      return documents(
        db,
        rows.map(({ id }) => id),
      )
    },

    async reopen(tx: Tx, id: string): Promise<void> {
      await tx.updateTable('following').set({ closed: false }).where('recommendationId', '=', id).execute()
    },

    async close(tx: Tx, id: string): Promise<void> {
      await tx.updateTable('following').set({ closed: true }).where('recommendationId', '=', id).execute()
    },

    /** Where one stands: its venue, whether it is closed, and up to when its candles are known. */
    async standingOf(id: string) {
      const row = await db
        .selectFrom('following')
        .leftJoin('candleCursor', (join) =>
          join
            .onRef('candleCursor.tokenId', '=', 'following.tokenId')
            .onRef('candleCursor.source', '=', 'following.source'),
        )
        .select(['following.source', 'closed', 'issuedAt', 'fromAt', 'knownUntil'])
        .where('recommendationId', '=', id)
        .executeTakeFirst()
      if (!row) return null
      const reaches = row.knownUntil !== null && row.knownUntil > row.issuedAt
      return { source: row.source, closed: row.closed, knownUntil: reaches ? row.knownUntil!.toISOString() : null }
    },
  }
}

const batch = 100

type Row = ReturnType<typeof rowOf>
const rowOf = ({ id, token, symbol, issuedAt, expiresAt }: Found, source: string) => ({
  id,
  token,
  symbol,
  source,
  issuedAt: issuedAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
})

/** One that has an outcome already, put back from the ledger before it was taken up again, is closed. */
async function insertRows(tx: Tx, rows: readonly Row[]): Promise<void> {
  const column = (key: keyof Row) => rows.map((row) => row[key])
  await sql`insert into following (recommendation_id, token_id, symbol, source, issued_at, expires_at, closed)
    select given.*, exists (select from outcomes o where o.recommendation_id = given.id)
    from unnest(${column('id')}::uuid[], ${column('token')}::text[], ${column('symbol')}::text[], ${column('source')}::text[],
      ${column('issuedAt')}::timestamptz[], ${column('expiresAt')}::timestamptz[]) as given (id, token, symbol, source, issued, expires)
    on conflict do nothing`.execute(tx)
}

async function documents(db: Db, ids: readonly string[]): Promise<Following[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('following')
    .innerJoin('recommendations', 'recommendations.id', 'following.recommendationId')
    .select(['document', 'source'])
    .where('recommendationId', 'in', [...ids])
    .orderBy('following.issuedAt')
    .orderBy('following.recommendationId')
    .execute()
  return rows.map(({ document, source }) => {
    const parsed = Recommendation.parse(document)
    const { id, token, symbol, costs } = parsed
    return { id, token, symbol, source, plan: planOf(followedOf(parsed)), costs }
  })
}
