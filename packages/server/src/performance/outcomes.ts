import { sql } from 'kysely'
import { z } from 'zod'
import { type CallType, Failure, IsoInstant, Outcome, Recommendation, type Timeframe, toIso } from '@pumpiq/domain'
import type { OutcomeShort, OutcomeVersion } from '@pumpiq/api'
import type { Db, Tx } from '../db/db.ts'
import type { Sealed } from '../ledger/seal.ts'

/** The body of an outcome's record in the ledger. A further version says in `notes` why there is one. */
export const OutcomeBody = z.object({
  kind: z.literal('outcome'),
  recommendation: z.uuid(),
  version: z.int().positive(),
  outcome: Outcome,
  /** The venue whose candles decided it. */
  source: z.string(),
  notes: z.array(z.string()),
  recordedAt: IsoInstant,
})
export type OutcomeBody = z.output<typeof OutcomeBody>

/** Where a page ended: `r` is null for a call without an R. */
export type ClosedPosition = { readonly r: number | null; readonly id: string }

type Period = { readonly endedFrom: number | null }
export type ClosedFilter = Period & {
  readonly timeframe: Timeframe | null
  readonly type: CallType | null
  readonly after: ClosedPosition | null
  readonly limit: number
}

export type Outcomes = ReturnType<typeof createOutcomes>

/** Sealed outcomes. Rows are only ever added, in the transaction that seals them; the highest version stands. */
export function createOutcomes({ db }: { db: Db }) {
  return {
    insert,

    async versionsOf(id: string): Promise<OutcomeVersion[]> {
      const rows = await db
        .selectFrom('outcomes')
        .innerJoin('ledger', 'ledger.seq', 'outcomes.ledgerSeq')
        .select(['document', 'seq', 'prevHash', 'hash'])
        .where('recommendationId', '=', id)
        .orderBy('version', 'desc')
        .execute()
      return rows.map(({ document, ...seal }) => {
        const { version, outcome, source, notes, recordedAt } = OutcomeBody.parse(document)
        return { version, outcome, source, notes, recordedAt, seal }
      })
    },

    /** How those of the recommendations that have ended did; by id. */
    async shortOf(ids: readonly string[]): Promise<ReadonlyMap<string, OutcomeShort>> {
      if (ids.length === 0) return new Map()
      const rows = await standing(db)
        .select(['outcomes.recommendationId', 'outcomes.document'])
        .where('outcomes.recommendationId', 'in', [...ids])
        .execute()
      return new Map(rows.map(({ recommendationId, document }) => [recommendationId, toShort(document)]))
    },

    /** Closed house calls, losers first: by R from the lowest, those without one last. */
    async closed({ endedFrom, timeframe, type, after, limit }: ClosedFilter) {
      const rank = sql<number>`coalesce(outcomes.r_multiple, 'Infinity'::float8)`
      const rows = await standing(db)
        .innerJoin('recommendations', 'recommendations.id', 'outcomes.recommendationId')
        .select(['recommendations.document', 'outcomes.document as ending', 'outcomes.rMultiple'])
        .where('house', '=', true)
        .$if(timeframe !== null, (query) => query.where('timeframe', '=', timeframe!))
        .$if(type !== null, (query) => query.where('type', '=', type!))
        .$if(endedFrom !== null, (query) => query.where('endedAt', '>=', toIso(endedFrom!) as never))
        .$if(after !== null, (query) =>
          query.where(
            sql<boolean>`(${rank}, recommendations.id) > (${after!.r ?? 'Infinity'}::float8, ${after!.id}::uuid)`,
          ),
        )
        .orderBy(rank)
        .orderBy('recommendations.id')
        .limit(limit)
        .execute()
      return rows.map(({ document, ending, rMultiple }) => ({
        position: { r: rMultiple, id: (document as { id: string }).id },
        item: { ...Recommendation.parse(document), outcome: toShort(ending) },
      }))
    },
  }
}

/** Writes a version and the mark that its recommendation is closed. */
async function insert(tx: Tx, body: OutcomeBody, { seq }: Sealed): Promise<void> {
  const { recommendation, version, outcome } = body
  if (outcome.status === 'OPEN' || outcome.at === null) {
    throw new Failure('broken', `an outcome of ${recommendation} that is ${outcome.status} is none`)
  }
  await tx
    .insertInto('outcomes')
    .values({
      recommendationId: recommendation,
      version,
      status: outcome.status,
      endedAt: outcome.at,
      rMultiple: outcome.rMultiple,
      document: JSON.stringify(body),
      ledgerSeq: seq as never,
    })
    .execute()
  await tx.updateTable('following').set({ closed: true }).where('recommendationId', '=', recommendation).execute()
}

/** The last version of each; a call that is followed anew after a correction has none that stands. */
const standing = (db: Db) =>
  db
    .selectFrom('outcomes')
    .innerJoin('following', 'following.recommendationId', 'outcomes.recommendationId')
    .where('closed', '=', true)
    .where(
      sql<boolean>`not exists (select from outcomes newer
        where newer.recommendation_id = outcomes.recommendation_id and newer.version > outcomes.version)`,
    )

function toShort(document: object): OutcomeShort {
  const { status, at, rMultiple, returnNetPct } = OutcomeBody.parse(document).outcome
  if (status === 'OPEN') throw new Failure('broken', 'an open outcome was kept')
  return { status, at, rMultiple, returnNetPct }
}

/** Puts the rows of an outcome's record back that the database lost. */
export async function restoreOutcome(tx: Tx, sealed: Sealed): Promise<void> {
  const body = JSON.parse(sealed.body) as { kind?: unknown }
  if (body.kind === 'outcome') await insert(tx, OutcomeBody.parse(body), sealed)
}
