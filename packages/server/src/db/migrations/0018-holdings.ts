import { sql, type Kysely } from 'kysely'

const statements = [
  sql`create table watchlist (
    user_id text not null,
    token_id text not null,
    note text,
    target_price numeric check (target_price > 0 and target_price < 'Infinity'::numeric),
    added_at timestamptz not null,
    primary key (user_id, token_id)
  )`,
  sql`create index watchlist_token on watchlist (token_id)`,
  // What happened to holdings, as users said it; positions are computed of it. Prices are of one unit, in USD; `ref` is a name of the user's own.
  sql`create table portfolio_transaction (
    id uuid primary key,
    user_id text not null,
    token_id text not null,
    symbol text not null,
    kind text not null check (kind in ('buy', 'sell', 'receive', 'send')),
    quantity numeric not null check (quantity > 0 and quantity < 'Infinity'::numeric),
    price_usd numeric check (price_usd >= 0 and price_usd < 'Infinity'::numeric),
    fee_usd numeric not null default 0 check (fee_usd >= 0 and fee_usd < 'Infinity'::numeric),
    at timestamptz not null,
    note text,
    ref text,
    created_at timestamptz not null,
    check (kind not in ('buy', 'sell') or price_usd is not null)
  )`,
  sql`create index portfolio_transaction_newest on portfolio_transaction (user_id, at desc, id desc)`,
  sql`create index portfolio_transaction_token on portfolio_transaction (user_id, token_id, at, id)`,
  sql`create index portfolio_transaction_held on portfolio_transaction (token_id)`,
  sql`create unique index portfolio_transaction_ref on portfolio_transaction (user_id, ref) where ref is not null`,
  // What a user makes of a recommendation; the record knows nothing of it.
  sql`create table follow_state (
    user_id text not null,
    recommendation_id uuid not null references recommendations (id),
    state text not null check (state in ('following', 'paused', 'done', 'dismissed')),
    note text,
    entered_price numeric check (entered_price > 0 and entered_price < 'Infinity'::numeric),
    entered_at timestamptz,
    exited_price numeric check (exited_price > 0 and exited_price < 'Infinity'::numeric),
    exited_at timestamptz,
    updated_at timestamptz not null,
    primary key (user_id, recommendation_id),
    check ((entered_price is null) = (entered_at is null)),
    check ((exited_price is null) = (exited_at is null))
  )`,
  // Recommendations asked for in one go. Open until `ended_at`; an item is asked as a question of `ask` when its turn comes.
  sql`create table batch (
    id uuid primary key,
    user_id text not null,
    kind text not null check (kind in ('recommendation', 'batch')),
    profile jsonb not null,
    max_age_ms bigint not null,
    created_at timestamptz not null,
    cancelled boolean not null default false,
    ended_at timestamptz
  )`,
  sql`create index batch_newest on batch (user_id, created_at desc, id desc)`,
  sql`create index batch_open on batch (created_at) where ended_at is null`,
  sql`create index batch_ended on batch (ended_at) where ended_at is not null`,
  sql`create table batch_item (
    batch_id uuid not null references batch (id) on delete cascade,
    position integer not null,
    token_id text not null,
    symbol text not null,
    state text not null default 'waiting' check (state in ('waiting', 'asked', 'done', 'failed', 'cancelled')),
    ask_id uuid,
    attempts integer not null default 0,
    recommendation_id uuid,
    problem text,
    ended_at timestamptz,
    primary key (batch_id, position)
  )`,
  sql`create index batch_item_asked on batch_item (ask_id) where state = 'asked'`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
