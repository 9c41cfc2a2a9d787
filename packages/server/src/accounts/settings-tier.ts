import type { Tier } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'

export type TierOf = (userId: string) => Promise<Tier>

/** The tier of an account; whoever has none, or has it no more, is held to the least. */
export const createTierOf =
  ({ db }: { db: Db }): TierOf =>
  async (userId) => {
    const row = await db.selectFrom('authUser').select('tier').where('id', '=', userId).executeTakeFirst()
    return row?.tier ?? 'free'
  }
