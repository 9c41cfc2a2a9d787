import { createHash } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { sql } from 'kysely'
import { Failure, isFailure, toIso } from '@pumpiq/domain'
import type { Db, Tx } from '../../db/db.ts'
import { newestMigration } from '../../db/migrate.ts'
import type { Clock } from '../../platform/clock.ts'
import type { HomeLabel } from '../../platform/home.ts'
import { columnsOf, fixTexts, rowLines } from './content.ts'
import { formatVersion, type Header, type Sum } from './format.ts'
import { tableNames } from './tables.ts'

type Needs = {
  db: Db
  label: HomeLabel
  version: string
  clock: Clock
  /** Tables that are left out: they are empty when it is restored. */
  without?: readonly string[]
  abort?: AbortSignal | undefined
}

export type Written = {
  readonly header: Header
  readonly tables: Readonly<Record<string, Sum>>
  readonly bytes: number
}

/**
 * Writes all tables of ours as they are at one instant. The file has its name only once it is whole and on the disk. PostgreSQL gives a
 * snapshot beside which work goes on. The embedded database has one session: what others ask of it waits until the backup is through,
 * while the event loop goes on between pages.
 */
export async function writeBackup(needs: Needs, path: string): Promise<Written> {
  const temporary = `${path}.part`
  let file: FileHandle | null = null
  try {
    file = await open(temporary, 'w', 0o600)
    const written = await write(needs, file)
    await file.sync()
    const { size } = await file.stat()
    await file.close()
    await rename(temporary, path)
    await syncFolder(dirname(path))
    return { ...written, bytes: size }
  } catch (error) {
    await file?.close().catch(() => {})
    await rm(temporary, { force: true })
    throw told(path, error)
  }
}

type Sums = Record<string, Sum>

async function write(
  { db, label, version, clock, without = [], abort }: Needs,
  file: FileHandle,
): Promise<{ header: Header; tables: Sums }> {
  const tables: Sums = {}
  return db.transaction().execute(async (tx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(tx)
    await fixTexts(tx)
    const header = await headerOf(tx, { label, version, madeAt: toIso(clock.now()) }, without)
    await pipeline(
      linesOf({ tx, clock, abort }, header, tables),
      createGzip({ level: 2, chunkSize: 2 ** 18 }),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) await file.appendFile(chunk)
      },
      { ...(abort && { signal: abort }) },
    )
    return { header, tables }
  })
}

async function* linesOf(needs: Parameters<typeof rowLines>[0], header: Header, sums: Sums): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const said = (text: string): string => {
    hash.update(text)
    return text
  }
  yield said(`${JSON.stringify(header)}\n`)
  for (const { name, columns } of header.tables) {
    yield said(`${JSON.stringify({ table: name })}\n`)
    const lines = rowLines(needs, name, columns)
    for (;;) {
      const next = await lines.next()
      if (next.done) {
        sums[name] = next.value
        break
      }
      yield said(next.value)
    }
  }
  yield `${JSON.stringify({ end: { tables: sums, sha256: hash.digest('hex') } })}\n`
}

async function headerOf(
  tx: Tx,
  about: Pick<Header, 'label' | 'madeAt'> & { version: string },
  without: readonly string[],
): Promise<Header> {
  const schema = await newestMigration(tx)
  if (schema === null)
    throw new Failure('notFound', 'the database holds nothing of PumpIQ: there is nothing to back up')
  const { rows } = await sql<{ homeLabel: string }>`select home_label from installation`.execute(tx)
  const found = rows[0]?.homeLabel ?? about.label
  if (found !== about.label)
    throw new Failure('conflict', `the database holds ${found} data and is not backed up as ${about.label}`)
  const tables: Header['tables'] = []
  const sequences: Header['sequences'] = {}
  for (const name of tableNames.filter((one) => !without.includes(one))) {
    const columns = await columnsOf(tx, name)
    if (columns.length > 0) tables.push({ name, columns: columns.map((column) => column.name) })
    for (const column of columns)
      if (column.identity) sequences[`${name}.${column.name}`] = await lastOf(tx, name, column.name)
  }
  const { label, madeAt, version } = about
  return { format: 'pumpiq-backup', version: formatVersion, schema, label, madeAt, engine: version, tables, sequences }
}

/** The last number given, not the highest that is kept: a number is not given twice, also when its row was deleted. */
async function lastOf(tx: Tx, table: string, column: string): Promise<string | null> {
  const { rows } = await sql<{ last: string | null }>`
    select pg_sequence_last_value(pg_get_serial_sequence(${table}, ${column})::regclass)::text as last`.execute(tx)
  return rows[0]?.last ?? null
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** What the system refuses about a file is told by name; all else is what it was. */
function told(path: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (isFailure(error) || syscall === undefined) return error
  if (code === 'ENOSPC')
    return new Failure('unavailable', `${path} was not written: its disk is full`, { cause: error })
  return new Failure('invalid', `${path} cannot be written (${code}): allowed is a file in a folder that takes one`, {
    cause: error,
  })
}
