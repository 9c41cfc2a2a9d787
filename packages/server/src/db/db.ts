import { CamelCasePlugin, Kysely, type Dialect, type Transaction } from 'kysely'
import { Failure } from '@pumpiq/domain'
import type { Home, HomeLabel } from '../platform/home.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { migrate } from './migrate.ts'
import { pgliteDialect } from './pglite.ts'
import { postgresDialect, unusable } from './postgres.ts'
import type { Tables } from './schema.ts'
import { useTimescale } from './timescale.ts'

/**
 * The database, or a transaction on it. Inside `transaction()` use only `tx`: embedded there is one session, and `db` would wait for
 * itself for ever. Never await the network in a transaction.
 */
export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

type Needs = { log: Log } & ({ home: Home } | { url: Secret; label: HomeLabel })

/**
 * Opens the embedded database of a data folder, or PostgreSQL 15 or newer by URL; migrated, and refused (conflict) when it holds data of
 * the other label. `destroy()` closes it; a home is released by whoever opened it.
 */
export async function createDb(needs: Needs): Promise<Db> {
  const dialect = 'home' in needs ? await pgliteDialect(needs.home) : postgresDialect(needs.url, needs.log)
  const db = dbOver(dialect)
  try {
    await migrate(db as never)
    await useTimescale(db)
    await checkLabel(db, 'home' in needs ? needs.home.label : needs.label)
    return db
  } catch (error) {
    await db.destroy()
    throw 'home' in needs ? error : unusable(error)
  }
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
