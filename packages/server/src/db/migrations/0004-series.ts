import { sql, type Kysely } from 'kysely'

const statements = [
  // What a source saw of a token at an instant, other than candles: a price, later holders, mentions.
  sql`create table observation (
    token_id text not null,
    source text not null,
    name text not null,
    observed_at timestamptz not null,
    fetched_at timestamptz not null,
    value numeric not null check (value > '-Infinity'::numeric and value < 'Infinity'::numeric),
    primary key (token_id, source, name, observed_at)
  )`,
  sql`create index observation_observed on observation (observed_at)`,
  // Wider candles computed from closed minutes, and computed again when those change; never evidence of an outcome.
  sql`create table rollup (
    token_id text not null,
    source text not null,
    tf text not null check (tf in ('5m', '15m', '1h', '4h', '1d')),
    ts timestamptz not null,
    o numeric not null,
    h numeric not null,
    l numeric not null,
    c numeric not null,
    v numeric not null,
    minutes integer not null check (minutes > 0),
    primary key (token_id, source, tf, ts)
  )`,
  // From when on the minutes of a series changed since it was rolled up; written with them.
  sql`create table rollup_due (
    token_id text not null,
    source text not null,
    due_from timestamptz not null,
    primary key (token_id, source)
  )`,
  // Before this midnight (UTC) the candles of a series may be gone: what was rolled up of them is never computed again.
  sql`create table forgotten (
    token_id text not null,
    source text not null,
    forgotten_until timestamptz not null,
    primary key (token_id, source)
  )`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
