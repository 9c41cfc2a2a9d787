import { sql, type RawBuilder, type Selectable } from 'kysely'
import { Failure, Recommendation, type Timeframe, type TokenId } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { RecommendationsTable } from '../db/schema.ts'
import { sha256Hex } from '../platform/hash.ts'
import { wanted, type RecommendationFilter } from './wanted.ts'

export type { RecommendationFilter } from './wanted.ts'
export type Recommendations = ReturnType<typeof createRecommendations>

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

    /** The user's own and the house's: two lists, each in the order of an index, of which no more is read than the page. */
    async list(userId: string, filter: RecommendationFilter): Promise<Recommendation[]> {
      checkLimit(filter)
      const newest = (of: RawBuilder<unknown>) => sql`(select id, issued_at, document from recommendations
        where ${of} and ${wanted(filter)} ${page(filter)})`
      const { rows } = await sql<Row>`select document from (
          ${sql.join(whose(userId, filter).map(newest), sql` union all `)}
        ) as found ${page(filter)}`.execute(db)
      return rows.map(toRecommendation)
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
      checkLimit(filter)
      const { rows } = await sql<Row>`with recursive ${series(filter.timeframe)}
        select document from (
          select distinct on (newest.token_id) newest.* from series, lateral (
            select id, issued_at, token_id, timeframe, type, risk_rating, actionable, confidence_shown, document
            from recommendations call
            where house and call.timeframe = series.timeframe and call.token_id = series.token_id
            order by issued_at desc, id desc limit 1
          ) as newest order by newest.token_id, newest.issued_at desc, newest.id desc
        ) as found where ${wanted(filter)} ${page(filter)}`.execute(db)
      return rows.map(toRecommendation)
    },

    /** How many tokens have a house call. */
    async countCurrent(timeframe: Timeframe | null = null): Promise<number> {
      const { rows } = await sql<{ count: number }>`with recursive ${series(timeframe)}
        select count(distinct token_id)::int as count from series`.execute(db)
      return rows[0]!.count
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

type Row = Pick<Selectable<RecommendationsTable>, 'document'>

const toRecommendation = ({ document }: Row): Recommendation => Recommendation.parse(document)

/** The tokens and timeframes of house calls, each found from the one before by one look into the index: calls grow, these do not. */
export function series(timeframe: Timeframe | null): RawBuilder<unknown> {
  const first = sql`order by timeframe, token_id limit 1`
  const [all, behind] =
    timeframe === null
      ? [sql`house`, sql`(timeframe, token_id) > (series.timeframe, series.token_id)`]
      : [sql`house and timeframe = ${timeframe}`, sql`token_id > series.token_id`]
  return sql`series as (
    (select timeframe, token_id from recommendations where ${all} ${first})
    union all
    select next.timeframe, next.token_id from series, lateral (
      select timeframe, token_id from recommendations where ${all} and ${behind} ${first}
    ) as next
  )`
}

const page = ({ limit }: RecommendationFilter): RawBuilder<unknown> =>
  sql`order by issued_at desc, id desc limit ${limit}`

/** One's own and the house's, or one of them. */
const whose = (userId: string, { whose: of }: RecommendationFilter): RawBuilder<unknown>[] => [
  ...(of === 'house' ? [] : [sql`user_id = ${userId} and not house`]),
  ...(of === 'mine' ? [] : [sql`house`]),
]

function checkLimit({ limit }: RecommendationFilter): void {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 1_000)
    throw new Failure('invalid', `limit is a whole number from 1 to 1000, not ${limit}`)
}
