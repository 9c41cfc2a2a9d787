import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Failure, intervalNames, intervalOf, intervals, type Candles } from '@pumpiq/domain'

/** The columns a candle file has, in this order and no others. `ts` is the epoch ms of the bar's open, volume is in base units. */
export const candleHeader = 'ts,open,high,low,close,volume'

const fields = candleHeader.split(',')
const newline = 10
const carriageReturn = 13
const comma = 44
const point = 46
const digit0 = 48
/** 1973 in milliseconds: what is smaller was written in seconds. */
const earliest = 1e11
const latest = 1e14
const priceLimit = 1e14
const volumeLimit = 1e24
const powersOfTen = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))

/** The token of a recorded file: its base name begins with the symbol, so `data/BTCUSDT_1h.csv.gz` is `file:BTCUSDT`. */
export function symbolOf(path: string): string {
  const symbol = /^[A-Za-z0-9]{1,64}(?=[_.-]|$)/.exec(basename(path))?.[0]
  if (!symbol) throw new Failure('invalid', `${path}: the base name must begin with the symbol, such as BTCUSDT_1h.csv`)
  return `file:${symbol}`
}

/** One recorded candle file (CSV, or CSV in gzip), checked whole: a bar that cannot be one refuses the file. Nothing is repaired. */
export async function readCandleFile(path: string): Promise<Candles> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new Failure('invalid', `${path}: ${cause.code === 'ENOENT' ? 'no such file' : cause.message}`, { cause })
  })
  return parseCandles(bytes, path)
}

/** The columns of a candle file's bytes. `name` is its path: it gives the symbol and stands in every error. */
export function parseCandles(bytes: Uint8Array, name: string): Candles {
  const id = symbolOf(name)
  const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? unzip(bytes, name) : bytes
  const columns = parseRows(text, afterHeader(text, name), name)
  const [openAt, open, high, low, close, volume] = columns
  const rows = { id, openAt, open, high, low, close, volume, length: openAt.length }
  checkRows(rows, columns, name)
  return { ...rows, intervalMs: intervalIn(openAt, name) }
}

type Columns = readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]

function unzip(bytes: Uint8Array, name: string): Uint8Array {
  try {
    return gunzipSync(bytes)
  } catch (cause) {
    throw new Failure('invalid', `${name}: the gzip data is damaged or cut short (${String(cause)})`, {
      cause,
    })
  }
}

/** Where the rows begin. A byte order mark and Windows line ends are not data, so they are let pass. */
function afterHeader(text: Uint8Array, name: string): number {
  const start = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? 3 : 0
  const end = text.indexOf(newline, start)
  const line = latin1(text, start, end < 0 ? text.length : end).replace(/\r$/, '')
  if (line === candleHeader) return end < 0 ? text.length : end + 1
  const extra = line.startsWith(`${candleHeader},`)
    ? `unknown columns ${line.slice(candleHeader.length + 1)}`
    : `header ${quoted(line)}`
  throw new Failure('invalid', `${name}, line 1: ${extra}; the header must be exactly ${candleHeader}`)
}

/**
 * Every cell as the double that `Number(text)` gives. Up to 2^53 the digits are an exact integer, and one division by an exact power of
 * ten rounds once, correctly (Clinger 1990); longer or unusual cells go through `Number`. One loop over the bytes, because this is what a
 * backtest over millions of bars waits for.
 */
function parseRows(text: Uint8Array, start: number, name: string): Columns {
  const end = trimmedEnd(text, start)
  const rows = countRows(text, start, end)
  const column = () => new Float64Array(rows)
  const columns: Columns = [column(), column(), column(), column(), column(), column()]
  let at = start
  for (let row = 0; row < rows; row++) {
    for (let field = 0; field < 6; field++) {
      const from = at
      let digits = 0
      let scale = -1
      let plain = true
      let byte = 0
      for (; at < end; at++) {
        byte = text[at]!
        const digit = byte - digit0
        if (digit >= 0 && digit <= 9) {
          digits = digits * 10 + digit
          if (scale >= 0) scale++
        } else if (byte === point && scale < 0) scale = 0
        else if (byte === comma || byte === newline) break
        else if (byte === carriageReturn && (at + 1 === end || text[at + 1] === newline)) break
        else plain = false
      }
      const stop = at < end ? text[at] : newline
      if ((stop === comma) !== field < 5) throw wrongWidth(text, row, at, end, name)
      const short = at - from === (scale < 0 ? 0 : 1)
      const exact = plain && !short && digits <= Number.MAX_SAFE_INTEGER && scale <= 22
      columns[field]![row] = exact
        ? scale > 0
          ? digits / powersOfTen[scale]!
          : digits
        : slowNumber(text, from, at, row, field, name)
      at += stop === carriageReturn ? 2 : 1
    }
  }
  return columns
}

/** The end of the last row: line ends that close the file are not rows. */
function trimmedEnd(text: Uint8Array, start: number): number {
  let end = text.length
  if (end > start && text[end - 1] === newline) end--
  if (end > start && text[end - 1] === carriageReturn) end--
  return end
}

function countRows(text: Uint8Array, start: number, end: number): number {
  if (end <= start) return 0
  let rows = 1
  for (let at = text.indexOf(newline, start); at >= 0 && at < end; at = text.indexOf(newline, at + 1)) rows++
  return rows
}

function slowNumber(text: Uint8Array, from: number, to: number, row: number, field: number, name: string): number {
  const cell = latin1(text, from, to)
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(cell)) return Number(cell)
  const what = cell === '' ? 'is empty' : `${quoted(cell)} is not a number`
  throw new Failure('invalid', `${name}, line ${row + 2}, ${fields[field]}: ${what}; ${allowed(field)}`)
}

function wrongWidth(text: Uint8Array, row: number, at: number, end: number, name: string): Failure {
  const start = text.lastIndexOf(newline, at - 1) + 1
  const next = text.indexOf(newline, at)
  const line = latin1(text, start, next < 0 || next > end ? end : next)
  const what = line === '' || line === '\r' ? 'an empty line' : `${line.split(',').length} cells in ${quoted(line)}`
  return new Failure('invalid', `${name}, line ${row + 2}: ${what}; a row has the 6 cells ${candleHeader}`)
}

const allowed = (field: number): string =>
  field === 0
    ? 'allowed is the epoch in milliseconds of the bar that opens, a whole number'
    : field === 5
      ? 'allowed is an amount in base units, 0 or more, below 1e24'
      : 'allowed is a price above 0 and below 1e14'

type Rows = Omit<Candles, 'intervalMs'>

/** Comparisons are written so that NaN fails them. */
function checkRows(
  { openAt, open, high, low, close, volume, length }: Rows,
  columns: readonly Float64Array[],
  name: string,
): void {
  let before = Number.NEGATIVE_INFINITY
  for (let i = 0; i < length; i++) {
    const ts = openAt[i]!
    const o = open[i]!
    const h = high[i]!
    const l = low[i]!
    const c = close[i]!
    const v = volume[i]!
    const inRange = ts >= earliest && ts < latest && ts > before && Number.isInteger(ts)
    const sane = o > 0 && c > 0 && l > 0 && h < priceLimit && v >= 0 && v < volumeLimit
    if (!(inRange && sane && h >= o && h >= c && h >= l && l <= o && l <= c)) throw badRow(columns, i, before, name)
    before = ts
  }
}

/** Says which field of the row is at fault, in the order of the columns. */
function badRow(columns: readonly Float64Array[], row: number, before: number, name: string): Failure {
  const values = columns.map((column) => column[row]!)
  const [ts = 0, open = 0, high = 0, low = 0, close = 0] = values
  const where = (field: number, what: string) =>
    new Failure('invalid', `${name}, line ${row + 2}, ${fields[field]}: ${values[field]} ${what}`)
  if (!Number.isInteger(ts) || ts < 0) return where(0, `is not an instant; ${allowed(0)}`)
  if (ts < earliest) return where(0, `looks like seconds; ${allowed(0)}`)
  if (ts >= latest) return where(0, `looks like microseconds; ${allowed(0)}`)
  if (ts === before) return where(0, 'is there twice; every bar opens once')
  if (ts < before) return where(0, `comes after ${before}; bars are ordered, oldest first`)
  for (const field of [1, 2, 3, 4]) {
    if (!(values[field]! > 0 && values[field]! < priceLimit)) return where(field, `is not a price; ${allowed(field)}`)
  }
  if (!(values[5]! >= 0 && values[5]! < volumeLimit)) return where(5, `is not an amount; ${allowed(5)}`)
  if (high < low) return where(2, `is below low ${low}; high is the highest of the bar`)
  if (high < Math.max(open, close))
    return where(2, `is below open ${open} or close ${close}; high is the highest of the bar`)
  return where(3, `is above open ${open} or close ${close}; low is the lowest of the bar`)
}

/** The smallest step between bars. With fewer than two the base name must say it (`BTCUSDT_1h.csv`); where both speak they must agree. */
function intervalIn(openAt: Float64Array, name: string): number {
  const said = /^[A-Za-z0-9]+_(\d+[mhd])(?=[_.]|$)/.exec(basename(name))?.[1]
  const named = intervalNames.find((interval) => interval === said)
  const namedMs = named && intervals[named]
  let smallest = Number.POSITIVE_INFINITY
  let line = 0
  for (let i = 1; i < openAt.length; i++) {
    const step = openAt[i]! - openAt[i - 1]!
    if (step < smallest) [smallest, line] = [step, i + 2]
  }
  if (openAt.length < 2) {
    if (namedMs) return namedMs
    throw new Failure(
      'invalid',
      `${name}: ${openAt.length} bars do not tell the interval; name the file such as BTCUSDT_1h.csv`,
    )
  }
  if (!intervalOf(smallest)) {
    throw new Failure(
      'invalid',
      `${name}, line ${line}, ts: bars ${smallest} ms apart; the smallest step must be one of ${intervalNames.join(', ')}`,
    )
  }
  if (namedMs && namedMs !== smallest) {
    throw new Failure(
      'invalid',
      `${name}: the name says ${named}, the bars are ${intervalOf(smallest)} apart; rename the file or mend it`,
    )
  }
  return smallest
}

const latin1 = (text: Uint8Array, from: number, to: number): string =>
  Buffer.from(text.buffer, text.byteOffset + from, to - from).toString('latin1')

const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text)
