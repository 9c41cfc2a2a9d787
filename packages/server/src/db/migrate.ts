import { readdir } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration'
import { Failure } from '@pumpiq/domain'

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

/**
 * Brings the schema up to date, in one transaction and under the migrator's lock. A database that a newer program has migrated is
 * refused rather than guessed at.
 */
export async function migrate(db: Kysely<never>, provider: MigrationProvider = migrations): Promise<void> {
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest()
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
}
