import { sql, type Selectable } from 'kysely'
import { days, minutes, seconds, toIso } from '@pumpiq/domain'
import type { Delivery } from '@pumpiq/api'
import type { Db, Tx } from '../db/db.ts'
import type { DeliveryTable } from '../db/schema.ts'
import type { Ids } from '../platform/ids.ts'
import type { Delivered } from './channel.ts'

/** Pauses before the second, third ... attempt; after the last there is none. */
export const retryMs: readonly number[] = [seconds(5), seconds(30), minutes(2), minutes(10), minutes(30)]

/** Between two messages to one target. Vendors say one a second; a Telegram group takes 20 a minute. */
const paceMs = (kind: string): number => (kind === 'telegram' ? seconds(3) : seconds(1))

/** The longest a receiver may keep us away: else one slip of its clock would silence a channel without anybody knowing. */
const longestRestMs = days(1)

/** To be made: `notices` are ids. Epoch ms. */
export type Planned = {
  readonly userId: string
  readonly channelId: string
  readonly key: string
  readonly notices: readonly string[]
  readonly dueAt: number
  readonly expiresAt: number
}

/** One that this process sends now; `attempt` counts from 1. */
export type Claimed = {
  readonly id: string
  readonly userId: string
  readonly channelId: string
  readonly key: string
  readonly notices: readonly string[]
  readonly attempt: number
  readonly expiresAt: number
}

type Needs = {
  db: Db
  ids: Ids
  /** Kinds of channels whose receivers know a repetition. */
  repeatable: readonly string[]
  /** How long a process may hold what it sends, ms: longer than any send takes. By the clock of the database. */
  claimMs?: number
}

export type Deliveries = ReturnType<typeof createDeliveries>

/**
 * What is sent where, and how it went: waiting -> sending -> sent, or back to waiting, or to one of the other ends. `sending` is written
 * before anything is sent. What a process left behind when it died is sent again, under the same key, only where the receiver can know.
 */
export function createDeliveries({ db, ids, repeatable, claimMs = minutes(1) }: Needs) {
  const claimEnd = sql<string>`clock_timestamp() + ${claimMs}::float8 * interval '1 millisecond'`

  return {
    /** Makes each once; what belongs into a digest that waits already joins it. Answers those whose digest is being sent: too late for it. */
    async plan(tx: Tx, planned: readonly Planned[], now: number): Promise<Planned[]> {
      if (planned.length === 0) return []
      const { rows } = await sql<{ channelId: string; key: string }>`
        insert into delivery (id, user_id, channel_id, key, document, due_at, expires_at, created_at)
        select id, user_id, channel_id, key, document::jsonb, due_at, expires_at, ${toIso(now)}::timestamptz from unnest(
          ${planned.map(() => ids.next())}::uuid[], ${planned.map(({ userId }) => userId)}::text[],
          ${planned.map(({ channelId }) => channelId)}::uuid[], ${planned.map(({ key }) => key)}::text[],
          ${planned.map(({ notices }) => JSON.stringify({ notices }))}::text[],
          ${planned.map(({ dueAt }) => toIso(dueAt))}::timestamptz[], ${planned.map(({ expiresAt }) => toIso(expiresAt))}::timestamptz[]
        ) as planned (id, user_id, channel_id, key, document, due_at, expires_at)
        on conflict (channel_id, key) do update
          set document = jsonb_build_object('notices', (delivery.document->'notices') || (excluded.document->'notices'))
          where delivery.state = 'waiting' and delivery.attempts = 0
        returning channel_id, key`.execute(tx)
      const made = new Set(rows.map(({ channelId, key }) => `${channelId} ${key}`))
      return planned.filter(({ channelId, key }) => !made.has(`${channelId} ${key}`))
    },

    /** Ends what is old, what a switched off channel has waiting, and what a process that died had in hand. */
    async tidy(now: number): Promise<void> {
      await sql`update delivery set state = 'expired', ended_at = ${toIso(now)}::timestamptz,
          last_problem = coalesce(last_problem, 'it was old news before it could be sent')
        where state = 'waiting' and expires_at <= ${toIso(now)}::timestamptz`.execute(db)
      await sql`update delivery set state = 'refused', ended_at = ${toIso(now)}::timestamptz, last_problem = 'the channel is switched off'
        from notification_channel channel
        where channel.id = delivery.channel_id and not channel.enabled and delivery.state = 'waiting'`.execute(db)
      await sql`update delivery set claimed_until = null, due_at = ${toIso(now)}::timestamptz, state = 'waiting',
          last_problem = 'the process that sent it ended; it is sent again under the same key'
        from notification_channel channel
        where channel.id = delivery.channel_id and delivery.state = 'sending' and claimed_until < clock_timestamp()
          and channel.kind = any(${[...repeatable]}::text[]) and attempts <= ${retryMs.length}`.execute(db)
      await sql`update delivery set state = 'maybe', claimed_until = null, ended_at = ${toIso(now)}::timestamptz,
          last_problem = 'the process that sent it ended before it knew; it is not sent twice'
        where state = 'sending' and claimed_until < clock_timestamp()`.execute(db)
    },

    /** The oldest that is due, at a target that may be asked now and is not; null when there is none. Its target then rests. */
    async claim(now: number): Promise<Claimed | null> {
      const at = toIso(now)
      return db.transaction().execute(async (tx) => {
        const { rows: free } = await sql<{ id: string; kind: string }>`select id, kind from notification_channel channel
          where enabled and next_at <= ${at}::timestamptz and exists (
            select 1 from delivery where channel_id = channel.id and state = 'waiting'
              and due_at <= ${at}::timestamptz and expires_at > ${at}::timestamptz
          ) and not exists (select 1 from delivery where channel_id = channel.id and state = 'sending')
          order by next_at, id limit 1 for no key update skip locked`.execute(tx)
        const [channel] = free
        if (!channel) return null
        const { rows } = await sql<Selectable<DeliveryTable>>`update delivery
          set state = 'sending', attempts = attempts + 1, claimed_until = ${claimEnd}
          where state = 'waiting' and id = (
            select id from delivery where channel_id = ${channel.id} and state = 'waiting'
              and due_at <= ${at}::timestamptz and expires_at > ${at}::timestamptz order by due_at, id limit 1
          ) returning *`.execute(tx)
        await rest(tx, channel.id, now + paceMs(channel.kind))
        return rows[0] ? claimedOf(rows[0]) : null
      })
    },

    /** When the next one can be claimed, epoch ms; null when nothing waits. */
    async nextAt(now: number): Promise<number | null> {
      const { rows } = await sql<{ at: Date | null }>`select min(greatest(delivery.due_at, channel.next_at)) as at
        from delivery join notification_channel channel on channel.id = delivery.channel_id
        where delivery.state = 'waiting' and channel.enabled and expires_at > ${toIso(now)}::timestamptz
          and not exists (select 1 from delivery other where other.channel_id = channel.id and other.state = 'sending')`.execute(
        db,
      )
      return rows[0]?.at?.getTime() ?? null
    },

    /** One that is sent now, outside the order; null while its target rests. */
    async begin(tx: Tx, planned: Planned, now: number): Promise<Claimed | null> {
      const { rows } = await sql<{ kind: string }>`select kind from notification_channel
        where id = ${planned.channelId} and next_at <= ${toIso(now)}::timestamptz for no key update`.execute(tx)
      if (!rows[0]) return null
      await rest(tx, planned.channelId, now + paceMs(rows[0].kind))
      const { rows: made } = await sql<Selectable<DeliveryTable>>`insert into delivery
          (id, user_id, channel_id, key, document, state, attempts, due_at, expires_at, claimed_until, created_at)
        values (${ids.next()}, ${planned.userId}, ${planned.channelId}, ${planned.key}, ${JSON.stringify({ notices: planned.notices })}::text::jsonb,
          'sending', 1, ${toIso(planned.dueAt)}, ${toIso(planned.expiresAt)}, ${claimEnd}, ${toIso(now)}) returning *`.execute(
        tx,
      )
      return claimedOf(made[0]!)
    },

    /** How it went. Later attempts wait, and with them their target where the receiver said so; `once` allows none. */
    async mark(
      { id, channelId, attempt, expiresAt }: Claimed,
      went: Delivered,
      now: number,
      once = false,
    ): Promise<void> {
      if (went.ended === 'later' && went.afterMs !== null)
        await rest(db, channelId, now + Math.min(went.afterMs, longestRestMs))
      const end = endOf(went, { attempt, expiresAt, once }, now)
      await db
        .updateTable('delivery')
        .set({
          state: end.state,
          claimedUntil: null,
          lastProblem: end.why,
          ...(end.dueAt === null ? { endedAt: toIso(now) } : { dueAt: toIso(end.dueAt) }),
        })
        .where('id', '=', id)
        .where('attempts', '=', attempt)
        // Whoever was slow, and taken for dead, may still say that it arrived.
        .where('state', 'in', went.ended === 'sent' ? ['sending', 'waiting', 'maybe'] : ['sending'])
        .execute()
    },
  }
}

async function rest(db: Db, channelId: string, until: number): Promise<void> {
  await sql`update notification_channel set next_at = greatest(next_at, ${toIso(until)}::timestamptz) where id = ${channelId}`.execute(
    db,
  )
}

type End = { state: Delivery['state']; why: string | null; dueAt: number | null }

function endOf(
  went: Delivered,
  { attempt, expiresAt, once }: { attempt: number; expiresAt: number; once: boolean },
  now: number,
): End {
  const ended = (state: End['state'], why: string | null): End => ({ state, why, dueAt: null })
  if (went.ended === 'sent') return ended('sent', null)
  if (went.ended === 'maybe') return ended('maybe', went.why)
  if (went.ended !== 'later' || once) return ended('refused', went.why)
  const pause = retryMs[attempt - 1]
  if (pause === undefined) return ended('expired', `given up after ${attempt} attempts: ${went.why}`)
  const dueAt = now + Math.max(pause, went.afterMs ?? 0)
  return dueAt >= expiresAt
    ? ended('expired', `old news before the next attempt: ${went.why}`)
    : { state: 'waiting', why: went.why, dueAt }
}

export const noticesOf = ({ document }: Pick<Selectable<DeliveryTable>, 'document'>): string[] =>
  (document as { notices: string[] }).notices

const claimedOf = (row: Selectable<DeliveryTable>): Claimed => ({
  id: row.id,
  userId: row.userId,
  channelId: row.channelId,
  key: row.key,
  notices: noticesOf(row),
  attempt: row.attempts,
  expiresAt: row.expiresAt.getTime(),
})
