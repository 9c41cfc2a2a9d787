import { sql, type Kysely } from 'kysely'

const statements = [
  // What is to be followed is found by this alone: to look into the documents for abstentions is to read all of them.
  sql`create index recommendations_called on recommendations (ledger_seq, id) where document ->> 'abstained' is null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
