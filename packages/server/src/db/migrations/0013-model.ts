import { sql, type Kysely } from 'kysely'

const statements = [
  // What a UTC day has cost, settled and set aside, in billionths of a dollar: of each user and, as *, of the installation.
  sql`create table model_spend (
    day date not null,
    owner text not null,
    nano_usd bigint not null check (nano_usd >= 0),
    primary key (day, owner)
  )`,
  // What is set aside for a question that is under way. Of a process that was killed it runs out; input_nano of it then counts as spent.
  sql`create table model_reservation (
    id uuid primary key,
    day date not null,
    user_id text not null,
    input_nano bigint not null,
    nano_usd bigint not null,
    expires_at timestamptz not null
  )`,
  sql`create index model_reservation_expiry on model_reservation (expires_at)`,
  // One row a question; without an answer it is claimed by whoever is asking it.
  sql`create table model_journal (
    prompt_hash text primary key,
    purpose text not null,
    model text not null,
    answer text,
    tokens jsonb,
    nano_usd bigint,
    answered_at timestamptz,
    claim_holder text,
    claim_until timestamptz,
    check ((answer is null) = (answered_at is null))
  )`,
  sql`create index model_journal_age on model_journal (answered_at)`,
  // Every call that was sent or refused by the budget, with how it ended.
  sql`create table model_attempt (
    id uuid primary key,
    prompt_hash text not null,
    purpose text not null,
    user_id text not null,
    model text not null,
    part text not null check (part in ('question', 'repair')),
    ending text not null,
    status integer,
    code text,
    tokens jsonb,
    nano_usd bigint not null,
    estimated boolean not null,
    latency_ms double precision not null,
    at timestamptz not null,
    response text
  )`,
  sql`create index model_attempt_question on model_attempt (prompt_hash)`,
  sql`create index model_attempt_age on model_attempt (at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
