import { sql, type Kysely } from 'kysely'

const statements = [
  // What others would have made of the same call's window, beside its outcome; computed from its candles while they are kept.
  // Without a return: it ended without a result, or `problem` says why nothing can be computed.
  sql`create table outcome_baseline (
    recommendation_id uuid not null references recommendations (id),
    version integer not null check (version > 0),
    name text not null,
    return_net_ratio double precision check (return_net_ratio between -1e9 and 1e9),
    r_multiple double precision check (r_multiple between -1e9 and 1e9),
    problem text,
    primary key (recommendation_id, version, name),
    check (problem is null or (return_net_ratio is null and r_multiple is null))
  )`,
  // What the record is counted by, out of the sealed documents: reading twenty thousand of those takes seconds.
  sql`alter table recommendations
    add column risk_rating text generated always as (document ->> 'riskRating') stored,
    add column actionable boolean generated always as ((document #>> '{actionable,yes}')::boolean) stored,
    add column analyst text generated always as (document #>> '{engine,analyst}') stored,
    add column weights text generated always as (document ->> 'weights') stored,
    add column confidence_method text generated always as (document #>> '{confidence,method}') stored,
    add column confidence_measured double precision
      generated always as ((document #>> '{confidence,measured}')::double precision) stored,
    add column confidence_shown double precision
      generated always as ((document #>> '{confidence,value}')::double precision) stored`,
  sql`alter table outcomes
    add column filled boolean generated always as ((document #>> '{outcome,filledAt}') is not null) stored,
    add column first text generated always as (document #>> '{outcome,first}') stored,
    add column return_gross_pct double precision
      generated always as ((document #>> '{outcome,returnGrossPct}')::double precision) stored,
    add column return_net_pct double precision
      generated always as ((document #>> '{outcome,returnNetPct}')::double precision) stored,
    add column ambiguous boolean generated always as ((document #>> '{outcome,ambiguous}')::boolean) stored,
    add column held boolean generated always as ((document #>> '{outcome,held}')::boolean) stored`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
