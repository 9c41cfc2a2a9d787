import type { PGlite } from '@electric-sql/pglite'
import { CamelCasePlugin, Kysely, type Dialect, type Transaction } from 'kysely'
import { Failure } from '@pumpiq/domain'
import type { Home, HomeLabel } from '../platform/home.ts'
import type { Log } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Secret } from '../platform/secret.ts'
import { migrate, type Migrated } from './migrate.ts'
import { openPglite, pgliteDialectOver } from './pglite.ts'
import { postgresDialect, unusable } from './postgres.ts'
import type { Tables } from './schema.ts'
import { useTimescale } from './timescale.ts'

/**
 * The database, or a transaction on it. Inside `transaction()` use only `tx`: embedded there is one session, and `db` would wait for
 * itself for ever. Never await the network in a transaction.
 */
export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

type Needs = { log: Log; metrics?: Metrics } & ({ home: Home } | { url: Secret; label: HomeLabel })

/** Opens the database alone, for those who need nothing of what lies under it; see `openDb`. */
export const createDb = async (needs: Needs): Promise<Db> => (await openDb(needs)).db

/**
 * Opens the embedded database of a data folder, or PostgreSQL 15 or newer by URL; migrated, and refused (conflict) when it holds data of
 * the other label. `db.destroy()` closes it; a home is released by whoever opened it. `embedded` is the engine under `db` where there is
 * no PostgreSQL: one session, which the job queue shares.
 */
export async function openDb(needs: Needs): Promise<{ db: Db; embedded: PGlite | null; migrated: Migrated }> {
  const { dialect, embedded } = await under(needs)
  const db = dbOver(dialect)
  try {
    const migrated = await migrate(db as never)
    const { from, to, applied } = migrated
    if (from !== null && applied.length > 0) needs.log.info('the database was migrated', { from, to })
    await useTimescale(db)
    await checkLabel(db, 'home' in needs ? needs.home.label : needs.label)
    return { db, embedded, migrated }
  } catch (error) {
    await db.destroy()
    throw 'home' in needs ? error : unusable(error)
  }
}

async function under(needs: Needs): Promise<{ dialect: Dialect; embedded: PGlite | null }> {
  if (!('home' in needs)) return { dialect: postgresDialect(needs.url, needs.log, needs.metrics), embedded: null }
  const embedded = await openPglite(needs.home)
  return { dialect: pgliteDialectOver(embedded), embedded }
}

// Keys inside documents are the documents' own: the plug-in must not rewrite them.
export const dbOver = (dialect: Dialect): Db =>
  new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] })

async function checkLabel(db: Db, label: HomeLabel): Promise<void> {
  await db
    .insertInto('installation')
    .values({ one: true, homeLabel: label })
    .onConflict((on) => on.doNothing())
    .execute()
  const { homeLabel } = await db.selectFrom('installation').select('homeLabel').executeTakeFirstOrThrow()
  if (homeLabel !== label) {
    throw new Failure('conflict', `the database holds ${homeLabel} data and cannot be opened as ${label}`)
  }
}
