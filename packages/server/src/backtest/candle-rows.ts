import { Failure } from '@pumpiq/domain'

/** The columns a candle file has, in this order and no others. `ts` is the epoch ms of the bar's open, volume is in base units. */
export const candleHeader = 'ts,open,high,low,close,volume'

export const fields = candleHeader.split(',')
export type Columns = readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]

export const newline = 10
const carriageReturn = 13
const comma = 44
const point = 46
const digit0 = 48
const powersOfTen = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))

/**
 * Every cell as the double that `Number(text)` gives. Up to 2^53 the digits are an exact integer, and one division by an exact power of
 * ten rounds once, correctly (Clinger 1990); longer or unusual cells go through `Number`. One loop over the bytes, because this is what a
 * backtest over millions of bars waits for.
 */
export function parseRows(text: Uint8Array, start: number, name: string): Columns {
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

/** What a cell may hold, by the number of its column. */
export const allowed = (field: number): string =>
  field === 0
    ? 'allowed is the epoch in milliseconds of the bar that opens, a whole number'
    : field === 5
      ? 'allowed is an amount in base units, 0 or more, below 1e24'
      : 'allowed is a price above 0 and below 1e14'

export const latin1 = (text: Uint8Array, from: number, to: number): string =>
  Buffer.from(text.buffer, text.byteOffset + from, to - from).toString('latin1')

export const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text)
