import { sql } from 'kysely'
import { toIso } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import type { KeptQuotas, Spent } from '../network/kept-count.ts'

/** Any number that no other lock of ours begins with. */
const spending = 7_081_945

/** What was spent of sources' quotas, for all processes on this database. */
export function createQuotas({ db }: { db: Db }): KeptQuotas {
  async function spentOf(on: Db | Tx, quota: string, since: number): Promise<Spent[]> {
    const rows = await on
      .selectFrom('quotaSpent')
      .select(['until', 'calls'])
      .where('quota', '=', quota)
      .where('until', '>', new Date(since))
      .execute()
    return rows.map(({ until, calls }) => ({ until: until.getTime(), calls }))
  }

  const add = (tx: Tx, quota: string, { until, calls }: Spent) =>
    sql`insert into quota_spent (quota, until, calls) values (${quota}, ${toIso(until)}::timestamptz, ${Math.max(0, calls)})
      on conflict (quota, until) do update set calls = greatest(0, quota_spent.calls + ${calls})`.execute(tx)

  return {
    spent: (quota, since) => spentOf(db, quota, since),
    setAside: ({ quota, since, until, wanted, most, corrections }) =>
      db.transaction().execute(async (tx) => {
        // Two processes that set aside at once would both see what neither has taken yet.
        await sql`select pg_advisory_xact_lock(${sql.lit(spending)}, hashtext(${quota}))`.execute(tx)
        for (const correction of corrections) await add(tx, quota, correction)
        const before = await spentOf(tx, quota, since)
        const got = Math.max(0, Math.min(wanted, most - before.reduce((sum, { calls }) => sum + calls, 0)))
        if (got === 0) return { got, spent: before }
        await add(tx, quota, { until, calls: got })
        return { got, spent: await spentOf(tx, quota, since) }
      }),
  }
}
