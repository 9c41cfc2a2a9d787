import { sql, type Selectable } from 'kysely'
import { Failure, Profile, seconds, toIso, tokenId, type TokenId } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { BatchItemTable, BatchTable } from '../db/schema.ts'
import type { Ids } from '../platform/ids.ts'

export type BatchItem = {
  readonly position: number
  readonly token: TokenId
  readonly symbol: string
  readonly state: 'waiting' | 'asked' | 'done' | 'failed' | 'cancelled'
  readonly askId: string | null
  readonly attempts: number
  readonly recommendationId: string | null
  readonly problem: string | null
}
/** Instants are epoch ms. `profile` is what its recommendations are made for. */
export type Batch = {
  readonly id: string
  readonly userId: string
  readonly kind: 'recommendation' | 'batch'
  readonly profile: Profile
  readonly maxAgeMs: number
  readonly createdAt: number
  readonly cancelled: boolean
  readonly endedAt: number | null
  readonly items: readonly BatchItem[]
}
export type NewBatch = Pick<Batch, 'userId' | 'kind' | 'profile' | 'maxAgeMs'> & {
  readonly tokens: readonly { readonly id: TokenId; readonly symbol: string }[]
}
export type BatchPosition = { readonly at: number; readonly id: string }

export type BatchStore = ReturnType<typeof createBatchStore>

/** Recommendations asked for in one go, row by row: whoever goes on with one finds here how far it is. */
export function createBatchStore({ db, ids }: { db: Db; ids: Ids }) {
  async function whole(rows: readonly Selectable<BatchTable>[]): Promise<Batch[]> {
    if (rows.length === 0) return []
    const batchIds = rows.map(({ id }) => id)
    const items = await db
      .selectFrom('batchItem')
      .selectAll()
      .where('batchId', 'in', batchIds)
      .orderBy('position')
      .execute()
    return rows.map((row) =>
      batch(
        row,
        items.filter(({ batchId }) => batchId === row.id),
      ),
    )
  }
  const own = (userId: string) => db.selectFrom('batch').selectAll().where('userId', '=', userId)

  return {
    /** Refused (tooMany) where the user has so many under way. */
    async add({ userId, kind, profile, maxAgeMs, tokens }: NewBatch, now: number, most: number): Promise<string> {
      const id = ids.next()
      await db.transaction().execute(async (tx) => {
        await sql`select pg_advisory_xact_lock(hashtextextended(${`batch ${userId}`}, 0))`.execute(tx)
        const { open } = await tx
          .selectFrom('batch')
          .select((is) => is.fn.countAll<number>().as('open'))
          .where('userId', '=', userId)
          .where('endedAt', 'is', null)
          .executeTakeFirstOrThrow()
        if (open >= most)
          throw new Failure('tooMany', `you have ${open} jobs under way, and your tier may have ${most} at once`, {
            retryAfterMs: seconds(10),
          })
        const row = { id, userId, kind, profile: JSON.stringify(profile), maxAgeMs, createdAt: toIso(now) }
        await tx.insertInto('batch').values(row).execute()
        const items = tokens.map((token, position) => ({
          batchId: id,
          position,
          tokenId: token.id,
          symbol: token.symbol,
        }))
        await tx.insertInto('batchItem').values(items).execute()
      })
      return id
    },

    async of(userId: string, id: string): Promise<Batch | null> {
      return (await whole(await own(userId).where('id', '=', id).execute()))[0] ?? null
    },

    /** Whosever it is: for those who go on with it. */
    async byId(id: string): Promise<Batch | null> {
      return (await whole(await db.selectFrom('batch').selectAll().where('id', '=', id).execute()))[0] ?? null
    },

    /** Newest first. */
    async list(userId: string, before: BatchPosition | null, limit: number): Promise<Batch[]> {
      let query = own(userId)
      if (before !== null)
        query = query.where(sql<boolean>`(created_at, id) < (${toIso(before.at)}::timestamptz, ${before.id}::uuid)`)
      return whole(await query.orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit).execute())
    },

    /** Those under way, oldest first. */
    async open(): Promise<string[]> {
      const rows = db.selectFrom('batch').select('id').where('endedAt', 'is', null)
      return (await rows.orderBy('createdAt').limit(500).execute()).map(({ id }) => id)
    },

    /** Those that wait for the answer to a question. */
    async waitingFor(askId: string): Promise<string[]> {
      const rows = db.selectFrom('batchItem').select('batchId').distinct().where('askId', '=', askId)
      return (await rows.where('state', '=', 'asked').execute()).map(({ batchId }) => batchId)
    },

    /** Moves an item on, unless somebody else has. */
    async move(id: string, from: BatchItem, to: Partial<BatchItem>, now: number): Promise<void> {
      const { state, askId, attempts, recommendationId, problem } = { ...from, ...to }
      const isOver = state === 'done' || state === 'failed'
      await db
        .updateTable('batchItem')
        .set({ state, askId, attempts, recommendationId, problem, endedAt: isOver ? toIso(now) : null })
        .where('batchId', '=', id)
        .where('position', '=', from.position)
        .where('state', '=', from.state)
        .execute()
    },

    async end(id: string, now: number): Promise<void> {
      const still = db
        .updateTable('batch')
        .set({ endedAt: toIso(now) })
        .where('endedAt', 'is', null)
      await still.where('id', '=', id).execute()
    },

    /** What has not been answered is not waited for any more. */
    async cancel(userId: string, id: string, now: number): Promise<void> {
      await db.transaction().execute(async (tx) => {
        const cancelled = await tx
          .updateTable('batch')
          .set({ cancelled: true, endedAt: toIso(now) })
          .where('userId', '=', userId)
          .where('id', '=', id)
          .where('endedAt', 'is', null)
          .returning('id')
          .executeTakeFirst()
        if (!cancelled) return
        const left = tx.updateTable('batchItem').set({ state: 'cancelled' }).where('batchId', '=', id)
        await left.where('state', 'in', ['waiting', 'asked']).execute()
      })
    },

    /** Lets go of those that ended before an instant (epoch ms). */
    async forget(before: number): Promise<void> {
      await db
        .deleteFrom('batch')
        .where('endedAt', '<', toIso(before) as never)
        .execute()
    },
  }
}

const batch = (row: Selectable<BatchTable>, items: readonly Selectable<BatchItemTable>[]): Batch => ({
  id: row.id,
  userId: row.userId,
  kind: row.kind,
  maxAgeMs: row.maxAgeMs,
  cancelled: row.cancelled,
  profile: Profile.parse(row.profile),
  createdAt: row.createdAt.getTime(),
  endedAt: row.endedAt?.getTime() ?? null,
  items: items.map(({ position, symbol, state, askId, attempts, recommendationId, problem, ...item }) => ({
    position,
    symbol,
    state,
    askId,
    attempts,
    recommendationId,
    problem,
    token: tokenId(item.tokenId),
  })),
})
