import { sql } from 'kysely'
import { days, toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'

/** Most new tokens are dead within a day; who wants one later has it looked up anew by its address. */
const keptDays = 7
/** Tokens that go by one statement. */
const batch = 2_000

export type ForgetTokens = ReturnType<typeof createForgetTokens>

/** Lets go of tokens that no catalogue lists and nobody asked about, with their former names; says how many. It may be ended anywhere. */
export function createForgetTokens({ db, clock, log }: { db: Db; clock: Pick<Clock, 'now'>; log: Log }) {
  async function some(before: string): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      with gone as (
        delete from tokens where id in (
          select id from tokens t
          where catalogue_id is null and updated_at < ${before}::timestamptz
            and not exists (select from recommendations r where r.token_id = t.id)
            and not exists (select from ask a where a.token_id = t.id)
            and not exists (select from hook_alert h where h.token_id = t.id)
            and not exists (select from watchlist w where w.token_id = t.id)
            and not exists (select from portfolio_transaction p where p.token_id = t.id)
          limit ${batch})
        returning id),
      unnamed as (delete from former_name where token_id in (select id from gone)),
      untold as (delete from newest_figure where token_id in (select id from gone))
      select count(*) as n from gone`.execute(db)
    return rows[0]!.n
  }

  return async function forgetTokens(abort?: AbortSignal): Promise<number> {
    const before = toIso(clock.now() - days(keptDays))
    let gone = 0
    for (let last = batch; last === batch && !abort?.aborted; gone += last) last = await some(before)
    if (gone > 0) log.info('tokens that nobody asked about are gone', { tokens: gone })
    return gone
  }
}
