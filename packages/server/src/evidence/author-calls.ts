import { sql } from 'kysely'
import { days, toIso, type AuthorsCall, type MadeCall } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { keptDays } from './retention.ts'

export type AuthorCalls = ReturnType<typeof createAuthorCalls>

/** A call whose day is over and of which nothing is known yet. */
export type WaitingCall = { readonly author: string; readonly day: number; readonly token: string; readonly at: number }
/** `ratio` is null where it cannot be known, for `problem`. */
export type JudgedCall = WaitingCall & { readonly ratio: number | null; readonly problem: string | null }

/** What authors said which way tokens would go, and what came of it. */
export function createAuthorCalls({ db }: { db: Db }) {
  return {
    /** Keeps calls about a token: of each author the first of a day, whatever came later, also where it is noted after that. */
    async note(token: string, calls: readonly MadeCall[]): Promise<void> {
      if (calls.length === 0) return
      const column = (pick: (call: MadeCall) => string | number) => sql`${calls.map(pick)}`
      await sql`
        insert into author_call (author, day, token_id, direction, at, share, document_id)
        select distinct on (author, floor(extract(epoch from at) / 86400)) author,
          floor(extract(epoch from at) / 86400)::integer, ${token}, direction, at, share, document_id
        from unnest(${column(({ author }) => author)}::text[], ${column(({ direction }) => direction)}::integer[],
          ${column(({ at }) => toIso(at))}::timestamptz[], ${column(({ share }) => share)}::double precision[],
          ${column(({ post }) => post)}::text[]) as told (author, direction, at, share, document_id)
        order by author, floor(extract(epoch from at) / 86400), at, document_id
        on conflict (author, day) do update set token_id = excluded.token_id, direction = excluded.direction,
          at = excluded.at, share = excluded.share, document_id = excluded.document_id
        where author_call.at > excluded.at and author_call.judged_at is null`.execute(db)
    },

    /** When the newest call was known, epoch ms. */
    async newestAt(): Promise<number | null> {
      const { rows } = await sql<{ at: Date | null }>`select max(at) as at from author_call`.execute(db)
      return rows[0]?.at?.getTime() ?? null
    },

    /** Calls of before an instant (epoch ms) that nothing is known of yet, oldest first. */
    async waiting(before: number, limit: number): Promise<WaitingCall[]> {
      const rows = await db
        .selectFrom('authorCall')
        .select(['author', 'day', 'tokenId', 'at'])
        .where('judgedAt', 'is', null)
        .where('at', '<', new Date(before))
        .orderBy('at')
        .orderBy('author')
        .limit(limit)
        .execute()
      return rows.map(({ author, day, tokenId, at }) => ({ author, day, token: tokenId, at: at.getTime() }))
    },

    /** Says what came of calls; of each once. */
    async judge(calls: readonly JudgedCall[], now: number): Promise<void> {
      if (calls.length === 0) return
      const column = (pick: (call: JudgedCall) => string | number | null) => sql`${calls.map(pick)}`
      await sql`
        update author_call set return_ratio = told.ratio, problem = told.problem, judged_at = ${toIso(now)}::timestamptz
        from unnest(${column(({ author }) => author)}::text[], ${column(({ day }) => day)}::integer[],
          ${column(({ ratio }) => ratio)}::double precision[], ${column(({ problem }) => problem)}::text[])
          as told (author, day, ratio, problem)
        where author_call.author = told.author and author_call.day = told.day and judged_at is null`.execute(db)
    },

    /** What came of the authors' calls within a year, as far as it was known at an instant (epoch ms). */
    async records(authors: readonly string[], now: number): Promise<AuthorsCall[]> {
      if (authors.length === 0) return []
      const { rows } = await sql<Omit<AuthorsCall, 'at'> & { at: Date }>`
        select author, at, direction, return_ratio as "laterReturnRatio", share from author_call
        where author = any(${sql`${[...authors]}`}::text[]) and return_ratio is not null
          and judged_at <= ${toIso(now)}::timestamptz
          and at >= ${toIso(now - days(keptDays.authorCalls))}::timestamptz`.execute(db)
      return rows.map((row) => ({ ...row, at: row.at.getTime() }))
    },
  }
}
