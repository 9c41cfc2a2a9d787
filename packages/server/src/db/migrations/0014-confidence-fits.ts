import { sql, type Kysely } from 'kysely'

const statements = [
  // Fits of measured confidence made of closed house calls; what is known of one closed by known_until.
  sql`create table confidence_fit (
    id text primary key,
    timeframe text not null,
    key text not null,
    known_until timestamptz not null,
    made_at timestamptz not null,
    document jsonb not null
  )`,
  sql`create index confidence_fit_newest on confidence_fit (timeframe, key, known_until desc, made_at desc)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
