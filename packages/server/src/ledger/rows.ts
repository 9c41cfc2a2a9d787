import { sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import type { Head, Sealed } from './seal.ts'

/** How many records are read or written at a time: the embedded database holds the loop while it works. */
export const batchSize = 100

export async function headOf(db: Db): Promise<Head | null> {
  return (
    (await db.selectFrom('ledger').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()) ?? null
  )
}

/** At most `limit` records from `fromSeq` on, in order. */
export const readRows = (db: Db, fromSeq: number, limit: number): Promise<Sealed[]> =>
  db
    .selectFrom('ledger')
    .select(['seq', 'prevHash', 'hash', 'body'])
    .where('seq', '>=', fromSeq)
    .orderBy('seq')
    .limit(limit)
    .execute()

export async function* rowsFrom(db: Db, fromSeq: number, toSeq = Number.MAX_SAFE_INTEGER): AsyncGenerator<Sealed> {
  for (let from = fromSeq; from <= toSeq;) {
    const rows = await readRows(db, from, batchSize)
    for (const row of rows) if (row.seq <= toSeq) yield row
    const last = rows.at(-1)
    if (!last || rows.length < batchSize) return
    from = last.seq + 1
  }
}

export async function insertRows(tx: Tx, records: readonly Sealed[]): Promise<void> {
  if (records.length === 0) return
  const column = <K extends keyof Sealed>(key: K) => records.map((record) => record[key])
  await sql`insert into ledger (seq, prev_hash, hash, body) select * from unnest(
    ${column('seq')}::bigint[], ${column('prevHash')}::text[], ${column('hash')}::text[], ${column('body')}::text[])`.execute(
    tx,
  )
}

/** Until the transaction ends nobody else appends, in no process; reading goes on. */
export const lockLedger = (tx: Tx) => sql`lock table ledger in share row exclusive mode`.execute(tx)
