import { sql, type Kysely } from 'kysely'

const statements = [
  // Who did what to whom, and how it ended. Ids and addresses only, never a body or a secret.
  sql`create table audit_log (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    user_id text,
    via text not null,
    address text,
    operation text not null,
    target text,
    request_id text,
    status integer not null check (status between 100 and 599),
    note text
  )`,
  sql`create index audit_log_user on audit_log (user_id, id)`,
  sql`create index audit_log_operation on audit_log (operation, id)`,
  // What is written stays as it is. After 400 days it may go, since it names people.
  sql`create function audit_log_stays() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and old.at < now() - interval '400 days' then return old; end if;
      raise exception 'the audit log is only added to: % is refused', lower(tg_op) using errcode = '23001';
    end
  $$`,
  sql`create trigger audit_log_rows before update or delete on audit_log for each row execute function audit_log_stays()`,
  sql`create trigger audit_log_whole before truncate on audit_log for each statement execute function audit_log_stays()`,
  // What a request under a key of its sender's came to, for a day. Without a status it is still running, or was left by a process that ended.
  sql`create table idempotency_key (
    user_id text not null,
    key text not null,
    fingerprint text not null,
    holder text not null,
    until timestamptz not null,
    created_at timestamptz not null,
    status integer,
    location text,
    sealed text,
    primary key (user_id, key)
  )`,
  sql`create index idempotency_key_created on idempotency_key (created_at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
