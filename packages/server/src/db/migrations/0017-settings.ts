import { sql, type Kysely } from 'kysely'

const statements = [
  // What users have chosen, and only that; version counts the changes.
  sql`create table user_settings (
    user_id text primary key,
    version integer not null check (version > 0),
    document jsonb not null,
    updated_at timestamptz not null
  )`,
  // What the installation says in place of what is built in: each change is a row that stays, the newest counts.
  sql`create table system_settings (
    version integer primary key check (version > 0),
    document jsonb not null,
    changed_by text not null,
    changed_at timestamptz not null
  )`,
  // Which question a recommendation answered, and for which profile it was asked.
  sql`create index ask_answer on ask (recommendation_id) where recommendation_id is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
