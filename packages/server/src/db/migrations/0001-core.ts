import { sql, type Kysely } from 'kysely'

// Tables are not named job, event, meta, metrics, migration, scheduler or rate_limit: the queue has those names.
const statements = [
  sql`create table installation (
    one boolean primary key default true check (one),
    home_label text not null check (home_label in ('live', 'simulated')),
    made_at timestamptz not null default now()
  )`,
  sql`create table db_capability (name text primary key, value text not null)`,
  sql`create table tokens (
    id text primary key,
    chain text not null,
    address text not null,
    symbol text not null,
    name text not null,
    catalogue_id text,
    market_cap_rank integer check (market_cap_rank > 0),
    market_cap_usd double precision check (market_cap_usd >= 0 and market_cap_usd < 'Infinity'),
    price_usd numeric check (price_usd > 0 and price_usd < 'Infinity'::numeric),
    updated_at timestamptz not null,
    check (id = chain || ':' || address)
  )`,
  sql`create index tokens_symbol on tokens (upper(symbol))`,
  sql`create index tokens_rank on tokens (market_cap_rank)`,
  sql`create table ledger (
    seq bigint primary key check (seq > 0),
    prev_hash text not null unique check (prev_hash ~ '^[0-9a-f]{64}$'),
    hash text not null unique check (hash ~ '^[0-9a-f]{64}$'),
    body text not null,
    check ((seq = 1) = (prev_hash = repeat('0', 64)))
  )`,
  sql`create function refuse_ledger_change() returns trigger language plpgsql as $body$
    begin
      raise exception 'the ledger is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
    end $body$`,
  sql`create trigger ledger_append_only before update or delete or truncate on ledger
    for each statement execute function refuse_ledger_change()`,
  sql`create table inputs (hash text primary key check (hash ~ '^[0-9a-f]{64}$'), body text not null)`,
  sql`create table recommendations (
    id uuid primary key,
    user_id text not null,
    house boolean not null,
    token_id text not null,
    symbol text not null,
    type text not null check (type in ('BUY', 'HOLD', 'SELL', 'AVOID')),
    timeframe text not null check (timeframe in ('SCALP', 'DAY_TRADE', 'SWING', 'LONG_TERM')),
    mode text not null,
    issued_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > issued_at),
    score double precision not null check (score between -1 and 1),
    document jsonb not null,
    ledger_seq bigint unique references ledger (seq)
  )`,
  sql`create index recommendations_user on recommendations (user_id, issued_at desc, id desc)`,
  sql`create index recommendations_last on recommendations (user_id, token_id, timeframe, issued_at desc, id desc)`,
  sql`create index recommendations_house on recommendations (issued_at desc, id desc) where house`,
  sql`create index recommendations_current on recommendations (timeframe, token_id, issued_at desc, id desc) where house`,
  sql`create table candle (
    token_id text not null,
    source text not null,
    tf text not null check (tf in ('1m', '5m', '15m', '1h', '4h', '1d')),
    ts timestamptz not null,
    o numeric not null check (o > 0 and o < 'Infinity'::numeric),
    h numeric not null check (h > 0 and h < 'Infinity'::numeric),
    l numeric not null check (l > 0 and l < 'Infinity'::numeric),
    c numeric not null check (c > 0 and c < 'Infinity'::numeric),
    v numeric not null check (v >= 0 and v < 'Infinity'::numeric),
    fetched_at timestamptz not null,
    revision integer not null default 0 check (revision >= 0),
    primary key (token_id, source, tf, ts),
    check (l <= least(o, c)),
    check (h >= greatest(o, c))
  )`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
