import { sql, type Kysely } from 'kysely'

const statements = [
  // What authors said would happen: of each the first call of a day (UTC, counted from 1970), as it was known at `at`. It is judged once.
  sql`create table author_call (
    author text not null,
    day integer not null,
    token_id text not null,
    direction integer not null check (direction in (-1, 1)),
    at timestamptz not null,
    share double precision not null check (share > 0 and share <= 1),
    document_id text not null,
    return_ratio double precision,
    problem text,
    judged_at timestamptz,
    primary key (author, day)
  )`,
  sql`create index author_call_waiting on author_call (at) where judged_at is null`,
  sql`create index author_call_at on author_call (at)`,
  // Calls that a quota of hours or more was spent on, whoever spent them, by the stretch of time they were set aside in.
  sql`create table quota_spent (
    quota text not null,
    until timestamptz not null,
    calls integer not null,
    primary key (quota, until)
  )`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
