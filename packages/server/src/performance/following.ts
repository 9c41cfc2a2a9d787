import { sql } from 'kysely'
import { followedOf, planOf, Recommendation, toIso, type Costs, type Plan, type TokenId } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import { createDiscover } from './discover.ts'
import type { Pause } from './outcomes-counted.ts'

/** A recommendation that is followed, in numbers; `source` is the venue its decision's candles came from. */
export type Following = {
  readonly id: string
  readonly token: TokenId
  readonly symbol: string
  readonly source: string
  readonly plan: Plan
  readonly costs: Costs
  /** By market cap, as the catalogue says now; null where it does not say. */
  readonly rank: number | null
}

/** Told of a document that cannot be followed; the others are. */
type Omitted = (id: string, thrown: unknown) => void

type Watched = { readonly token: TokenId; readonly source: string; readonly symbol: string; readonly since: number }

export type FollowingStore = ReturnType<typeof createFollowingStore>

/** Which recommendations are followed and on which venue. All but `closed` can be made again from the sealed documents. */
export function createFollowingStore({ db, pause }: { db: Db; pause: Pause }) {
  return {
    discover: createDiscover({ db }),

    /** All that is open, oldest first; or those of some ids that are. */
    async open(omit: Omitted, among?: readonly string[]): Promise<Following[]> {
      if (among?.length === 0) return []
      const rows = await db
        .selectFrom('following')
        .select('recommendationId as id')
        .where('closed', '=', false)
        .$if(among !== undefined, (query) => query.where('recommendationId', 'in', [...among!]))
        .orderBy('issuedAt')
        .execute()
      const found: Following[] = []
      for (let from = 0; from < rows.length; from += batch) {
        const ids = rows.slice(from, from + batch).map(({ id }) => id)
        found.push(...(await documents(db, ids, omit)))
        // An embedded database answers without the event loop: thousands of calls would stop everything else for seconds.
        await pause()
      }
      return found
    },

    /**
     * The series in which a correction may still be told that matters: behind the end of some call (not before `endedFrom`, epoch ms) less is
     * known than a venue shows again, or a correction is kept that nothing was judged by. `since`: from when on candles are needed for that;
     * what lies before the cursor of the series is not asked for again.
     */
    async watched(endedFrom: number, shownAgainMs: number): Promise<Watched[]> {
      const { rows } = await sql<Omit<Watched, 'since'> & { since: Date }>`
        -- offset 0: step by step from what is few, not by reading all that was ever followed
        select token_id as token, source, max(symbol) as symbol, min(since) as since from (
          select f.token_id, f.source, f.symbol, greatest(f.issued_at, c.from_at) as since
          from (select recommendation_id as id, ended_at from outcomes
            where ended_at >= ${toIso(endedFrom)}::timestamptz offset 0) o
          cross join lateral (select * from following where recommendation_id = o.id and closed offset 0) f
          join candle_cursor c using (token_id, source)
          where o.ended_at >= c.known_until - ${shownAgainMs}::float8 * interval '1 millisecond'
          union all
          select f.token_id, f.source, f.symbol, greatest(f.issued_at, c.from_at) as since
          from (select * from candle_cursor where revised_from is not null offset 0) c
          cross join lateral (select * from following where token_id = c.token_id and source = c.source
            and expires_at > c.revised_from and closed offset 0) f) as watched
        group by token_id, source`.execute(db)
      return rows.map((row) => ({ ...row, since: row.since.getTime() }))
    },

    /** Closed ones of a token and venue whose horizon reaches behind an instant, with the last outcome kept. */
    async closedBehind(token: string, source: string, at: number, omit: Omitted): Promise<Following[]> {
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
        omit,
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

async function documents(db: Db, ids: readonly string[], omit: Omitted): Promise<Following[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('following')
    .innerJoin('recommendations', 'recommendations.id', 'following.recommendationId')
    .leftJoin('tokens', 'tokens.id', 'following.tokenId')
    .select(['recommendationId', 'document', 'source', 'marketCapRank as rank'])
    .where('recommendationId', 'in', [...ids])
    .orderBy('following.issuedAt')
    .orderBy('following.recommendationId')
    .execute()
  return rows.flatMap(({ recommendationId, document, source, rank }) => {
    try {
      const parsed = Recommendation.parse(document)
      const { id, token, symbol, costs } = parsed
      return [{ id, token, symbol, source, plan: planOf(followedOf(parsed)), costs, rank }]
    } catch (thrown) {
      omit(recommendationId, thrown)
      return []
    }
  })
}
