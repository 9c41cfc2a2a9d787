import { sql } from 'kysely'
import type { Db } from './db.ts'

/**
 * Turns the candle table into a hypertable where TimescaleDB is loaded, and notes what was found. It is only tried where the setting
 * shows that the library is preloaded: without that, `create extension` ends the session and no handler catches it.
 */
export async function useTimescale(db: Db): Promise<void> {
  await sql`do $do$ declare edition text := 'plain'; begin
    if exists (select 1 from pg_available_extensions where name = 'timescaledb')
      and current_setting('timescaledb.max_background_workers', true) is not null then
      create extension if not exists timescaledb;
      execute $q$select create_hypertable('candle', by_range('ts', interval '7 days'),
        create_default_indexes => false, migrate_data => true, if_not_exists => true)$q$;
      edition := 'timescaledb-' || coalesce(current_setting('timescaledb.license', true), '?');
    end if;
    insert into db_capability values ('timeseries', edition) on conflict (name) do update set value = excluded.value;
  end $do$`.execute(db)
}

/** What was found: `plain`, or `timescaledb-` and its licence. */
export async function timeseriesOf(db: Db): Promise<string> {
  const row = await db.selectFrom('dbCapability').select('value').where('name', '=', 'timeseries').executeTakeFirst()
  return row?.value ?? 'plain'
}
