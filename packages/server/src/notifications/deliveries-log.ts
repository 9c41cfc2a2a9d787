import { sql, type Selectable } from 'kysely'
import type { Delivery } from '@pumpiq/api'
import { toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { DeliveryTable } from '../db/schema.ts'
import { noticesOf } from './deliveries.ts'

export type DeliveryLog = ReturnType<typeof createDeliveryLog>

/** Of a digest's notices. */
const titlesShown = 3

/** What was sent where, for people; each sees his own. */
export function createDeliveryLog({ db }: { db: Db }) {
  const own = (userId: string) =>
    db
      .selectFrom('delivery')
      .innerJoin('notificationChannel as channel', 'channel.id', 'delivery.channelId')
      .selectAll('delivery')
      .select(['channel.kind', 'channel.name'])
      .where('delivery.userId', '=', userId)

  return {
    /** The user's log, newest first. */
    async list(
      userId: string,
      { before, limit }: { before: { at: number; id: string } | null; limit: number },
    ): Promise<Delivery[]> {
      const rows = await own(userId)
        .$if(before !== null, (query) =>
          query.where(
            sql<boolean>`(delivery.created_at, delivery.id) < (${toIso(before!.at)}::timestamptz, ${before!.id}::uuid)`,
          ),
        )
        .orderBy('delivery.createdAt', 'desc')
        .orderBy('delivery.id', 'desc')
        .limit(limit)
        .execute()
      const titles = await titlesOf(
        db,
        userId,
        rows.flatMap((row) => noticesOf(row).slice(0, titlesShown)),
      )
      return rows.map((row) => toldOf(row, titles))
    },

    async byId(userId: string, id: string): Promise<Delivery | null> {
      const row = await own(userId).where('delivery.id', '=', id).executeTakeFirst()
      return row ? toldOf(row, await titlesOf(db, userId, noticesOf(row).slice(0, titlesShown))) : null
    },
  }
}

async function titlesOf(db: Db, userId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('notice')
    .select(['id', sql<string>`document->>'title'`.as('title')])
    .where('userId', '=', userId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, title }) => [id, title]))
}

function toldOf(
  row: Selectable<DeliveryTable> & { kind: string; name: string },
  titles: ReadonlyMap<string, string>,
): Delivery {
  const notices = noticesOf(row)
  return {
    id: row.id,
    channel: { id: row.channelId, kind: row.kind, name: row.name },
    titles: notices.slice(0, titlesShown).flatMap((id) => titles.get(id) ?? []),
    notices: notices.length,
    digest: row.key.startsWith('digest '),
    state: row.state,
    attempts: row.attempts,
    problem: row.lastProblem,
    createdAt: row.createdAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    endedAt: row.endedAt && row.endedAt.toISOString(),
  }
}
