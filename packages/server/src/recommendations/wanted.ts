import { sql, type RawBuilder } from 'kysely'
import {
  toIso,
  type CallType,
  type OutcomeStatus,
  type Recommendation,
  type Timeframe,
  type TokenId,
} from '@pumpiq/domain'
import type { CallStatus } from '@pumpiq/api'

/** Where a page ended; the next one begins behind it. `at` is epoch milliseconds. */
export type RecommendationPosition = { readonly at: number; readonly id: string }

/** Null or absent: whatever it is. */
export type RecommendationFilter = {
  readonly token: TokenId | null
  readonly type: CallType | null
  readonly timeframe: Timeframe | null
  readonly status?: CallStatus | undefined
  readonly minConfidence?: number | undefined
  readonly riskRating?: Recommendation['riskRating'] | undefined
  readonly actionable?: boolean | undefined
  readonly whose?: 'house' | 'mine' | undefined
  readonly before: RecommendationPosition | null
  readonly limit: number
}

/** The endings that each status stands for. */
const endings: Readonly<Record<Exclude<CallStatus, 'active'>, readonly OutcomeStatus[]>> = {
  completed: ['TARGET_3'],
  stopped: ['STOPPED', 'INVALIDATED', 'DELISTED'],
  expired: ['EXPIRED', 'NOT_FILLED', 'UNRESOLVED'],
}

/** Of rows that bear the columns of recommendations, and no others of these names. */
export function wanted(filter: RecommendationFilter): RawBuilder<unknown> {
  const { token, type, timeframe, status, minConfidence, riskRating, actionable, before } = filter
  return sql.join(
    [
      sql`true`,
      ...(token === null ? [] : [sql`token_id = ${token}`]),
      ...(type === null ? [] : [sql`type = ${type}`]),
      ...(timeframe === null ? [] : [sql`timeframe = ${timeframe}`]),
      ...(minConfidence === undefined ? [] : [sql`confidence_shown >= ${minConfidence}::float8`]),
      ...(riskRating === undefined ? [] : [sql`risk_rating = ${riskRating}`]),
      ...(actionable === undefined ? [] : [sql`actionable = ${actionable}`]),
      ...(status === undefined ? [] : [stands(status)]),
      ...(before === null ? [] : [sql`(issued_at, id) < (${toIso(before.at)}::timestamptz, ${before.id}::uuid)`]),
    ],
    sql` and `,
  )
}

/** A call that is followed anew after a correction has no ending that stands; one of which no call was made never is active. */
function stands(status: CallStatus): RawBuilder<unknown> {
  if (status === 'active') {
    return sql`(document ->> 'abstained') is null
      and not exists (select from following f where f.recommendation_id = id and f.closed)`
  }
  return sql`exists (select from outcomes o join following f using (recommendation_id)
    where o.recommendation_id = id and f.closed and o.status = any(${sql`${[...endings[status]]}`}::text[])
      and not exists (select from outcomes newer
        where newer.recommendation_id = o.recommendation_id and newer.version > o.version))`
}
