import { sql, type Kysely } from 'kysely'

const statements = [
  // What a token was called before its catalogue called it otherwise: whoever asks for the old ticker means it still.
  sql`create table former_name (
    token_id text not null,
    symbol text not null,
    name text not null,
    until timestamptz not null,
    primary key (token_id, symbol, name)
  )`,
  sql`create index former_name_symbol on former_name (upper(symbol))`,
  sql`create index tokens_address on tokens (address)`,
  sql`create index tokens_name on tokens (lower(name))`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
