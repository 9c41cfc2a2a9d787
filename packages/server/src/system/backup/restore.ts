import { sql } from 'kysely'
import { Failure } from '@pumpiq/domain'
import type { Db, Tx } from '../../db/db.ts'
import { migrateWithin, migrations, newestMigration } from '../../db/migrate.ts'
import type { Clock } from '../../platform/clock.ts'
import type { HomeLabel } from '../../platform/home.ts'
import { columnsOf, fixTexts, sumOf, type Column } from './content.ts'
import { Row, type Header } from './format.ts'
import { scanBackup, type Scanned } from './read.ts'
import { replaced, tableNames } from './tables.ts'

type Needs = {
  db: Db
  label: HomeLabel
  clock: Pick<Clock, 'sleep'>
  /** What must hold of the restored rows besides their checksums; throws before anything is committed. */
  check?(tx: Tx): Promise<void>
  abort?: AbortSignal | undefined
}

/**
 * Takes a backup into an empty installation of the same label, all of it in one transaction or nothing. The whole file is verified first (`verified`: what `verifyBackup` just said of it). The
 * rows go into the schema they were written from, are read back and compared by count and checksum, and only then migrated.
 */
export async function restoreBackup(needs: Needs, path: string, verified?: Scanned): Promise<Scanned> {
  const scanned = verified ?? (await verifyBackup(path, needs.label))
  await needs.db.transaction().execute(async (tx) => {
    await fixTexts(tx)
    await prepare(tx, scanned.header)
    await fill(tx, path, scanned, needs.abort)
    await compare(needs, tx, scanned)
    await needs.check?.(tx)
    // TimescaleDB's own mode for restores is not entered: it is for rows of its catalogue, and refuses ours.
    await migrateWithin(tx as never)
  })
  return scanned
}

/** Reads the file to its end; to be called before anything is made for it, a data folder too. */
export async function verifyBackup(path: string, label: HomeLabel): Promise<Scanned> {
  const scanned = await scanBackup(path)
  const { schema, label: own } = scanned.header
  if (own !== label) throw new Failure('conflict', `${path} holds ${own} data and is not restored as ${label}`)
  const all = Object.keys(await migrations.getMigrations())
  if (!all.includes(schema))
    throw new Failure(
      'conflict',
      `${path} was made by a newer version of this program (schema ${schema}); update first`,
    )
  return scanned
}

/** Brings an empty database to the backup's schema and makes sure that nobody else writes. */
async function prepare(tx: Tx, { schema, label }: Header): Promise<void> {
  const there = await newestMigration(tx)
  if (there !== null) await refuseData(tx, label)
  if (there !== null && there > schema)
    throw new Failure(
      'conflict',
      `the database has the schema ${there} already and the backup ${schema}; restore it into a database that was never used`,
    )
  await migrateWithin(tx as never, schema)
  for (const table of replaced) {
    // An older schema may not have it yet.
    if ((await columnsOf(tx, table)).length > 0) await sql`delete from ${sql.table(table)}`.execute(tx)
  }
}

async function refuseData(tx: Tx, label: HomeLabel): Promise<void> {
  const found: string[] = []
  await sql`set local lock_timeout = '15s'`.execute(tx)
  for (const table of tableNames) {
    if ((await columnsOf(tx, table)).length === 0) continue
    await lockTable(tx, table)
    const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(tx)
    if (rows[0]!.rows > 0 && !replaced.includes(table)) found.push(`${table} ${rows[0]!.rows}`)
  }
  if (found.length > 0)
    throw new Failure(
      'conflict',
      `a backup is restored into an empty installation only; rows are there: ${found.join(', ')}`,
    )
  const kept = await sql<{ homeLabel: string }>`select home_label from installation`.execute(tx)
  const own = kept.rows[0]?.homeLabel ?? label
  if (own !== label) throw new Failure('conflict', `the database holds ${own} data and cannot be opened as ${label}`)
}

async function lockTable(tx: Tx, table: string): Promise<void> {
  try {
    await sql`lock table ${sql.table(table)} in exclusive mode`.execute(tx)
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== '55P03') throw cause
    throw new Failure('conflict', `the table ${table} is in use; stop what works on this database first`, { cause })
  }
}

type Filling = { readonly columns: readonly Column[]; readonly batch: string[]; characters: number }

/** So much goes to the database in one statement. */
const batchRows = 5_000
const batchCharacters = 2 ** 22

async function fill(tx: Tx, path: string, { header, tables }: Scanned, abort: AbortSignal | undefined): Promise<void> {
  const filling = new Map<string, Filling>()
  for (const { name, columns } of header.tables)
    filling.set(name, { columns: await known(tx, name, columns), batch: [], characters: 0 })
  const flush = async (table: string) => {
    const { columns, batch } = filling.get(table)!
    await insert(tx, table, columns, batch.splice(0))
    filling.get(table)!.characters = 0
  }
  const again = await scanBackup(path, {
    async rows(table, lines) {
      abort?.throwIfAborted()
      const own = filling.get(table)!
      for (const line of lines) {
        own.batch.push(line)
        own.characters += line.length
        if (own.batch.length >= batchRows || own.characters >= batchCharacters) await flush(table)
      }
    },
    // What refers to a table comes behind it: each is through before the next begins.
    async tableEnd(table) {
      await flush(table)
    },
  })
  for (const { name } of header.tables)
    if (again.tables[name]?.sha256 !== tables[name]?.sha256)
      throw new Failure('conflict', `${path} changed while it was read`)
  await setSequences(tx, header)
}

async function known(tx: Tx, table: string, names: readonly string[]): Promise<readonly Column[]> {
  const columns = await columnsOf(tx, table)
  return names.map((name) => {
    const column = columns.find((one) => one.name === name)
    if (!column || !tableNames.includes(table))
      throw new Failure('invalid', `the backup has a column ${table}.${name}, which its schema does not have`)
    return column
  })
}

async function insert(tx: Tx, table: string, columns: readonly Column[], lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const rows = lines.map((line) => Row.parse(JSON.parse(line)))
  const given = columns.map((_, i) => sql`${rows.map((row) => row[i] ?? null)}::text[]`)
  const names = columns.map(({ name }) => sql.ref(name))
  const values = columns.map(({ type }, i) => sql`${sql.ref(`v${i}`)}::${sql.raw(type)}`)
  const aliases = columns.map((_, i) => sql.ref(`v${i}`))
  await sql`insert into ${sql.table(table)} (${sql.join(names)}) overriding system value
    select ${sql.join(values)} from unnest(${sql.join(given)}) as given (${sql.join(aliases)})`.execute(tx)
}

async function setSequences(tx: Tx, { sequences }: Header): Promise<void> {
  for (const [name, last] of Object.entries(sequences)) {
    const [table = '', column = ''] = name.split('.')
    if (last !== null)
      await sql`select setval(pg_get_serial_sequence(${table}, ${column})::regclass, ${last}::bigint)`.execute(tx)
  }
}

async function compare({ clock, abort }: Needs, tx: Tx, { header, tables }: Scanned): Promise<void> {
  for (const { name, columns } of header.tables) {
    const own = await sumOf({ tx, clock, abort }, name, columns)
    const { rows, sha256 } = tables[name]!
    if (own.rows !== rows || own.sha256 !== sha256)
      throw new Failure(
        'broken',
        `table ${name} holds ${own.rows} rows with the SHA-256 ${own.sha256}, the backup ${rows} with ${sha256}: nothing is kept`,
      )
  }
}
