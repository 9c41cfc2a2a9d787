import { sql, type Kysely } from 'kysely'

const statements = [
  // The last answer of a watch; of the market where token_id is empty. Whatever process asked, nobody asks again while it is fresh.
  sql`create table watched (
    token_id text not null,
    source text not null,
    watch text not null,
    asked_at timestamptz not null,
    problem text,
    fetched_at timestamptz,
    document jsonb not null,
    primary key (token_id, source, watch)
  )`,
  // An article or a post as it came. observed_at is when it was published as far as its source says, fetched_at when we knew it.
  sql`create table document (
    id text primary key,
    kind text not null check (kind in ('news', 'social')),
    source text not null,
    observed_at timestamptz not null,
    fetched_at timestamptz not null,
    document jsonb not null
  )`,
  sql`create index document_fetched on document (fetched_at)`,
  // What a reader made of a document, once for all users.
  sql`create table claim (
    document_id text primary key references document on delete cascade,
    reader text not null,
    document jsonb not null
  )`,
  // Which tokens a document is about, to find it by; whose word it is (a publisher's, an author's) and how far that is believed.
  sql`create table document_token (
    token_id text not null,
    kind text not null,
    fetched_at timestamptz not null,
    observed_at timestamptz not null,
    document_id text not null references document on delete cascade,
    relevance double precision not null,
    voice text not null,
    trust double precision not null,
    primary key (token_id, kind, fetched_at, document_id)
  )`,
  sql`create index document_token_document on document_token (document_id)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
