import type { Tier } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createTiers } from './tiers.ts'

export type TiersOf = (userIds: readonly string[]) => Promise<ReadonlyMap<string, Tier>>
export type TierOf = (userId: string) => Promise<Tier>

/** The tiers of accounts; whoever has none, or has it no more, is held to the least. */
export const createTiersOf = (needs: { db: Db }): TiersOf => {
  const tiers = createTiers(needs)
  return async (userIds) => {
    const known = await tiers.of(userIds)
    return new Map(userIds.map((userId) => [userId, known.get(userId) ?? 'free']))
  }
}

export const createTierOf = (needs: { db: Db }): TierOf => {
  const tiersOf = createTiersOf(needs)
  return async (userId) => (await tiersOf([userId])).get(userId)!
}
