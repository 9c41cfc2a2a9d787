import { sql } from 'kysely'
import type { Db } from '../packages/server/src/db/db.ts'

/** The harness's own connections bear this name and are not watched. */
export const ownName = 'chaos'

const watched = ['outcomes', 'candle_cursor', 'following'] as const

export type Taken = {
  readonly holder: string
  readonly application: string
  readonly epoch: number
  readonly at: number
}

/**
 * Watches from inside the database who writes by whose right: each process connects under an application name of its own, and a write to what
 * only the tracker's leader may write, by another than the one that took the lease last, is kept as stale.
 */
export async function watchLease(db: Db) {
  const statements = [
    `create schema chaos`,
    `create table chaos.taken (holder text, application text, epoch bigint, at timestamptz)`,
    `create table chaos.stale (application text, relation text, leader text, at timestamptz)`,
    `create function chaos.note_lease() returns trigger language plpgsql as $$ begin
      if new.name = 'tracker' and (tg_op = 'INSERT' or new.epoch <> old.epoch) then
        insert into chaos.taken values (new.holder, current_setting('application_name'), new.epoch, clock_timestamp());
      end if;
      return null;
    end $$`,
    `create trigger chaos_lease after insert or update on lease for each row execute function chaos.note_lease()`,
    `create function chaos.check_writer() returns trigger language plpgsql as $$
      declare leader text;
    begin
      if current_setting('application_name') = '${ownName}' then return null; end if;
      select t.application into leader from lease l join chaos.taken t on t.holder = l.holder and t.epoch = l.epoch where l.name = 'tracker';
      if leader is distinct from current_setting('application_name') then
        insert into chaos.stale values (current_setting('application_name'), tg_table_name, leader, clock_timestamp());
      end if;
      return null;
    end $$`,
    ...watched.map(
      (table) =>
        `create trigger chaos_writer after insert or update on ${table} for each statement execute function chaos.check_writer()`,
    ),
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)

  return {
    /** Who took the lease, in the order of it. */
    async taken(): Promise<readonly Taken[]> {
      const { rows } = await sql<Taken>`
        select holder, application, epoch::int, (extract(epoch from at) * 1000)::float8 as at from chaos.taken order by epoch`.execute(
        db,
      )
      return rows
    },
    async stale(): Promise<number> {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from chaos.stale`.execute(db)
      return rows[0]!.n
    },
    /** Whether a write without right is noticed at all: one is made, and taken back. */
    async proves(strange: Db): Promise<boolean> {
      const before = await this.stale()
      await sql`update following set closed = closed where false`.execute(strange)
      const noticed = (await this.stale()) === before + 1
      await sql`delete from chaos.stale where application not like 'tracker%'`.execute(db)
      return noticed
    },
  }
}
export type Guard = Awaited<ReturnType<typeof watchLease>>
