import { sql } from 'kysely'
import { Failure, price, toIso, tokenId, type Price, type TokenId } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { lockOwn } from './own-lock.ts'

export type Watched = {
  readonly token: TokenId
  readonly note: string | null
  readonly targetPrice: Price | null
  readonly addedAt: number
}

/** What is said of a watched token; what is left out stays as it is. */
export type Wish = { readonly note?: string | null | undefined; readonly targetPrice?: Price | null | undefined }

export type Watchlist = ReturnType<typeof createWatchlist>

/** The tokens that users keep an eye on. */
export function createWatchlist({ db }: { db: Db }) {
  const own = (userId: string) => db.selectFrom('watchlist').selectAll().where('userId', '=', userId)

  return {
    /** Newest first. */
    async list(userId: string): Promise<Watched[]> {
      return (await own(userId).orderBy('addedAt', 'desc').orderBy('tokenId').execute()).map(watched)
    },

    async one(userId: string, token: TokenId): Promise<Watched | null> {
      const row = await own(userId).where('tokenId', '=', token).executeTakeFirst()
      return row ? watched(row) : null
    },

    /** Refused (conflict) where it would be one more than `most`. */
    async add(userId: string, token: TokenId, wish: Wish, { now, most }: { now: number; most: number }) {
      return db.transaction().execute(async (tx) => {
        await lockOwn(tx, 'watchlist', userId)
        const { count } = await tx
          .selectFrom('watchlist')
          .select((is) => is.fn.countAll<number>().as('count'))
          .where('userId', '=', userId)
          .where('tokenId', '<>', token)
          .executeTakeFirstOrThrow()
        if (count >= most)
          throw new Failure('conflict', `you watch ${count} tokens, and your tier may watch ${most}: remove one`)
        const row = await tx
          .insertInto('watchlist')
          .values({
            userId,
            tokenId: token,
            note: wish.note ?? null,
            targetPrice: wish.targetPrice ?? null,
            addedAt: toIso(now),
          })
          .onConflict((on) => on.columns(['userId', 'tokenId']).doUpdateSet(changes(wish)))
          .returningAll()
          .returning(sql<boolean>`xmax = 0`.as('made'))
          .executeTakeFirstOrThrow()
        return { made: row.made, watched: watched(row) }
      })
    },

    /** Null: it is not watched. */
    async change(userId: string, token: TokenId, wish: Wish): Promise<Watched | null> {
      const row = await db
        .updateTable('watchlist')
        .set(changes(wish))
        .where('userId', '=', userId)
        .where('tokenId', '=', token)
        .returningAll()
        .executeTakeFirst()
      return row ? watched(row) : null
    },

    async remove(userId: string, token: TokenId): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('watchlist')
        .where('userId', '=', userId)
        .where('tokenId', '=', token)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    /** What users watch or hold, what most of them do first. Each pair of user and token is found from the one before: transactions grow, these do not. */
    async neededTokens(limit: number): Promise<TokenId[]> {
      const { rows } = await sql<{ token: string }>`with recursive held as (
          (select user_id, token_id from portfolio_transaction order by user_id, token_id limit 1)
          union all
          select next.user_id, next.token_id from held, lateral (
            select user_id, token_id from portfolio_transaction
            where (user_id, token_id) > (held.user_id, held.token_id) order by user_id, token_id limit 1
          ) as next)
        select token_id as token from (
          select token_id, user_id from watchlist union select token_id, user_id from held
        ) as needed group by token_id order by count(*) desc, token_id limit ${limit}`.execute(db)
      return rows.map(({ token }) => tokenId(token))
    },
  }
}

/** A statement that changes nothing still names what it would change. */
const changes = ({ note, targetPrice }: Wish) => ({
  ...(note !== undefined && { note }),
  ...(targetPrice !== undefined && { targetPrice }),
  userId: sql<string>`watchlist.user_id`,
})

type Row = { tokenId: string; note: string | null; targetPrice: string | null; addedAt: Date }

const watched = ({ tokenId: token, note, targetPrice, addedAt }: Row): Watched => ({
  token: tokenId(token),
  note,
  targetPrice: targetPrice === null ? null : price(targetPrice),
  addedAt: addedAt.getTime(),
})
