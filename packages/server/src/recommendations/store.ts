import { sql, type Selectable } from 'kysely'
import { Failure, Recommendation, toIso, type CallType, type Timeframe, type TokenId } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { RecommendationsTable } from '../db/schema.ts'
import { sha256Hex } from '../platform/hash.ts'

export type Recommendations = ReturnType<typeof createRecommendations>

/** Where a page ended; the next one begins behind it. `at` is epoch milliseconds. */
export type RecommendationPosition = { readonly at: number; readonly id: string }

/** Null: whatever it is. */
export type RecommendationFilter = {
  readonly token: TokenId | null
  readonly type: CallType | null
  readonly timeframe: Timeframe | null
  readonly before: RecommendationPosition | null
  readonly limit: number
}

/**
 * Sealed recommendations, and what they were decided from. A user sees his own and the house's; lists are newest first. Where rows are
 * written a transaction is given, because they stand or fall with their record in the ledger.
 */
export function createRecommendations({ db }: { db: Db }) {
  return {
    async insert(tx: Db, userId: string, document: Recommendation): Promise<void> {
      await tx.insertInto('recommendations').values(rowOf(userId, document)).execute()
    },

    async byId(userId: string, id: string): Promise<Recommendation | null> {
      const row = await db
        .selectFrom('recommendations')
        .select('document')
        .where('id', '=', id)
        .where((is) => is.or([is('userId', '=', userId), is('house', '=', true)]))
        .executeTakeFirst()
      return row ? toRecommendation(row) : null
    },

    /** The user's own and the house's. */
    async list(userId: string, filter: RecommendationFilter): Promise<Recommendation[]> {
      const rows = db
        .selectFrom('recommendations')
        .selectAll()
        .where((is) => is.or([is('userId', '=', userId), is('house', '=', true)]))
        .$if(filter.token !== null, (query) => query.where('tokenId', '=', filter.token!))
        .$if(filter.timeframe !== null, (query) => query.where('timeframe', '=', filter.timeframe!))
      return page(db, rows, filter)
    },

    /** The user's last for a token and timeframe, abstentions included. */
    async latest(userId: string, token: TokenId, timeframe: Timeframe): Promise<Recommendation | null> {
      const row = await db
        .selectFrom('recommendations')
        .select('document')
        .where('userId', '=', userId)
        .where('tokenId', '=', token)
        .where('timeframe', '=', timeframe)
        .orderBy('issuedAt', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row ? toRecommendation(row) : null
    },

    /** The newest house call of each token. `type` asks which of these are such, not for older ones that were. */
    async current(filter: RecommendationFilter): Promise<Recommendation[]> {
      const rows = currentHouse(db, filter.timeframe).$if(filter.token !== null, (query) =>
        query.where('tokenId', '=', filter.token!),
      )
      return page(db, rows, filter)
    },

    /** How many tokens have a house call. */
    async countCurrent(timeframe: Timeframe | null = null): Promise<number> {
      const { count } = await db
        .selectFrom(currentHouse(db, timeframe).as('current'))
        .select((is) => is.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return count
    },

    /** Keeps canonical text under its SHA-256, once; text that is not what the hash says is refused. */
    async putInputs(tx: Db, hash: string, body: string): Promise<void> {
      const own = sha256Hex(body)
      if (own !== hash) throw new Failure('broken', `inputs with the hash ${own} were to be kept as ${hash}`)
      await tx
        .insertInto('inputs')
        .values({ hash, body })
        .onConflict((on) => on.column('hash').doNothing())
        .execute()
    },

    async hasInputs(hash: string): Promise<boolean> {
      return (await db.selectFrom('inputs').select('hash').where('hash', '=', hash).executeTakeFirst()) !== undefined
    },

    async inputs(hash: string): Promise<string | null> {
      return (await db.selectFrom('inputs').select('body').where('hash', '=', hash).executeTakeFirst())?.body ?? null
    },
  }
}

function rowOf(userId: string, document: Recommendation) {
  const { id, house, token, symbol, type, timeframe, mode, issuedAt, expiresAt, score, seal } = document
  return {
    id,
    userId,
    house,
    tokenId: token,
    symbol,
    type,
    timeframe,
    mode,
    issuedAt,
    expiresAt,
    score,
    document: JSON.stringify(document),
    ledgerSeq: seal?.seq ?? null,
  }
}

const toRecommendation = ({ document }: Pick<Selectable<RecommendationsTable>, 'document'>): Recommendation =>
  Recommendation.parse(document)

function currentHouse(db: Db, timeframe: Timeframe | null) {
  return db
    .selectFrom('recommendations')
    .distinctOn('tokenId')
    .selectAll()
    .where('house', '=', true)
    .$if(timeframe !== null, (query) => query.where('timeframe', '=', timeframe!))
    .orderBy('tokenId')
    .orderBy('issuedAt', 'desc')
    .orderBy('id', 'desc')
}

async function page(
  db: Db,
  rows: ReturnType<typeof currentHouse>,
  { type, before, limit }: RecommendationFilter,
): Promise<Recommendation[]> {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 1_000) {
    throw new Failure('invalid', `limit is a whole number from 1 to 1000, not ${limit}`)
  }
  const found = await db
    .selectFrom(rows.as('found'))
    .select('document')
    .$if(type !== null, (query) => query.where('type', '=', type!))
    .$if(before !== null, (query) =>
      query.where(sql<boolean>`(issued_at, id) < (${toIso(before!.at)}::timestamptz, ${before!.id}::uuid)`),
    )
    .orderBy('issuedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return found.map(toRecommendation)
}
