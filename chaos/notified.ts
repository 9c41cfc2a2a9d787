import { sql } from 'kysely'
import type { Db } from '../packages/server/src/db/db.ts'
import type { Receiver } from './receiver.ts'
import { exactly, none, told, type Figure } from './report.ts'

type Body = {
  data: { notices: { id: string; kind: string; recommendationId: string | null; text: string; at: string }[] }
}
type Counts = {
  outbox: number
  unspread: number
  notices: number
  waiting: number
  sent: number
  maybe: number
  endedOtherwise: number
}

/** New calls and failing sources are told of as long as anything runs; only what happens to followed calls comes to an end. */
const countsOf = async (db: Db): Promise<Counts> =>
  (
    await sql<Counts>`select
      (select count(*)::int from outbox) as outbox,
      (select count(*)::int from outbox where spread_at is null
        and kind not in ('issued', 'thesis-changed', 'source-down')) as unspread,
      (select count(*)::int from notice) as notices,
      (select count(*)::int from delivery where state in ('waiting', 'sending')) as waiting,
      (select count(*)::int from delivery where state = 'sent') as sent,
      (select count(*)::int from delivery where state = 'maybe') as maybe,
      (select count(*)::int from delivery where state in ('refused', 'expired')) as "endedOtherwise"`.execute(db)
  ).rows[0]!

/** Whether everything that happened was spread, and every delivery has come to an end. */
export async function isAllDelivered(db: Db): Promise<boolean> {
  const { unspread, waiting } = await countsOf(db)
  return unspread === 0 && waiting === 0
}

/** What the record says ended and what was told of it: once each, whatever was killed in between. */
export async function auditNotices(db: Db, receiver: Receiver): Promise<Figure[]> {
  const counts = await countsOf(db)
  const heard = receiver.received().flatMap(({ body }) => (body as Body).data.notices)
  const events = heard
    .filter(({ kind }) => kind !== 'corrected')
    .map(({ recommendationId, kind }) => `${recommendationId} ${kind}`)
  const { rows: unsaid } = await sql<{ n: number }>`
    select count(*)::int as n from outcomes o where version = 1 and not exists (
      select from outbox where left(subject, 36) = o.recommendation_id::text
        and kind in ('target3', 'stop', 'expiry', 'invalidated'))
      and status not in ('DELISTED')`.execute(db)
  const ids = new Set(receiver.received().map(({ id }) => id))
  const { rows: sent } = await sql<{ key: string }>`select key from delivery where state = 'sent'`.execute(db)
  return [
    none('logical duplicates at the receiver: one event under two ids', events.length - new Set(events).size),
    none('deliveries that are called sent and did not arrive', sent.filter(({ key }) => !ids.has(key)).length),
    none('endings that nobody was told of', unsaid[0]!.n),
    none('happenings that were not spread', counts.unspread),
    none('deliveries that have no end', counts.waiting),
    exactly(
      'deliveries that ended, sent or with a reason',
      counts.sent + counts.maybe + counts.endedOtherwise,
      await all(db),
    ),
    told('messages received', receiver.received().length),
    told('repetitions that the receiver knew by their id', receiver.repeated()),
    told('not delivered, as old news or after too many attempts', counts.endedOtherwise),
    told('happenings in the outbox', counts.outbox),
  ]
}

const all = async (db: Db): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from delivery`.execute(db)).rows[0]!.n
