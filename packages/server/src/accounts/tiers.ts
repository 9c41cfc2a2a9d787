import { Tier } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'

/** How many accounts have a tier: of people and of programs that may come in, and of either that may not. */
export type Having = { readonly people: number; readonly programs: number; readonly banned: number }

/** Who has which tier. */
export function createTiers({ db }: { db: Db }) {
  return {
    async having(): Promise<Readonly<Record<Tier, Having>>> {
      const rows = await db
        .selectFrom('authUser')
        .select((is) => ['tier', 'role', 'banned', is.fn.countAll<number>().as('n')])
        .groupBy(['tier', 'role', 'banned'])
        .execute()
      const count = (tier: Tier, is: (row: (typeof rows)[number]) => boolean) =>
        rows.filter((row) => row.tier === tier && is(row)).reduce((sum, { n }) => sum + n, 0)
      const of = (tier: Tier): Having => ({
        people: count(tier, ({ role, banned }) => role !== 'service' && !banned),
        programs: count(tier, ({ role, banned }) => role === 'service' && !banned),
        banned: count(tier, ({ banned }) => banned),
      })
      return Object.fromEntries(Tier.options.map((tier) => [tier, of(tier)])) as Record<Tier, Having>
    },

    /** Of these accounts; those that are no more are not in it. */
    async of(userIds: readonly string[]): Promise<ReadonlyMap<string, Tier>> {
      if (userIds.length === 0) return new Map()
      const rows = await db
        .selectFrom('authUser')
        .select(['id', 'tier'])
        .where('id', 'in', [...userIds])
        .execute()
      return new Map(rows.map(({ id, tier }) => [id, tier]))
    },
  }
}
