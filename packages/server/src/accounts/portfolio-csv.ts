import { Failure, fromIso, isFailure, toIso } from '@pumpiq/domain'
import { importAtMost, NewTransaction } from '@pumpiq/api'

/** The columns of a file, in the order in which they are written; which of them a file must have. */
const columns = ['at', 'token', 'kind', 'quantity', 'price_usd', 'fee_usd', 'note', 'ref'] as const
type Column = (typeof columns)[number]
const required: readonly Column[] = ['at', 'token', 'kind', 'quantity']
const words = { price_usd: 'priceUsd', fee_usd: 'feeUsd' } as const

export type Fault = { readonly line: number; readonly why: string }
export type ReadLine = NewTransaction & { readonly line: number }
type Row = { readonly line: number; readonly cells: readonly string[] }

/** A text that a spreadsheet would take for a formula is written with an apostrophe before it, which is taken away again when it is read. */
const isFormula = /^'*[=+\-@\t\r]/
const isShielded = /^'+[=+\-@\t\r]/
const shielded = (text: string): string => (isFormula.test(text) ? `'${text}` : text)
const bare = (text: string): string => (isShielded.test(text) ? text.slice(1) : text)

/** One line of a file (RFC 4180), without its end. */
export function writeLine(cells: Readonly<Record<Column, string | null>>): string {
  return columns.map((column) => quoted(shielded(cells[column] ?? ''))).join(',')
}
export const headerLine = columns.join(',')

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** What a file says, line by line; what cannot be understood by the number of its line. A file that is no table at all is refused. */
export function readCsv(text: string): { lines: number; read: ReadLine[]; faults: Fault[] } {
  const [header, ...rows] = rowsOf(text.replace(/^\uFEFF/, ''))
  if (!header) throw new Failure('invalid', `the file is empty; its first line names the columns: ${headerLine}`)
  const names = namesOf(header)
  if (rows.length > importAtMost)
    throw new Failure('invalid', `the file has ${rows.length} lines, ${importAtMost} are allowed: split it`)
  const read: ReadLine[] = []
  const faults: Fault[] = []
  for (const row of rows) {
    const told = readRow(row, names)
    if (typeof told === 'string') faults.push({ line: row.line, why: told })
    else read.push({ ...told, line: row.line })
  }
  return { lines: rows.length, read, faults }
}

function namesOf({ cells }: Row): Column[] {
  const names = cells.map((cell) => cell.trim().toLowerCase())
  const unknown = names.find((name) => !columns.some((column) => column === name))
  if (unknown !== undefined)
    throw new Failure(
      'invalid',
      `there is no column ${JSON.stringify(unknown.slice(0, 40))}; allowed are ${headerLine}`,
    )
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new Failure('invalid', `the column ${twice} stands there twice`)
  const missing = required.filter((column) => !names.includes(column))
  if (missing.length > 0) throw new Failure('invalid', `the file lacks the columns ${missing.join(', ')}`)
  return names as Column[]
}

/** A transaction, or why it is none. */
function readRow({ cells }: Row, names: readonly Column[]): NewTransaction | string {
  if (cells.length !== names.length) return `has ${cells.length} cells, and the header names ${names.length}`
  const given: Record<string, string> = {}
  for (const [i, name] of names.entries()) {
    const cell = bare(cells[i]!.trim())
    if (cell !== '') given[name in words ? words[name as keyof typeof words] : name] = cell
  }
  try {
    if (given['at'] !== undefined) given['at'] = toIso(fromIso(given['at'], 'at'))
  } catch (thrown) {
    if (isFailure(thrown)) return thrown.message
    throw thrown
  }
  const parsed = NewTransaction.safeParse({ ...given, kind: given['kind']?.toLowerCase() })
  if (parsed.success && given['at'] !== undefined) return parsed.data
  if (parsed.success) return 'at is missing'
  const [issue] = parsed.error.issues
  const name = String(issue?.path[0] ?? '')
  const column = columns.find((one) => one === name || words[one as keyof typeof words] === name) ?? name
  return given[name] === undefined ? `${column} is missing` : `${column}: ${issue?.message}`
}

/** The rows of a table, empty lines left out. A cell in quotes may hold commas, line ends and doubled quotes. */
function rowsOf(text: string): Row[] {
  const rows: Row[] = []
  let at = 0
  let line = 1
  while (at < text.length) {
    const first = line
    const cells: string[] = []
    for (let ended = false; !ended;) {
      const cell = cellAt(text, at, first)
      cells.push(cell.text)
      line += cell.lines
      at = cell.end
      ended = text[at] !== ','
      if (!ended) at += 1
    }
    if (text.startsWith('\r\n', at)) at += 2
    else if (at < text.length) at += 1
    line += 1
    if (cells.length > 1 || cells[0]!.trim() !== '') rows.push({ line: first, cells })
  }
  return rows
}

function cellAt(text: string, from: number, line: number): { text: string; end: number; lines: number } {
  if (text[from] !== '"') {
    const ends = /[,\r\n]/g
    ends.lastIndex = from
    const end = ends.exec(text)?.index ?? text.length
    return { text: text.slice(from, end), end, lines: 0 }
  }
  let end = from + 1
  for (;;) {
    end = text.indexOf('"', end)
    if (end < 0) throw new Failure('invalid', `line ${line}: a quote is opened and not closed`)
    if (text[end + 1] !== '"') break
    end += 2
  }
  const inner = text.slice(from + 1, end)
  if (!/[,\r\n]/.test(text[end + 1] ?? ','))
    throw new Failure('invalid', `line ${line}: behind the end of a quote there is more text`)
  return { text: inner.replaceAll('""', '"'), end: end + 1, lines: inner.split('\n').length - 1 }
}
