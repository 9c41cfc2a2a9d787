import { sql, type Kysely } from 'kysely'

const statements = [
  // What was found, at another venue, of a candle that stuck out; true of it as long as the venue tells it with this price.
  sql`create table candle_verdict (
    token_id text not null,
    source text not null,
    ts timestamptz not null,
    price numeric not null check (price > 0 and price < 'Infinity'::numeric),
    stands boolean not null,
    note text not null,
    found_at timestamptz not null,
    primary key (token_id, source, ts, price)
  )`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
