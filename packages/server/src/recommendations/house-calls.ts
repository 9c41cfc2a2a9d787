import { sql } from 'kysely'
import { Recommendation, type Timeframe, type TokenId } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'

/** The house's newest call of each token that has one, by token: each found by one look into the index. */
export function createHouseCalls({ db, timeframe }: { db: Db; timeframe: Timeframe }) {
  return async function houseCalls(tokens: readonly TokenId[]): Promise<ReadonlyMap<string, Recommendation>> {
    if (tokens.length === 0) return new Map()
    const { rows } = await sql<{
      document: object
    }>`select newest.document from unnest(${[...tokens]}::text[]) as wanted (token),
      lateral (select document from recommendations where house and timeframe = ${timeframe} and token_id = wanted.token
        order by issued_at desc, id desc limit 1) as newest`.execute(db)
    return new Map(rows.map(({ document }) => Recommendation.parse(document)).map((call) => [call.token, call]))
  }
}
