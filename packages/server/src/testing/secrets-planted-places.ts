import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Db } from '../db/db.ts'
import type { Place } from './secrets-planted.ts'

/** Every row of every table, as text. */
export async function rowsOf(db: Db): Promise<Place[]> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db)
  const told = async (name: string) =>
    (await sql<{ row: string }>`select t::text as row from ${sql.table(name)} as t`.execute(db)).rows
  return Promise.all(
    rows.map(async ({ name }) => ({
      name: `the table ${name}`,
      text: (await told(name)).map(({ row }) => row).join('\n'),
    })),
  )
}

/** Every file of a folder, unpacked. */
export async function filesIn(home: string): Promise<Place[]> {
  const names = (await readdir(home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const read = async (path: string) =>
    (path.endsWith('.gz') ? gunzipSync(await readFile(path)) : await readFile(path)).toString('latin1')
  return Promise.all(
    names.map(async ({ name, parentPath }) => ({ name: `the file ${name}`, text: await read(join(parentPath, name)) })),
  )
}
