import { sql, type Kysely } from 'kysely'

// What went on when it was asked, in the form of the header traceparent: the answer is made elsewhere.
const statement = sql`alter table ask add column traceparent text`

export async function up(db: Kysely<unknown>): Promise<void> {
  await statement.execute(db)
}
