import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { days, Failure, hours, intervalOf, minutes, showInterval, type Candles } from '@pumpiq/domain'
import { allowed, candleHeader, fields, latin1, newline, parseRows, quoted } from './candle-rows.ts'

/** 1973 in milliseconds: what is smaller was written in seconds. */
const earliest = 1e11
const latest = 1e14
const priceLimit = 1e14
const volumeLimit = 1e24

/** The token of a recorded file: its base name begins with the symbol, so `data/BTCUSDT_1h.csv.gz` is `file:BTCUSDT`. */
export function symbolOf(path: string): string {
  const symbol = /^[A-Za-z0-9]{1,64}(?=[_.-]|$)/.exec(basename(path))?.[0]
  if (!symbol) throw new Failure('invalid', `${path}: the base name must begin with the symbol, such as BTCUSDT_1h.csv`)
  return `file:${symbol}`
}

/** One recorded candle file (CSV, or CSV in gzip), checked whole: a bar that cannot be one refuses the file. Nothing is repaired. */
export async function readCandleFile(path: string): Promise<Candles> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new Failure('invalid', `${path}: ${unreadable(cause)}`, { cause })
  })
  return parseCandles(bytes, path)
}

/** Why a file could not be read, in words. */
export const unreadable = ({ code, message }: NodeJS.ErrnoException): string =>
  code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder, not a file' : message

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
  const named = intervalNamed(name)
  if (openAt.length < 2) {
    if (named !== null) return named
    throw new Failure(
      'invalid',
      `${name}: ${openAt.length} bars do not tell the interval; name the file such as BTCUSDT_1h.csv`,
    )
  }
  let smallest = Number.POSITIVE_INFINITY
  let line = 0
  for (let i = 1; i < openAt.length; i++) {
    const step = openAt[i]! - openAt[i - 1]!
    if (step < smallest) [smallest, line] = [step, i + 2]
  }
  if (!isInterval(smallest)) {
    throw new Failure(
      'invalid',
      `${name}, line ${line}, ts: bars ${showInterval(smallest)} apart; the smallest step must be whole minutes, from 1m to 1d`,
    )
  }
  if (!intervalOf(smallest)) checkRegular(openAt, smallest, line, name)
  // A name such as BTCUSDT_24h.csv may mean how much is in it: only an interval that venues have contradicts.
  if (named !== null && intervalOf(named) && named !== smallest) {
    throw new Failure(
      'invalid',
      `${name}: the name says ${showInterval(named)}, the bars are ${showInterval(smallest)} apart; rename the file or mend it`,
    )
  }
  return smallest
}

const isInterval = (ms: number): boolean => ms > 0 && ms % minutes(1) === 0 && ms <= days(1)

function intervalNamed(name: string): number | null {
  const [, count = '', unit = ''] = /^[A-Za-z0-9]+_(\d{1,4})([mhd])(?=[_.]|$)/.exec(basename(name)) ?? []
  const ms = Number(count) * { m: minutes(1), h: hours(1), d: days(1) }[unit as 'm' | 'h' | 'd']
  return isInterval(ms) ? ms : null
}

/** One stray bar makes a small step of its own. An interval that venues do not have is believed only when most bars keep it and holes are multiples of it. */
function checkRegular(openAt: Float64Array, intervalMs: number, line: number, name: string): void {
  let kept = 0
  let other = -1
  let odd = -1
  for (let i = 1; i < openAt.length; i++) {
    const step = openAt[i]! - openAt[i - 1]!
    if (step === intervalMs) kept++
    else if (other < 0) other = i
    if (odd < 0 && step % intervalMs !== 0) odd = i
  }
  const against = odd >= 0 ? odd : kept * 2 < openAt.length - 1 ? other : -1
  if (against < 0) return
  throw new Failure(
    'invalid',
    `${name}, line ${line}, ts: ${showInterval(intervalMs)} after the bar before it, but line ${against + 2} ${showInterval(openAt[against]! - openAt[against - 1]!)}; bars must be a regular interval apart`,
  )
}
