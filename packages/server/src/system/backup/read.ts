import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Failure, isFailure } from '@pumpiq/domain'
import { End, formatVersion, Header, Mark, versionOf, type Sum } from './format.ts'

export type Scanned = { readonly header: Header; readonly tables: Readonly<Record<string, Sum>> }

/** What is done with a backup as it goes by; rows come in batches of one table. */
type Take = {
  rows?(table: string, lines: readonly string[]): Promise<void>
  tableEnd?(table: string): Promise<void>
}

/**
 * Reads a backup to its end and checks every count and checksum. Failure invalid says what is wrong and where. What `take` was given
 * before is to be believed only when this returns.
 */
export async function scanBackup(path: string, take: Take = {}): Promise<Scanned> {
  const scan = createScan(path, take)
  try {
    await pipeline(
      createReadStream(path),
      createGunzip({ chunkSize: 2 ** 18 }),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const { lines, firstLine } of batchesOf(chunks)) await scan.lines(lines, firstLine)
      },
    )
    return scan.end()
  } catch (error) {
    throw told(path, error, scan.place())
  }
}

/** Far above the longest row, what a call was decided from. */
const longestLine = 2 ** 28
const lineFeed = 0x0a

/** Whole lines, so many as came together; a last one without its line feed was torn off and is left out. */
async function* batchesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ lines: string[]; firstLine: number }> {
  let rest: Buffer[] = []
  let held = 0
  let firstLine = 1
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(lineFeed)
    if (end < 0) {
      rest.push(chunk)
      held += chunk.length
      if (held > longestLine)
        throw new Failure('invalid', `a line of more than ${longestLine} bytes is none of a backup`)
      continue
    }
    const lines = Buffer.concat([...rest, chunk.subarray(0, end)])
      .toString()
      .split('\n')
    yield { lines, firstLine }
    firstLine += lines.length
    rest = [chunk.subarray(end + 1)]
    held = rest[0]!.length
  }
}

type State = {
  header: Header | null
  /** Index in the header's tables of the one that goes by; -1 before the first. */
  at: number
  whole: Hash
  own: Hash
  rows: number
  sums: Record<string, Sum>
  line: number
  isEnded: boolean
}

function createScan(path: string, take: Take) {
  const state: State = {
    header: null,
    at: -1,
    whole: createHash('sha256'),
    own: createHash('sha256'),
    rows: 0,
    sums: {},
    line: 0,
    isEnded: false,
  }
  return {
    async lines(lines: readonly string[], firstLine: number): Promise<void> {
      for (let i = 0; i < lines.length;) {
        state.line = firstLine + i
        let to = i
        while (lines[to]?.startsWith('[')) to += 1
        if (to > i) await takeRows(state, take, lines.slice(i, to))
        else await takeMark(state, take, lines[to++]!)
        i = to
      }
    },
    place: (): string => placeOf(state),
    end(): Scanned {
      if (!state.header) throw new Failure('invalid', `${path} is no backup: it is empty`)
      if (!state.isEnded) throw wrong(state, 'the end is missing: the file was cut off')
      return { header: state.header, tables: state.sums }
    },
  }
}

const tableOf = ({ header, at }: State): string | null => header?.tables[at]?.name ?? null

const placeOf = (state: State): string => {
  const table = tableOf(state)
  return `line ${state.line}${table === null || state.isEnded ? '' : `, table ${table}`}`
}

const wrong = (state: State, what: string): Failure => new Failure('invalid', `${placeOf(state)}: ${what}`)

async function takeRows(state: State, take: Take, lines: readonly string[]): Promise<void> {
  const table = tableOf(state)
  if (table === null || state.isEnded) throw wrong(state, 'a row that belongs to no table')
  const text = `${lines.join('\n')}\n`
  state.whole.update(text)
  state.own.update(text)
  state.rows += lines.length
  await take.rows?.(table, lines)
  state.line += lines.length - 1
}

async function takeMark(state: State, take: Take, line: string): Promise<void> {
  const value = parsed(state, line)
  if (state.isEnded) throw wrong(state, 'something stands behind the end')
  if (state.header === null) {
    state.header = readHeader(state, value)
  } else {
    const ended = tableOf(state)
    if (ended !== null) await take.tableEnd?.(ended)
    closeTable(state)
    const mark = Mark.safeParse(value)
    state.at += 1
    if (!mark.success) return checkEnd(state, value)
    if (mark.data.table !== tableOf(state))
      throw wrong(state, `the table ${mark.data.table} is not the next in the header`)
  }
  state.whole.update(`${line}\n`)
}

function readHeader(state: State, value: unknown): Header {
  const header = Header.safeParse(value)
  if (header.success) return header.data
  const version = versionOf(value)
  if (version === null) throw wrong(state, 'this is no header of a backup')
  if (version === formatVersion) throw wrong(state, 'the header of the backup is damaged')
  throw wrong(
    state,
    `the backup is of format ${version}, this program reads ${formatVersion}; use the version that made it`,
  )
}

function closeTable(state: State): void {
  const table = tableOf(state)
  if (table !== null) state.sums[table] = { rows: state.rows, sha256: state.own.digest('hex') }
  state.own = createHash('sha256')
  state.rows = 0
}

function checkEnd(state: State, value: unknown): void {
  const { header, sums } = state
  const read = End.safeParse(value)
  if (!read.success) throw wrong(state, 'neither a row nor a table nor the end')
  if (state.at < header!.tables.length) throw wrong(state, `the table ${tableOf(state)} is missing`)
  state.isEnded = true
  const { tables, sha256 } = read.data.end
  for (const { name } of header!.tables) {
    const [own, said] = [sums[name]!, tables[name]]
    if (own.rows !== said?.rows)
      throw wrong(state, `table ${name}: ${own.rows} rows are there, ${said?.rows ?? 'none'} were written`)
    if (own.sha256 !== said.sha256)
      throw wrong(
        state,
        `table ${name}: a row was altered, they have the SHA-256 ${own.sha256}, written were ${said.sha256}`,
      )
  }
  if (state.whole.digest('hex') !== sha256) throw wrong(state, 'the header or the mark of a table was altered')
}

function parsed(state: State, line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw wrong(state, state.header === null ? 'this is no header of a backup' : 'this is no JSON')
  }
}

/** Faults of the compression and of the file, by name and place; all else is what it was. */
function told(path: string, error: unknown, place: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code?.startsWith('Z_')) {
    const torn = code === 'Z_BUF_ERROR'
    const what = torn ? 'the file was cut off' : `the compressed data are damaged (${(error as Error).message})`
    const where = place === 'line 0' ? 'at its beginning' : `behind ${place}`
    return new Failure('invalid', `${path}, ${where}: ${what}`, { cause: error })
  }
  if (syscall !== undefined) return new Failure('invalid', `${path} cannot be read (${code})`, { cause: error })
  if (!isFailure(error) || error.code !== 'invalid' || error.message.startsWith(path)) return error
  return new Failure('invalid', `${path}, ${error.message}`, { cause: error })
}
