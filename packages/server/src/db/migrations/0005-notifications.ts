import { sql, type Kysely } from 'kysely'

const statements = [
  // What happened, written in the transaction in which it happened; once for each kind and subject.
  sql`create table outbox (
    seq bigint generated always as identity primary key,
    id uuid not null unique,
    kind text not null,
    subject text not null,
    user_id text not null,
    house boolean not null,
    at timestamptz not null,
    document jsonb not null,
    spread_at timestamptz,
    unique (kind, subject)
  )`,
  sql`create index outbox_waiting on outbox (seq) where spread_at is null`,
  sql`create table notification_preference (
    user_id text primary key,
    document jsonb not null,
    updated_at timestamptz not null
  )`,
  // The target bears secrets and is encrypted. Nothing is sent to it before next_at, whichever process would.
  sql`create table notification_channel (
    id uuid primary key,
    user_id text not null,
    kind text not null,
    name text not null,
    target text not null,
    enabled boolean not null default true,
    problem text,
    next_at timestamptz not null,
    created_at timestamptz not null
  )`,
  sql`create index notification_channel_user on notification_channel (user_id, created_at)`,
  // In-app.
  sql`create table notice (
    id uuid not null,
    user_id text not null,
    at timestamptz not null,
    document jsonb not null,
    read_at timestamptz,
    primary key (user_id, id)
  )`,
  sql`create index notice_newest on notice (user_id, at desc, id desc)`,
  sql`create index notice_unread on notice (user_id, at) where read_at is null`,
  // One message to one channel; key says what is in it, so that it is made once, and document which notices. Its life is the delivery log.
  sql`create table delivery (
    id uuid primary key,
    user_id text not null,
    channel_id uuid not null references notification_channel (id) on delete cascade,
    key text not null,
    document jsonb not null,
    state text not null default 'waiting'
      check (state in ('waiting', 'sending', 'sent', 'maybe', 'refused', 'expired')),
    attempts integer not null default 0 check (attempts >= 0),
    due_at timestamptz not null,
    expires_at timestamptz not null,
    claimed_until timestamptz,
    last_problem text,
    created_at timestamptz not null,
    ended_at timestamptz,
    unique (channel_id, key)
  )`,
  sql`create index delivery_due on delivery (due_at) where state in ('waiting', 'sending')`,
  sql`create index delivery_of_channel on delivery (channel_id, state, due_at) where state in ('waiting', 'sending')`,
  sql`create index delivery_log on delivery (user_id, created_at desc, id desc)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
