import { readdir } from 'node:fs/promises'
import { sql, type Kysely, type QueryExecutorProvider } from 'kysely'
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration'
import { Failure, seconds } from '@pumpiq/domain'

const folder = new URL('./migrations/', import.meta.url)

/** Migrations are found by number: `0001-name.ts`, `0002-...`, without a hole or a double. */
export const migrations: MigrationProvider = {
  async getMigrations() {
    const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.ts$/.test(name)).toSorted()
    const found: Record<string, Migration> = {}
    for (const [i, name] of names.entries()) {
      if (Number(name.slice(0, 4)) !== i + 1)
        throw new Failure('broken', `migration ${name} should bear the number ${i + 1}`)
      found[name.slice(0, -'.ts'.length)] = (await import(new URL(name, folder).href)) as Migration
    }
    return found
  },
}

/** By the names of migrations; null: an empty database. */
export type Migrated = { readonly from: string | null; readonly to: string | null; readonly applied: readonly string[] }

/** The newest migration that a database has had; null where it had none. */
export async function newestMigration(db: QueryExecutorProvider): Promise<string | null> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('kysely_migration') is not null as there`.execute(
    db,
  )
  if (!rows[0]?.there) return null
  const found = await sql<{ name: string | null }>`select max(name) as name from kysely_migration`.execute(db)
  return found.rows[0]?.name ?? null
}

/** Any number that nobody else takes: whoever migrates holds this lock of PostgreSQL. */
const migrating = 7_081_945_112_026

/** How long another process may take over its migration before we say so and give up. */
const patienceMs = seconds(60)

/**
 * Brings the schema up to date, in one transaction and under a lock. A database that a newer program has migrated is refused rather than
 * guessed at, and so is one that another process has been migrating for longer than `waitMs`.
 */
export async function migrate(
  db: Kysely<never>,
  provider: MigrationProvider = migrations,
  { waitMs = patienceMs } = {},
): Promise<Migrated> {
  return db.connection().execute(async (session) => {
    await lock(session, waitMs)
    try {
      const from = await newestMigration(session)
      const applied = appliedBy(await new Migrator({ db: session, provider }).migrateToLatest())
      return { from, to: applied.at(-1) ?? from, applied }
    } finally {
      // A connection that was lost has lost its lock too.
      await sql`select pg_advisory_unlock(${sql.lit(migrating)})`.execute(session).catch(() => {})
    }
  })
}

/** Within the transaction that was given: nothing of it stays when that one fails. `to`: that migration, the newest unless said. */
export async function migrateWithin(tx: Kysely<never>, to: string | null = null): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(migrating)})`.execute(tx)
  const migrator = new Migrator({ db: tx, provider: migrations })
  appliedBy(to === null ? await migrator.migrateToLatest() : await migrator.migrateTo(to))
}

async function lock(session: Kysely<never>, waitMs: number): Promise<void> {
  const { rows } = await sql<{ before: string }>`select current_setting('lock_timeout') as before`.execute(session)
  await sql`select set_config('lock_timeout', ${`${waitMs}ms`}, false)`.execute(session)
  try {
    await sql`select pg_advisory_lock(${sql.lit(migrating)})`.execute(session)
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== '55P03')
      throw new Failure('unavailable', 'the database could not be migrated', { cause })
    const sentence = `another process has been migrating this database for more than ${waitMs / 1000} s; try again when it is through`
    throw new Failure('unavailable', sentence, { cause, retryAfterMs: waitMs })
  } finally {
    await sql`select set_config('lock_timeout', ${rows[0]?.before ?? '0'}, false)`.execute(session).catch(() => {})
  }
}

type Outcome = Awaited<ReturnType<Migrator['migrateToLatest']>>

function appliedBy({ error, results }: Outcome): string[] {
  const failed = results?.find(({ status }) => status === 'Error')
  if (failed)
    throw new Failure('broken', `migration ${failed.migrationName} failed; nothing of it was kept`, { cause: error })
  if (error instanceof Error && error.message.includes('corrupted migrations')) {
    throw new Failure(
      'conflict',
      'the database was migrated by a newer version of this program; update, or restore a backup',
      { cause: error },
    )
  }
  if (error) throw new Failure('unavailable', 'the database could not be migrated', { cause: error })
  return (results ?? []).map(({ migrationName }) => migrationName)
}
