import { sql, type Kysely } from 'kysely'

const statements = [
  // By which alerts of others come in; of the secret only its hash is kept.
  sql`create table hook (
    id uuid primary key,
    user_id text not null,
    name text not null,
    secret_hash text not null,
    created_at timestamptz not null
  )`,
  sql`create index hook_user on hook (user_id, created_at)`,
  // One alert; key names it among its hook's, so that one that is sent again is kept once. What came of it is told once.
  sql`create table hook_alert (
    id uuid primary key,
    hook_id uuid not null references hook on delete cascade,
    key text not null,
    token_id text not null,
    side text not null check (side in ('long', 'short', 'close')),
    tf text not null,
    at timestamptz not null,
    price numeric,
    result text check (result in ('hit', 'miss', 'undecided', 'unknown')),
    problem text,
    judged_at timestamptz,
    unique (hook_id, key)
  )`,
  sql`create index hook_alert_token on hook_alert (token_id, at)`,
  sql`create index hook_alert_of on hook_alert (hook_id, at)`,
  sql`create index hook_alert_waiting on hook_alert (at) where result is null and side <> 'close'`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
