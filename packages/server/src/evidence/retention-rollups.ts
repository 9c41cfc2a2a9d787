import { sql } from 'kysely'
import { days, toIso, type Interval } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Series } from './candles.ts'
import { seriesIn } from './retention-series.ts'

/** For how many days the narrow ones are kept, at least: they are many. The wider ones are few, and are kept for ever. */
export const keptRollupDays: Readonly<Partial<Record<Interval, number>>> = { '5m': 180, '15m': 180, '1h': 1_095 }

/** Rows that go by one statement. */
const batch = 5_000

/** Lets go of narrow roll-ups that are older than they are kept for; of a series at a time, through the index. */
export function createForgetRollups({ db }: { db: Db }) {
  async function remove({ token, source }: Series, tf: string, until: string, abort?: AbortSignal): Promise<number> {
    for (let gone = 0; ;) {
      if (abort?.aborted) return gone
      const { numAffectedRows = 0n } = await sql`delete from rollup where ctid = any(array(
        select ctid from rollup where token_id = ${token} and source = ${source} and tf = ${tf}
          and ts < ${until}::timestamptz limit ${batch}))`.execute(db)
      gone += Number(numAffectedRows)
      if (numAffectedRows < batch) return gone
    }
  }

  return async function forgetRollups(now: number, abort?: AbortSignal): Promise<number> {
    let gone = 0
    for (const series of await seriesIn(db, 'rollup'))
      for (const [tf, kept] of Object.entries(keptRollupDays))
        gone += await remove(series, tf, toIso(now - days(kept)), abort)
    return gone
  }
}
