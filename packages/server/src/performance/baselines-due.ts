import { sql } from 'kysely'
import { baselines, followedOf, planOf, Recommendation, toIso, type Outcome } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { PlayedOne } from './baselines-play.ts'
import type { Following } from './following.ts'
import { OutcomeBody } from './outcomes.ts'

/** A standing outcome for which baselines are to be played. */
export type DueCall = {
  readonly call: Following
  readonly version: number
  readonly outcome: Outcome
  /** Epoch ms. */
  readonly recordedAt: number
  readonly inputsHash: string
  readonly done: ReadonlySet<string>
}

type Found = {
  seq: number
  document: object | null
  body: object
  source: string
  rank: number | null
  done: string[] | null
}

/** Which outcomes lack their baselines, and the rows of those that were played. */
export function createDueBaselines({ db }: { db: Db }) {
  return {
    /** The newest record of an outcome in the ledger. */
    async newest(): Promise<number> {
      const row = await db
        .selectFrom('outcomes')
        .select(sql<number | null>`max(ledger_seq)`.as('seq'))
        .executeTakeFirst()
      return row?.seq ?? 0
    },

    /**
     * Filled and decided directional house calls behind a record of the ledger that lack a baseline, in its order. `due` is null while one is
     * not to be looked at: it is judged anew, or has what can be known before its horizon is over.
     */
    async behind(after: number, now: number, limit: number): Promise<{ seq: number; due: DueCall | null }[]> {
      const { rows } = await sql<Found>`
        select o.ledger_seq as seq, o.document as body, f.source, t.market_cap_rank as rank, b.done,
          case when f.closed and (b.done is null or f.expires_at <= ${toIso(now)}::timestamptz) then r.document end as document
        from outcomes o join following f using (recommendation_id) join recommendations r on r.id = o.recommendation_id
          left join tokens t on t.id = r.token_id,
          lateral (select array_agg(name) as done from outcome_baseline b
            where b.recommendation_id = o.recommendation_id and b.version = o.version) as b
        where o.ledger_seq > ${after}::bigint and r.house and r.type in ('BUY', 'SELL') and o.r_multiple is not null
          and coalesce(cardinality(b.done), 0) < ${baselines.length}::int
          and not exists (select from outcomes newer
            where newer.recommendation_id = o.recommendation_id and newer.version > o.version)
        order by o.ledger_seq limit ${limit}`.execute(db)
      return rows.map(({ document, ...row }) => ({ seq: row.seq, due: document && dueOf(document, row) }))
    },

    /** A row that is there stays: who plays it again finds the same. */
    async keep(id: string, version: number, played: readonly PlayedOne[]): Promise<void> {
      if (played.length === 0) return
      await sql`insert into outcome_baseline (recommendation_id, version, name, return_net_ratio, r_multiple, problem)
        select ${id}::uuid, ${version}::int, given.* from unnest(${played.map(({ name }) => name)}::text[],
          ${played.map(({ result }) => result?.returnNetRatio ?? null)}::float8[],
          ${played.map(({ result }) => result?.rMultiple ?? null)}::float8[],
          ${played.map(({ problem }) => problem)}::text[]) as given
        on conflict do nothing`.execute(db)
    },
  }
}

function dueOf(document: object, { body, source, rank, done }: Omit<Found, 'document'>): DueCall {
  const parsed = Recommendation.parse(document)
  const { version, outcome, recordedAt } = OutcomeBody.parse(body)
  const { id, token, symbol, costs, inputsHash } = parsed
  return {
    call: { id, token, symbol, source, plan: planOf(followedOf(parsed)), costs, rank },
    version,
    outcome,
    recordedAt: Date.parse(recordedAt),
    inputsHash,
    done: new Set(done),
  }
}
