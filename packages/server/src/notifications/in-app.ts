import { sql } from 'kysely'
import { toIso } from '@pumpiq/domain'
import type { ReadNotice } from '@pumpiq/api'
import type { Db, Tx } from '../db/db.ts'
import { Notice } from './notice.ts'

export type InApp = ReturnType<typeof createInApp>

/** Where a page ended; epoch ms. */
export type NoticePosition = { readonly at: number; readonly id: string }

/** The list in the app: what a user was told, read or not. Deliveries name what they bear by these rows. */
export function createInApp({ db }: { db: Db }) {
  return {
    /** Keeps each once. */
    async put(tx: Tx | Db, told: readonly { userId: string; notice: Notice }[]): Promise<void> {
      if (told.length === 0) return
      await sql`insert into notice (id, user_id, at, document)
        select id, user_id, at, document::jsonb from unnest(
          ${told.map(({ notice }) => notice.id)}::uuid[], ${told.map(({ userId }) => userId)}::text[],
          ${told.map(({ notice }) => notice.at)}::timestamptz[], ${told.map(({ notice }) => JSON.stringify(notice))}::text[]
        ) as told (id, user_id, at, document)
        on conflict (user_id, id) do nothing`.execute(tx)
    },

    /** Newest first. */
    async list(
      userId: string,
      { before, unread, limit }: { before: NoticePosition | null; unread: boolean; limit: number },
    ): Promise<ReadNotice[]> {
      const rows = await db
        .selectFrom('notice')
        .select(['document', 'readAt'])
        .where('userId', '=', userId)
        .$if(unread, (query) => query.where('readAt', 'is', null))
        .$if(before !== null, (query) =>
          query.where(sql<boolean>`(at, id) < (${toIso(before!.at)}::timestamptz, ${before!.id}::uuid)`),
        )
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(({ document, readAt }) => ({ ...Notice.parse(document), readAt: readAt && readAt.toISOString() }))
    },

    /** Those of the ids that are there, oldest first. */
    async byIds(userId: string, ids: readonly string[]): Promise<Notice[]> {
      const rows = await db
        .selectFrom('notice')
        .select('document')
        .where('userId', '=', userId)
        .where('id', 'in', [...ids])
        .orderBy('at')
        .orderBy('id')
        .execute()
      return rows.map(({ document }) => Notice.parse(document))
    },

    async unread(userId: string): Promise<number> {
      const { count } = await db
        .selectFrom('notice')
        .select((is) => is.fn.countAll<number>().as('count'))
        .where('userId', '=', userId)
        .where('readAt', 'is', null)
        .executeTakeFirstOrThrow()
      return count
    },

    /** Those named, or all that happened up to an instant. What was read before stays as it was. */
    async markRead(userId: string, which: { ids: readonly string[] } | { upTo: string }, now: number): Promise<void> {
      const mark = db
        .updateTable('notice')
        .set({ readAt: toIso(now) })
        .where('userId', '=', userId)
        .where('readAt', 'is', null)
      await (
        'ids' in which
          ? mark.where('id', 'in', [...which.ids])
          : mark.where(sql<boolean>`at <= ${which.upTo}::timestamptz`)
      ).execute()
    },
  }
}
