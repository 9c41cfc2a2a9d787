import type { Tier } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'

export type TiersOf = (userIds: readonly string[]) => Promise<ReadonlyMap<string, Tier>>
export type TierOf = (userId: string) => Promise<Tier>

/** The tiers of accounts; whoever has none, or has it no more, is held to the least. */
export const createTiersOf =
  ({ db }: { db: Db }): TiersOf =>
  async (userIds) => {
    if (userIds.length === 0) return new Map()
    const rows = await db
      .selectFrom('authUser')
      .select(['id', 'tier'])
      .where('id', 'in', [...userIds])
      .execute()
    const known = new Map(rows.map(({ id, tier }) => [id, tier]))
    return new Map(userIds.map((userId) => [userId, known.get(userId) ?? 'free']))
  }

export const createTierOf = (needs: { db: Db }): TierOf => {
  const tiersOf = createTiersOf(needs)
  return async (userId) => (await tiersOf([userId])).get(userId)!
}
