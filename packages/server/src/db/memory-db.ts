import { PGlite } from '@electric-sql/pglite'
import { dbOver, type Db } from './db.ts'
import { migrate } from './migrate.ts'
import { pgliteDialectOver, pgliteOptions } from './pglite.ts'

/** An embedded database that is nowhere but in memory and ends with `destroy()`: books of one run, some hundreds of MB. */
export async function createMemoryDb(): Promise<Db> {
  const db = dbOver(pgliteDialectOver(await PGlite.create(pgliteOptions)))
  await migrate(db as never)
  return db
}
