import { sql, type RawBuilder } from 'kysely'
import { days, toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { createForgetCandles, type Needed } from './retention-candles.ts'
import { createForgetRollups } from './retention-rollups.ts'

/**
 * For how many days what is kept, at least: older may be gone, newer never is. What is not named here is kept for ever: the ledger, inputs,
 * recommendations, outcomes, the wider roll-ups.
 */
export const keptDays = {
  /** The longest call lives for 60 days and may be judged again for eight more; then minutes serve pictures, and roll-ups do that better. */
  candles: 90,
  /** They are in the evidence of whatever was decided on them. */
  observations: 30,
  /** What they came to is in the sealed evidence; claims and the tokens they are about go with them. */
  documents: 30,
  /** An author's record is that of the last year. */
  authorCalls: 365,
  /** The longest window of a quota is a month. */
  quotas: 62,
  /** What a watch last told of a token that nobody needs any more. */
  watched: 7,
  /** As long as a call lives and a user may ask what he was told of it; what has not ended stays. */
  notifications: 90,
  /** What came of a question is a recommendation; a failed one explains itself for a month. */
  asks: 30,
} as const

type Needs = {
  db: Db
  clock: Pick<Clock, 'now'>
  log: Log
  /** From when on minutes are still needed, whatever their age. */
  needed: Needed
}

/** How many rows of each table went. */
export type Forgotten = Readonly<Record<string, number>>
export type Forget = ReturnType<typeof createForget>

/** Rows that go by one statement. */
const batch = 2_000

/** Lets go of what is older than it is kept for, in batches; it may be ended anywhere and goes on the next time. */
export function createForget({ db, clock, log, needed }: Needs) {
  const forgetCandles = createForgetCandles({ db, needed })
  const forgetRollups = createForgetRollups({ db })

  async function rows(table: string, old: RawBuilder<unknown>, abort?: AbortSignal): Promise<number> {
    for (let gone = 0; ;) {
      if (abort?.aborted) return gone
      const { numAffectedRows = 0n } = await sql`delete from ${sql.table(table)} where ctid = any(array(
        select ctid from ${sql.table(table)} as kept where ${old} limit ${batch}))`.execute(db)
      gone += Number(numAffectedRows)
      if (numAffectedRows < batch) return gone
    }
  }

  return async function forget(abort?: AbortSignal): Promise<Forgotten> {
    const now = clock.now()
    const gone: Record<string, number> = { candle: await forgetCandles(now - days(keptDays.candles), abort) }
    gone['rollup'] = await forgetRollups(now, abort)
    for (const [table, old] of Object.entries(oldOf(now))) gone[table] = await rows(table, old, abort)
    if (Object.values(gone).some((n) => n > 0)) log.info('what was older than it is kept for is gone', gone)
    return gone
  }
}

/** Which rows of a table have ended and are old. */
function oldOf(now: number): Readonly<Record<string, RawBuilder<unknown>>> {
  const before = (kept: number) => sql`${toIso(now - days(kept))}::timestamptz`
  const notified = before(keptDays.notifications)
  return {
    observation: sql`observed_at < ${before(keptDays.observations)}`,
    newest_figure: sql`observed_at < ${before(keptDays.observations)}`,
    document: sql`fetched_at < ${before(keptDays.documents)}`,
    author_call: sql`at < ${before(keptDays.authorCalls)}`,
    quota_spent: sql`until < ${before(keptDays.quotas)}`,
    watched: sql`asked_at < ${before(keptDays.watched)}`,
    delivery: sql`ended_at < ${notified}`,
    notice: sql`at < ${notified} and (read_at is not null or (document ->> 'expiresAt')::timestamptz < ${notified})`,
    // What an open call has told is not told again while the row is there.
    outbox: sql`at < ${notified} and spread_at is not null and not exists (
      select from following f where not f.closed and f.recommendation_id::text = left(kept.subject, 36))`,
    ask: sql`state <> 'waiting' and done_at < ${before(keptDays.asks)}`,
  }
}
