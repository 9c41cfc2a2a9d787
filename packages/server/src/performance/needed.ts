import { sql } from 'kysely'
import { days, toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'

/** Behind its end a call may be judged again while the tracker still watches for corrections, which is shorter. */
const endedForMs = days(9)

/**
 * From when on candles are needed to follow: those of every open call, of what has ended lately or was corrected, and, of whatever venue,
 * of calls that were not taken up yet.
 */
export function createNeededCandles({ db, clock }: { db: Db; clock: Pick<Clock, 'now'> }) {
  return async function neededCandles() {
    const ended = sql`${toIso(clock.now() - endedForMs)}::timestamptz`
    const { rows } = await sql<{ token: string; source: string | null; from: Date }>`
      -- offset 0: step by step from what is few, not by reading all that was ever followed
      select token_id as token, source, min(issued_at) as "from" from (
        select token_id, source, issued_at from following where not closed or expires_at >= ${ended}
        union all
        select f.token_id, f.source, f.issued_at
        from (select recommendation_id as id from outcomes where ended_at >= ${ended} offset 0) o
        cross join lateral (select * from following where recommendation_id = o.id offset 0) f
        union all
        select f.token_id, f.source, f.issued_at
        from (select * from candle_cursor where revised_from is not null offset 0) c
        cross join lateral (select * from following where token_id = c.token_id and source = c.source
          and expires_at > c.revised_from offset 0) f) as followed
      group by token_id, source
      union all
      select r.token_id, null, min(r.issued_at) from recommendations r
      where r.document ->> 'abstained' is null
        and not exists (select from following f where f.recommendation_id = r.id)
      group by r.token_id`.execute(db)
    return rows.map(({ token, source, from }) => ({ token, source, from: from.getTime() }))
  }
}
