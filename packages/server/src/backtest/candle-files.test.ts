import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCandles, readCandleFile, symbolOf } from './candle-files.ts'
import { candleHeader } from './candle-rows.ts'

const start = 1_680_000_000_000
const hour = 3_600_000
const row = (i: number, cells = '10,12,9,11,5.5') => `${start + i * hour},${cells}`
const file = (...rows: string[]) => new TextEncoder().encode([candleHeader, ...rows].join('\n'))
const parsed = (...rows: string[]) => parseCandles(file(...rows), 'X_1h.csv')

describe('a candle file', () => {
  it('becomes columns under the symbol its name begins with', () => {
    const candles = parseCandles(file(row(0), row(1, '11,13,10.5,12.25,0')), 'data/BTCUSDT_1h.csv')
    expect(candles.id).toBe('file:BTCUSDT')
    expect(candles.intervalMs).toBe(hour)
    expect([...candles.openAt]).toEqual([start, start + hour])
    expect([...candles.close]).toEqual([11, 12.25])
    expect([...candles.volume]).toEqual([5.5, 0])
  })

  it('may begin with a byte order mark, end its lines as Windows does and end with a line end', () => {
    const bytes = new TextEncoder().encode(`\uFEFF${candleHeader}\r\n${row(0)}\r\n${row(1)}\r\n`)
    expect(parseCandles(bytes, 'X.csv').length).toBe(2)
  })

  it('may be compressed', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'candles-')), 'ETHUSDT_1h.csv.gz')
    await writeFile(path, gzipSync(file(row(0), row(1))))
    expect((await readCandleFile(path)).id).toBe('file:ETHUSDT')
  })

  it('reads every number as Number does', () => {
    const number = fc.double({ min: 1e-18, max: 9e13, noNaN: true })
    const shown = fc.oneof(
      number.map(String),
      number.map((value) => value.toPrecision(17)),
      number.map((value) => value.toFixed(12)).filter((text) => Number(text) > 0),
      fc.tuple(fc.nat(1e9), fc.nat(1e9)).map(([a, b]) => `${a + 1}.${b}`),
      fc.constantFrom(
        '90071992547409.93',
        '9007199254740.9921',
        '0.00005330000000000001',
        '.5',
        '7.',
        '1e-12',
        '123456789.123456789123',
      ),
    )
    fc.assert(
      fc.property(shown, (text) => {
        const candles = parsed(row(0, `${text},${text},${text},${text},${text}`))
        expect([candles.open[0], candles.high[0], candles.low[0], candles.close[0], candles.volume[0]]).toEqual(
          Array(5).fill(Number(text)),
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes its interval from the smallest step, and from its name when it has fewer than two bars', () => {
    expect(parseCandles(file(row(0), row(3), row(4)), 'X.csv').intervalMs).toBe(hour)
    expect(parseCandles(file(row(0)), 'X_4h.csv').intervalMs).toBe(4 * hour)
    expect(parseCandles(file(), 'X_1d.csv').length).toBe(0)
    expect(() => parseCandles(file(row(0)), 'X.csv')).toThrow(/1 bars do not tell the interval/)
    expect(() => parseCandles(file(row(0), row(1)), 'X_4h.csv')).toThrow(/the name says 4h, the bars are 1h apart/)
  })

  it('may have any regular interval of whole minutes up to a day', () => {
    const minute = 60_000
    const every = (minutes: number, steps: readonly number[]) =>
      file(...steps.map((step) => `${start + step * minutes * minute},10,12,9,11,5.5`))
    for (const minutes of [1, 3, 30, 45, 120, 720, 1440]) {
      expect(parseCandles(every(minutes, [0, 1, 2, 3, 9, 10, 12]), 'X.csv').intervalMs).toBe(minutes * minute)
    }
    expect(parseCandles(file(row(0)), 'X_30m.csv').intervalMs).toBe(30 * minute)
    expect(() => parseCandles(every(2880, [0, 1, 2]), 'X.csv')).toThrow(
      /line 3, ts: bars 2d apart; the smallest step must be whole minutes, from 1m to 1d/,
    )
    expect(() => parseCandles(every(0.5, [0, 1, 2]), 'X.csv')).toThrow(/line 3, ts: bars 30000 ms apart/)
  })

  it('is refused where a stray bar makes an interval of its own', () => {
    const at = (minutes: number) => `${start + minutes * 60_000},10,12,9,11,5.5`
    expect(() => parsed(at(0), at(60), at(97), at(120), at(180))).toThrow(
      /line 5, ts: 23m after the bar before it, but line 3 1h; bars must be a regular interval apart/,
    )
    expect(() => parsed(at(0), at(60), at(90), at(120), at(180), at(240), at(300))).toThrow(/line 4, ts: 30m after/)
  })
})

describe('a candle file is refused, by name, line, field and value,', () => {
  const cases: [string, string[], RegExp][] = [
    [
      'an empty cell',
      [row(0, '10,,9,11,5')],
      /^X_1h\.csv, line 2, high: is empty; allowed is a price above 0 and below 1e14$/,
    ],
    ['NaN', [row(0), row(1, '10,12,9,NaN,5')], /line 3, close: "NaN" is not a number/],
    ['infinity', [row(0, '10,Infinity,9,10,5')], /line 2, high: "Infinity" is not a number/],
    ['a hexadecimal number', [row(0, '0x10,12,9,10,5')], /line 2, open: "0x10" is not a number/],
    ['a number in quotes', [row(0, '"10",12,9,10,5')], /line 2, open: .* is not a number/],
    ['white space', [row(0, ' 10,12,9,10,5')], /line 2, open: " 10" is not a number/],
    ['a lone point', [row(0, '.,12,9,10,5')], /line 2, open: "\." is not a number/],
    ['a price of zero', [row(0, '10,12,0,10,5')], /line 2, low: 0 is not a price/],
    ['a negative price', [row(0, '10,12,-9,10,5')], /line 2, low: -9 is not a price/],
    ['a price too big', [row(0, '10,100000000000000,9,10,5')], /line 2, high: 100000000000000 is not a price/],
    ['a negative volume', [row(0, '10,12,9,10,-5')], /line 2, volume: -5 is not an amount/],
    ['a volume too big', [row(0, '10,12,9,10,1e24')], /line 2, volume: 1e\+24 is not an amount/],
    ['a high below the low', [row(0, '10,8,9,10,5')], /line 2, high: 8 is below low 9/],
    ['a high below the close', [row(0, '10,10.5,9,11,5')], /line 2, high: 10.5 is below open 10 or close 11/],
    ['a low above the open', [row(0, '10,12,10.5,11,5')], /line 2, low: 10.5 is above open 10/],
    ['a bar that is there twice', [row(0), row(1), row(1)], /line 4, ts: 1680003600000 is there twice/],
    ['bars out of order', [row(1), row(0)], /line 3, ts: 1680000000000 comes after 1680003600000/],
    ['seconds', ['1680000000,10,12,9,11,5'], /line 2, ts: 1680000000 looks like seconds/],
    ['microseconds', ['1680000000000000,10,12,9,11,5'], /line 2, ts: 1680000000000000 looks like microseconds/],
    ['half a millisecond', ['1680000000000.5,10,12,9,11,5'], /line 2, ts: 1680000000000.5 is not an instant/],
    ['a date', ['2023-04-01,10,12,9,11,5'], /line 2, ts: "2023-04-01" is not a number/],
    ['a cell too few', [row(0), `${start + hour},10,12,9,11`], /line 3: 5 cells in/],
    ['a cell too many', [row(0), row(1, '10,12,9,11,5,6')], /line 3: 7 cells in/],
    ['an empty line', [row(0), '', row(1)], /line 3: an empty line/],
    ['a line cut short at the end', [row(0), '16800036'], /line 3: 1 cells in "16800036"/],
  ]
  it.each(cases)('for %s', (_, rows, message) => expect(() => parsed(...rows)).toThrow(message))

  it.each([
    ['another header', 'unix,date,open', /line 1: header "unix,date,open"; the header must be exactly ts,open,high/],
    ['columns it does not know', `${candleHeader},trades`, /line 1: unknown columns trades/],
    ['no header', row(0), /line 1: header "1680000000000/],
    ['nothing in it', '', /line 1: header ""/],
  ])('for %s', (_, text, message) =>
    expect(() => parseCandles(new TextEncoder().encode(text), 'X_1h.csv')).toThrow(message),
  )

  it('for damaged gzip data, a file that is not there and a name without a symbol', async () => {
    expect(() => parseCandles(gzipSync(file(row(0), row(1))).subarray(0, 40), 'X_1h.csv.gz')).toThrow(
      /gzip data is damaged/,
    )
    await expect(readCandleFile(tmpdir())).rejects.toThrow(/: is a folder, not a file/)
    await expect(readCandleFile('/nowhere/X_1h.csv')).rejects.toThrow(/X_1h.csv: no such file/)
    expect(() => symbolOf('data/_1h.csv')).toThrow(/must begin with the symbol/)
  })
})
