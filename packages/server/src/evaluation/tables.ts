import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Failure } from '@pumpiq/domain'
import { unreadable } from '../backtest/candle-files.ts'
import { sha256Hex } from '../platform/hash.ts'

export type Row = Readonly<Record<string, unknown>>
/** A file as it lies: its rows with their line numbers, and what tells later that it is the same one. */
export type Table = {
  readonly file: string
  readonly sha256: string
  readonly bytes: number
  readonly rows: readonly { readonly line: number; readonly row: Row }[]
}

/** The bytes of a file below the data folder, and their hash. */
export async function readBytes(folder: string, file: string): Promise<{ bytes: Uint8Array; sha256: string }> {
  const bytes = await readFile(join(folder, file)).catch((cause: NodeJS.ErrnoException) => {
    throw new Failure('invalid', `${file}: ${unreadable(cause)} (looked for in ${folder})`, { cause })
  })
  return { bytes, sha256: sha256Hex(bytes) }
}

/** A table of CSV (RFC 4180) or JSON lines, either may be in gzip. What is not a row refuses the file by line. */
export async function readTable(folder: string, file: string): Promise<Table> {
  const { bytes, sha256 } = await readBytes(folder, file)
  const form = /\.(csv|jsonl)(\.gz)?$/.exec(file)?.[1]
  if (!form)
    throw new Failure('invalid', `${file}: the name must end in .csv, .csv.gz, .jsonl or .jsonl.gz to tell its form`)
  const text = textOf(bytes, file).replace(/^\uFEFF/, '')
  return { file, sha256, bytes: bytes.length, rows: form === 'csv' ? csvRows(text, file) : jsonRows(text, file) }
}

function textOf(bytes: Uint8Array, file: string): string {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  try {
    return new TextDecoder().decode(isGzip ? gunzipSync(bytes) : bytes)
  } catch (cause) {
    throw new Failure('invalid', `${file}: the gzip data is damaged or cut short (${String(cause)})`, { cause })
  }
}

function jsonRows(text: string, file: string): Table['rows'] {
  return text.split('\n').flatMap((written, i) => {
    if (written.trim() === '') return []
    const where = `${file}, line ${i + 1}`
    const value = parsed(written, where)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Failure('invalid', `${where}: a line must be one JSON object, not ${written.slice(0, 60)}`)
    return [{ line: i + 1, row: value as Row }]
  })
}

function parsed(written: string, where: string): unknown {
  try {
    return JSON.parse(written)
  } catch (cause) {
    throw new Failure('invalid', `${where}: ${JSON.stringify(written.slice(0, 60))} is not JSON`, { cause })
  }
}

const fieldPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y

function csvRows(text: string, file: string): Table['rows'] {
  const records: { line: number; cells: string[] }[] = []
  let [line, at] = [1, 0]
  while (at < text.length) {
    const record = { line, cells: [] as string[] }
    for (let end = ','; end === ',';) {
      fieldPattern.lastIndex = at
      const found = fieldPattern.exec(text)
      if (!found) throw new Failure('invalid', `${file}, line ${line}: a quote stands where none may`)
      const [whole, quoted, plain = '', ending = ''] = found
      record.cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
      line += whole.split('\n').length - 1
      at += whole.length
      end = ending
    }
    if (record.cells.length > 1 || record.cells[0] !== '') records.push(record)
  }
  const [header, ...rest] = records
  if (!header) throw new Failure('invalid', `${file}: it is empty; the first line must name the columns`)
  return rest.map((record) => {
    if (record.cells.length !== header.cells.length) {
      const [has, needs] = [record.cells.length, header.cells.length]
      throw new Failure('invalid', `${file}, line ${record.line}: ${has} cells, where the header has ${needs}`)
    }
    return { line: record.line, row: Object.fromEntries(header.cells.map((name, i) => [name, record.cells[i]])) }
  })
}

/** The cell of a column that must be there, though it may be empty; `field` is where the plan names it. */
export function cellOf(table: Table, { line, row }: Table['rows'][number], column: string, field: string): unknown {
  if (Object.hasOwn(row, column)) return row[column]
  throw new Failure(
    'invalid',
    `${table.file}, line ${line}: there is no column ${JSON.stringify(column)} (${field} of the plan); there are ${Object.keys(row).join(', ')}`,
  )
}
