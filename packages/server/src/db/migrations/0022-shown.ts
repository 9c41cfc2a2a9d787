import { sql, type Kysely } from 'kysely'

const statements = [
  // Which calls were decided from what is sealed: an export of the ledger asks it of each record.
  sql`create index recommendations_inputs on recommendations ((document ->> 'inputsHash'))`,
  sql`create index recommendations_opinion on recommendations ((document -> 'engine' ->> 'opinionHash'))
    where document -> 'engine' ->> 'opinionHash' is not null`,
  // In canonical text a name with its colon stands unescaped, and so in no text of others.
  sql`create index inputs_evidence on inputs (left(split_part(body, '"evidenceHash":"', 2), 64))`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
