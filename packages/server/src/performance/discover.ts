import { sql } from 'kysely'
import { Failure, isFailure } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'

type Found = {
  id: string
  token: string
  symbol: string
  issuedAt: Date
  expiresAt: Date
  seq: number
  hash: string
}

/**
 * Takes up what was sealed behind a record of the ledger (0: all); `write` runs a transaction by right of the lease. One whose evidence
 * does not say where its candles came from is told of and left out: it does not keep the others from being followed. Answers the record
 * to go on from, and what was taken up.
 */
export function createDiscover({ db }: { db: Db }) {
  /** Calls (no abstentions) of a stretch of the ledger that are not yet in the table, in its order. */
  const undiscovered = async (after: number, upTo: number, limit: number): Promise<Found[]> =>
    (
      await sql<Found>`
        select r.id, r.token_id as token, r.symbol, r.issued_at, r.expires_at, r.ledger_seq as seq,
          r.document ->> 'inputsHash' as hash
        from recommendations r
        where r.ledger_seq > ${after}::bigint and r.ledger_seq <= ${upTo}::bigint and r.document ->> 'abstained' is null
          and not exists (select from following f where f.recommendation_id = r.id)
        order by r.ledger_seq limit ${limit}`.execute(db)
    ).rows

  /** The candles that were sealed with the decision say where they came from: `binance:BTCUSDT:1h`. */
  async function sourceOf({ id, hash }: Found): Promise<string> {
    const brief = await input(hash)
    const evidenceHash = brief['evidenceHash']
    const evidence = typeof evidenceHash === 'string' ? await input(evidenceHash) : {}
    const candles = (evidence['candles'] as { id?: string } | null | undefined)?.id
    if (!candles) throw new Failure('broken', `the evidence of ${id} names no candles: it cannot be followed`)
    return candles.slice(0, candles.indexOf(':'))
  }

  async function input(hash: string): Promise<Record<string, unknown>> {
    const row = await db.selectFrom('inputs').select('body').where('hash', '=', hash).executeTakeFirst()
    if (!row) throw new Failure('broken', `the inputs ${hash} are not kept`)
    return JSON.parse(row.body) as Record<string, unknown>
  }

  return async function discover(
    after: number,
    write: (work: (tx: Tx) => Promise<void>) => Promise<void>,
    omit: (id: string, thrown: unknown) => void,
  ): Promise<{ upTo: number; ids: string[] }> {
    const newest = await db
      .selectFrom('recommendations')
      .select(sql<number>`max(ledger_seq)`.as('seq'))
      .executeTakeFirst()
    const upTo = newest?.seq ?? 0
    const ids: string[] = []
    for (let from = after; from < upTo;) {
      const found = await undiscovered(from, upTo, batch)
      const rows: Row[] = []
      for (const one of found) {
        try {
          rows.push(rowOf(one, await sourceOf(one)))
        } catch (thrown) {
          if (!isFailure(thrown)) throw thrown
          omit(one.id, thrown)
        }
      }
      if (rows.length > 0) await write((tx) => insertRows(tx, rows))
      for (const { id } of rows) ids.push(id)
      from = found.length < batch ? upTo : found.at(-1)!.seq
    }
    return { upTo, ids }
  }
}

const batch = 100

type Row = ReturnType<typeof rowOf>
const rowOf = ({ id, token, symbol, issuedAt, expiresAt }: Found, source: string) => ({
  id,
  token,
  symbol,
  source,
  issuedAt: issuedAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
})

/** One that has an outcome already, put back from the ledger before it was taken up again, is closed. */
async function insertRows(tx: Tx, rows: readonly Row[]): Promise<void> {
  const column = (key: keyof Row) => rows.map((row) => row[key])
  await sql`insert into following (recommendation_id, token_id, symbol, source, issued_at, expires_at, closed)
    select given.*, exists (select from outcomes o where o.recommendation_id = given.id)
    from unnest(${column('id')}::uuid[], ${column('token')}::text[], ${column('symbol')}::text[], ${column('source')}::text[],
      ${column('issuedAt')}::timestamptz[], ${column('expiresAt')}::timestamptz[]) as given (id, token, symbol, source, issued, expires)
    on conflict do nothing`.execute(tx)
}
