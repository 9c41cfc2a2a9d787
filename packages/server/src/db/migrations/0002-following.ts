import { sql, type Kysely } from 'kysely'

const statements = [
  // One holder at a time; the epoch grows with every change of hands, and every write of a holder checks it.
  sql`create table lease (
    name text primary key,
    holder text not null,
    epoch bigint not null check (epoch > 0),
    expires_at timestamptz not null
  )`,
  sql`create table following (
    recommendation_id uuid primary key references recommendations (id),
    token_id text not null,
    symbol text not null,
    source text not null,
    issued_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > issued_at),
    closed boolean not null default false
  )`,
  sql`create index following_open on following (token_id, source) where not closed`,
  sql`create index following_token on following (token_id, source, expires_at)`,
  sql`create table outcomes (
    recommendation_id uuid not null references recommendations (id),
    version integer not null check (version > 0),
    status text not null
      check (status in ('TARGET_3', 'STOPPED', 'EXPIRED', 'INVALIDATED', 'NOT_FILLED', 'UNRESOLVED', 'DELISTED')),
    ended_at timestamptz not null,
    r_multiple double precision check (r_multiple between -1e9 and 1e9),
    document jsonb not null,
    ledger_seq bigint not null unique references ledger (seq),
    primary key (recommendation_id, version)
  )`,
  sql`create index outcomes_ended on outcomes (ended_at desc)`,
  sql`create function refuse_outcome_change() returns trigger language plpgsql as $body$
    begin
      raise exception 'outcomes are append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
    end $body$`,
  sql`create trigger outcomes_append_only before update or delete or truncate on outcomes
    for each statement execute function refuse_outcome_change()`,
  // Candles of a token at a venue are known from from_at to known_until without a hole that the venue could fill.
  sql`create table candle_cursor (
    token_id text not null,
    source text not null,
    from_at timestamptz not null,
    known_until timestamptz not null check (known_until >= from_at),
    asked_at timestamptz not null,
    answered_at timestamptz,
    problem text,
    revised_from timestamptz,
    primary key (token_id, source)
  )`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
