import { sql, type Kysely } from 'kysely'

const statements = [
  // What was last told of a token (of the market under the empty one), one row a name: lists are filtered and sorted by it.
  sql`create table newest_figure (
    token_id text not null,
    name text not null,
    source text not null,
    observed_at timestamptz not null,
    value numeric not null check (value > '-Infinity'::numeric and value < 'Infinity'::numeric),
    primary key (token_id, name)
  )`,
  sql`create index newest_figure_order on newest_figure (name, value, token_id)`,
  sql`insert into newest_figure (token_id, name, source, observed_at, value)
    select distinct on (token_id, name) token_id, name, source, observed_at, value from observation
    where name in ('marketCapUsd', 'liquidityUsd', 'volume24hUsd', 'holders', 'curveProgressRatio', 'curveComplete', 'fearGreed')
    order by token_id, name, observed_at desc`,
  sql`insert into newest_figure (token_id, name, source, observed_at, value)
    select distinct on (token_id) token_id, 'firstPoolAt', source, observed_at,
      floor(extract(epoch from observed_at) * 1000) - value
    from observation where name = 'poolAgeMs' order by token_id, observed_at desc`,
  sql`insert into newest_figure (token_id, name, source, observed_at, value)
    select id, 'marketCapUsd', case when catalogue_id is null then 'listing' else 'catalogue' end, updated_at, market_cap_usd::numeric
    from tokens where market_cap_usd is not null on conflict do nothing`,
  sql`insert into newest_figure (token_id, name, source, observed_at, value)
    select id, 'priceUsd', case when catalogue_id is null then 'listing' else 'catalogue' end, updated_at, price_usd
    from tokens where price_usd is not null`,
  // Texts are searched by how they begin.
  sql`create index tokens_symbol_start on tokens (lower(symbol) text_pattern_ops)`,
  sql`create index tokens_name_start on tokens (lower(name) text_pattern_ops)`,
  sql`create index tokens_address_start on tokens (lower(address) text_pattern_ops)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
