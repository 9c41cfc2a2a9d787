import { sql } from 'kysely'
import type { Tx } from '../db/db.ts'

/** Until the transaction ends, nobody else changes these of the user's: what is counted or added up stays true. */
export async function lockOwn(tx: Tx, what: string, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${what} ${userId}`}, 0))`.execute(tx)
}
