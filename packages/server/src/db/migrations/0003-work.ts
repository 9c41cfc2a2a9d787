import { sql, type Kysely } from 'kysely'

const statements = [
  // What is asked of an engine: the row is the truth, a job only says "look". One question is open once; a slot of the house is asked once.
  sql`create table ask (
    id uuid primary key,
    question text not null,
    user_id text not null,
    house boolean not null,
    token_id text not null,
    profile jsonb not null,
    slot timestamptz,
    asked_at timestamptz not null,
    deadline_at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
    recommendation_id uuid references recommendations (id),
    failure jsonb,
    done_at timestamptz,
    check ((state = 'done') = (recommendation_id is not null)),
    check ((state = 'waiting') = (done_at is null))
  )`,
  sql`create unique index ask_question on ask (question) where state = 'waiting'`,
  sql`create unique index ask_slot on ask (slot, token_id) where slot is not null`,
  sql`create index ask_waiting on ask (asked_at) where state = 'waiting'`,
  // How each process finds the sources it asks, for those who show it; old rows are of processes that are gone.
  sql`create table source_report (
    process text not null,
    source text not null,
    reported_at timestamptz not null,
    document jsonb not null,
    primary key (process, source)
  )`,
  sql`create function refuse_change() returns trigger language plpgsql as $body$
    begin
      raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
    end $body$`,
  sql`create trigger recommendations_append_only before update or delete or truncate on recommendations
    for each statement execute function refuse_change()`,
  sql`create trigger inputs_append_only before update or delete or truncate on inputs
    for each statement execute function refuse_change()`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
