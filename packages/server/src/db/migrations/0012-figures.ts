import { sql, type Kysely } from 'kysely'

const statements = [
  // Figures of a token a day ago, without reading past its prices of each minute.
  sql`create index observation_figure on observation (token_id, observed_at) where name <> 'price'`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
