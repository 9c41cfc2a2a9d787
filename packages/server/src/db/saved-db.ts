import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { sha256Hex } from '../platform/hash.ts'
import { dbOver, type Db } from './db.ts'
import { migrate } from './migrate.ts'
import { pgliteDialectOver, pgliteOptions } from './pglite.ts'

/**
 * An embedded database in memory for tests, loaded from a folder that was migrated once per schema and kept among the temporary files:
 * a third of the time. Close it with `destroy()`; each takes some hundreds of MB.
 */
export async function createSavedDb(): Promise<Db> {
  const path = await savedPath()
  let saved = read(path)
  if (!saved) {
    const pglite = await PGlite.create(pgliteOptions)
    const db = dbOver(pgliteDialectOver(pglite))
    await migrate(db as never)
    saved = Buffer.from(await (await pglite.dumpDataDir('none')).arrayBuffer())
    await db.destroy()
    write(path, saved)
  }
  return dbOver(
    pgliteDialectOver(await PGlite.create({ ...pgliteOptions, loadDataDir: new Blob([new Uint8Array(saved)]) })),
  )
}

async function savedPath(): Promise<string> {
  const folder = new URL('./migrations/', import.meta.url)
  const names = (await readdir(folder)).toSorted()
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')))
  const engine = await readFile(new URL(import.meta.resolve('@electric-sql/pglite')), 'utf8')
  return join(tmpdir(), 'pumpiq-saved-db', `${sha256Hex(JSON.stringify([engine, names, texts])).slice(0, 16)}.tar`)
}

function read(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}

/** Several test workers may write at once: whoever comes last replaces the same bytes. */
function write(path: string, bytes: Uint8Array): void {
  mkdirSync(join(path, '..'), { recursive: true })
  const own = `${path}.${process.pid}`
  writeFileSync(own, bytes)
  renameSync(own, path)
}
