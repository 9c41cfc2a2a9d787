import { sql, type RawBuilder } from 'kysely'
import { Fit, toIso, type Timeframe } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { keyOf } from './live-trials.ts'

export type FitStore = ReturnType<typeof createFitStore>

/** Fits of the live level, as they were made; none is changed. */
export function createFitStore({ db }: { db: Db }) {
  return {
    /** A fit that is there already stays as it is. */
    async keep(id: string, fit: Fit, madeAt: number): Promise<void> {
      await db
        .insertInto('confidenceFit')
        .values({
          id,
          timeframe: fit.timeframe,
          key: keyOf(fit.weights, fit.kinds),
          knownUntil: fit.until,
          madeAt: toIso(madeAt),
          document: JSON.stringify(fit),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    /**
     * The newest of each set of weights and kinds, of those made and known by an instant (epoch ms). Every recommendation asks, and fits only
     * become more: the index is entered once a key, whatever lies behind it.
     */
    async newest(timeframe: Timeframe, at: number): Promise<Fit[]> {
      const instant = sql`${toIso(at)}::timestamptz`
      const next = (after: RawBuilder<unknown>) =>
        sql`select key from confidence_fit where timeframe = ${timeframe} ${after} order by key limit 1`
      const { rows } = await sql<{ document: object }>`
        with recursive named (key) as (
          (${next(sql``)}) union all
          select (${next(sql`and key > named.key`)}) from named where named.key is not null
        )
        select newest.document from named cross join lateral (
          select document from confidence_fit
          where timeframe = ${timeframe} and key = named.key and known_until < ${instant} and made_at <= ${instant}
          order by known_until desc, made_at desc limit 1
        ) as newest order by named.key`.execute(db)
      return rows.map(({ document }) => Fit.parse(document))
    },
  }
}
