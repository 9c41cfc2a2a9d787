import { sql } from 'kysely'
import { Failure, toIso, type Recommendation } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import type { Ids } from '../platform/ids.ts'
import type { NoticeKind } from './notice.ts'

/** What happened to a call that is followed. `at` is epoch ms, of the candle that shows it. */
export type CallHappened = {
  readonly kind: NoticeKind
  readonly recommendationId: string
  readonly at: number
  readonly price: string | null
  /** Of the outcome, where an event can come again: a correction is told once for each. */
  readonly version?: number
}

/** A source that has not answered for a while; instants are epoch ms. */
export type SourceFailing = {
  readonly source: string
  readonly since: number
  readonly toldAt: number
  readonly why: string
}

/** One row: what happened, and whose it is. House rows concern everybody. */
export type Happening = {
  readonly id: string
  readonly kind: NoticeKind
  readonly userId: string
  readonly house: boolean
  /** Epoch ms. */
  readonly at: number
  readonly about: About
}

export type About =
  | { readonly recommendationId: string; readonly price: string | null; readonly version: number | null }
  | { readonly source: string; readonly why: string; readonly since: string }

type Row = { kind: NoticeKind; subject: string; recommendationId: string; at: number; about: About }

export type Outbox = ReturnType<typeof createOutbox>

/**
 * What users are to be told of, written in the transaction in which it happened, once for each kind and subject: telling it again changes
 * nothing. `notify` empties it; `soon` is called whenever there is something for it.
 */
export function createOutbox({ ids, soon = () => {} }: { ids: Ids; soon?: () => void }) {
  /** Whose it is says the recommendation, which is there before anything can happen to it. */
  async function write(tx: Db, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return
    await sql`insert into outbox (id, kind, subject, user_id, house, at, document)
      select told.id, told.kind, told.subject, call.user_id, call.house, told.at, told.document::jsonb
      from unnest(
        ${rows.map(() => ids.next())}::uuid[], ${rows.map(({ kind }) => kind)}::text[],
        ${rows.map(({ subject }) => subject)}::text[], ${rows.map((row) => row.recommendationId)}::uuid[],
        ${rows.map(({ at }) => toIso(at))}::timestamptz[], ${rows.map(({ about }) => JSON.stringify(about))}::text[]
      ) with ordinality as told (id, kind, subject, recommendation_id, at, document, place)
      join recommendations call on call.id = told.recommendation_id
      order by told.place
      on conflict (kind, subject) do nothing`.execute(tx)
    soon()
  }

  return {
    /** For whoever follows calls. */
    tell: (tx: Tx, events: readonly CallHappened[]): Promise<void> => write(tx, events.map(rowOf)),

    /**
     * For whoever records calls: a call of another type than the one before changes the thesis, else a call to enter is issued. A HOLD or
     * AVOID that says the same again is no news, and neither is that no call could be made.
     */
    async issued(tx: Tx, call: Recommendation, last: Pick<Recommendation, 'type' | 'abstained'> | null): Promise<void> {
      if (call.abstained !== null) return
      const changed = last !== null && last.abstained === null && last.type !== call.type
      if (!changed && call.entry === null) return
      await write(tx, [
        rowOf({
          kind: changed ? 'thesis-changed' : 'issued',
          recommendationId: call.id,
          at: Date.parse(call.issuedAt),
          price: call.price?.value ?? null,
        }),
      ])
    },

    /** True when this outage is told of now. A source that comes and goes is told of once in `quietMs`. */
    async sourceDown(db: Db, { source, since, toldAt, why }: SourceFailing, quietMs: number): Promise<boolean> {
      const about: About = { source, why, since: toIso(since) }
      const { rows } = await sql`insert into outbox (id, kind, subject, user_id, house, at, document)
        select ${ids.next()}::uuid, 'source-down', ${`${source} ${toIso(since)}`}::text, 'everybody', true,
          ${toIso(toldAt)}::timestamptz, ${JSON.stringify(about)}::text::jsonb
        where not exists (
          select 1 from outbox where kind = 'source-down' and split_part(subject, ' ', 1) = ${source}::text
            and at > ${toIso(toldAt - quietMs)}::timestamptz
        )
        on conflict (kind, subject) do nothing returning id`.execute(db)
      return rows.length > 0
    },

    /** What nobody was told of yet, oldest first. */
    async waiting(db: Db, limit: number): Promise<Happening[]> {
      const rows = await db
        .selectFrom('outbox')
        .selectAll()
        .where('spreadAt', 'is', null)
        .orderBy('seq')
        .limit(limit)
        .execute()
      return rows.map(({ id, kind, userId, house, at, document }) => ({
        id,
        kind: kind as NoticeKind,
        userId,
        house,
        at: at.getTime(),
        about: document as About,
      }))
    },

    /** Of these, those that nobody else is spreading; they count as spread if the transaction commits. */
    async take(tx: Tx, wanted: readonly string[], at: number): Promise<ReadonlySet<string>> {
      const { rows } = await sql<{ id: string }>`update outbox set spread_at = ${toIso(at)}::timestamptz
        where id in (
          select id from outbox where id = any(${[...wanted]}::uuid[]) and spread_at is null for update skip locked
        ) and spread_at is null returning id`.execute(tx)
      return new Set(rows.map(({ id }) => id))
    },
  }
}

function rowOf({ kind, recommendationId, at, price, version }: CallHappened): Row {
  if (kind === 'test' || kind === 'source-down') throw new Failure('broken', `${kind} does not happen to a call`)
  const subject = version === undefined ? recommendationId : `${recommendationId} ${version}`
  return { kind, subject, recommendationId, at, about: { recommendationId, price, version: version ?? null } }
}
