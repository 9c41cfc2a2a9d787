import { sql, type Kysely } from 'kysely'
import type { Migration, MigrationProvider } from 'kysely/migration'
import type { Db } from './db.ts'
import { dbOver } from './db.ts'
import { migrate, migrations } from './migrate.ts'
import { openPglite, pgliteDialectOver } from './pglite.ts'
import { postgresDialect } from './postgres.ts'
import { systemClock } from '../platform/clock.ts'
import { openHome } from '../platform/home.ts'
import { silentLog } from '../platform/log.ts'
import { createSecret } from '../platform/secret.ts'

/** The first migrations up to one of them: a program of that time. */
export const upTo = (name: string): MigrationProvider => ({
  async getMigrations() {
    const all = Object.entries(await migrations.getMigrations())
    return Object.fromEntries(all.filter(([own]) => own <= name))
  },
})

/** As heavy as a migration gets: every candle is written anew, and a check is added over them. */
const heavy: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table candle add column test_mid numeric`.execute(db)
    await sql`update candle set test_mid = (h + l) / 2`.execute(db)
    await sql`alter table candle add constraint test_mid check (test_mid between l and h)`.execute(db)
    await sql`create index candle_test on candle (ts)`.execute(db)
  },
}

/** All migrations and one more, which takes long where there are many candles. */
export const withHeavy: MigrationProvider = {
  async getMigrations() {
    return { ...(await migrations.getMigrations()), '9999-heavy': heavy }
  },
}

/** Where a test's database is: a folder of the embedded one, or the URL of PostgreSQL. */
export async function openRaw(at: string): Promise<{ db: Db; close(): Promise<void> }> {
  if (at.startsWith('postgres:')) {
    const db = dbOver(postgresDialect(createSecret(at), silentLog))
    return { db, close: () => db.destroy() }
  }
  const home = await openHome({ dir: at, label: 'live', clock: systemClock })
  const db = dbOver(pgliteDialectOver(await openPglite(home)))
  return {
    db,
    async close() {
      await db.destroy()
      home.release()
    },
  }
}

/** What the process does that a test kills: says when it is about to begin, migrates, says that it is done. */
export async function migrateUntilKilled(at: string, say: (line: string) => void): Promise<void> {
  const { db, close } = await openRaw(at)
  say('begins\n')
  await migrate(db as never, withHeavy)
  say('done\n')
  await close()
}
