import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Failure } from '@pumpiq/domain'
import type { Tx } from '../../db/db.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Sum } from './format.ts'

export type Column = {
  readonly name: string
  readonly type: string
  /** Numbered by the database. */
  readonly identity: boolean
  /** Place in the primary key from 0, null outside it. */
  readonly place: number | null
  /** Its order is that of a collation. */
  readonly collated: boolean
}

/** The columns of a table in their order; empty when there is no such table. */
export async function columnsOf(tx: Tx, table: string): Promise<readonly Column[]> {
  const { rows } = await sql<Column>`
    select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attidentity <> '' as identity,
      array_position(i.indkey::int2[], a.attnum) as place, a.attcollation <> 0 as collated
    from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
    where a.attrelid = to_regclass(${table}) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    order by a.attnum`.execute(tx)
  return rows
}

/** Values as text are to be the same on every database, however a server or a role is set; and a slow disk is no reason to be cut off. */
export const fixTexts = (tx: Tx) =>
  sql`select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true),
    set_config('intervalstyle', 'postgres', true), set_config('extra_float_digits', '1', true),
    set_config('bytea_output', 'hex', true), set_config('cursor_tuple_fraction', '0.0001', true),
    set_config('idle_in_transaction_session_timeout', '0', true)`.execute(tx)

/** In characters. On the embedded database a page takes about 5 ms, in which nothing else runs. */
const pageSize = 2 ** 17
const firstPage = 100
const mostRows = 5_000

type Needs = { tx: Tx; clock: Pick<Clock, 'sleep'>; abort?: AbortSignal | undefined }

/**
 * A table's rows as lines of JSON, in the order of its primary key; a page at a time, with the event loop let go in between. Returns count
 * and checksum.
 */
export async function* rowLines(
  { tx, clock, abort }: Needs,
  table: string,
  names: readonly string[],
): AsyncGenerator<string, Sum> {
  const query = await rowQuery(tx, table, names)
  await sql`declare backup_rows no scroll cursor for ${query}`.execute(tx)
  const hash = createHash('sha256')
  let [rows, characters] = [0, 0]
  for (;;) {
    abort?.throwIfAborted()
    const count = rows === 0 ? firstPage : Math.ceil((pageSize * rows) / characters)
    const page = await sql<{ line: string }>`fetch ${sql.lit(Math.min(count, mostRows))} from backup_rows`.execute(tx)
    if (page.rows.length === 0) break
    const text = `${page.rows.map(({ line }) => line).join('\n')}\n`
    hash.update(text)
    rows += page.rows.length
    characters += text.length
    yield text
    await clock.sleep(0)
  }
  await sql`close backup_rows`.execute(tx)
  return { rows, sha256: hash.digest('hex') }
}

/** The same without the lines. */
export async function sumOf(needs: Needs, table: string, names: readonly string[]): Promise<Sum> {
  const lines = rowLines(needs, table, names)
  for (;;) {
    const next = await lines.next()
    if (next.done) return next.value
  }
}

async function rowQuery(tx: Tx, table: string, names: readonly string[]) {
  const columns = await columnsOf(tx, table)
  const key = columns.filter(({ place }) => place !== null).toSorted((a, b) => a.place! - b.place!)
  if (key.length === 0) throw new Failure('broken', `the table ${table} is not there or has no primary key`)
  const byCodePoint = await isOrderedByCodePoint(tx)
  const values = names.map((name) => sql`${sql.ref(name)}::text`)
  const order = key.map(({ name, collated }) =>
    collated && !byCodePoint ? sql`${sql.ref(name)} collate "C"` : sql.ref(name),
  )
  return sql`select array_to_json(array[${sql.join(values)}])::text as line from ${sql.table(table)} order by ${sql.join(order)}`
}

/** Then the key's index gives the order, else the server sorts. */
async function isOrderedByCodePoint(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`
    select datlocprovider = 'c' and datcollate in ('C', 'POSIX', 'C.UTF-8', 'C.utf8') as yes
    from pg_database where datname = current_database()`.execute(tx)
  return rows[0]?.yes ?? false
}
