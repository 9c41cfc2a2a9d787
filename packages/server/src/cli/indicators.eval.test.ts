import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { indicatorForms } from '@pumpiq/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readConfig } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { indicators } from './indicators.ts'

/**
 * Every check runs the command itself on a file. Two references: the results of the .NET library Stock Indicators over its default quotes
 * (502 days), and a series that TradingView exported (1,687 hours). Read in place, never copied.
 */
const folder = process.env['EVALUATION_DIR']
const dotnet = join(folder ?? '', 'data/reference/stock_indicators_dotnet')
const tradingView = join(folder ?? '', 'data/reference/tradingview_dogeusdt_1h/dogeusdt_1h_tv.csv.gz')

/** Of the larger of the value and a unit: 1, or the price where it is small. */
const tolerance = 1e-8

type Quote = { readonly high: number; readonly low: number; readonly volume: number }
type Row = Readonly<Record<string, number | string | boolean | null>>
type Place = { readonly rows: readonly Row[]; readonly quotes: readonly Quote[]; readonly i: number }

type Check = {
  readonly result: string
  readonly text: string
  /** What our output must be at row i: a field of the reference, or made from the reference; undefined leaves the row out. */
  readonly outputs: Readonly<Record<string, string | ((place: Place) => number | null | undefined)>>
  /** The first row that is compared: in which the definitions' different beginnings have faded. 0 compares the blanks too. */
  readonly from?: number
  /** Where the reference defines it otherwise, and how it is compared. */
  readonly otherwise?: string
}

const field = (row: Row | undefined, name: string): number | null =>
  z
    .number()
    .nullable()
    .parse(row?.[name] ?? null)
const nextRow =
  (name: string) =>
  ({ rows, i }: Place) =>
    i + 1 < rows.length ? field(rows[i + 1], name) : undefined
const afterFirst = ({ rows, quotes, i }: Place) => field(rows[i], 'obv')! + quotes[0]!.volume

/** A row in whose look-back the extreme occurs twice is left out: the reference counts the oldest, TA-Lib and we the newest. */
const unlessTied =
  (name: string, sides: readonly ('high' | 'low')[]) =>
  ({ rows, quotes, i }: Place) => {
    const window = quotes.slice(Math.max(0, i - 25), i + 1)
    const tied = sides.some((side) => {
      const best =
        side === 'high' ? Math.max(...window.map(({ high }) => high)) : Math.min(...window.map(({ low }) => low))
      return window.filter((quote) => quote[side] === best).length > 1
    })
    return tied ? undefined : field(rows[i], name)
  }

/**
 * On the bar of a reversal TA-Lib holds the stop outside that bar and the one before; the reference does not. Its first reversal turns up,
 * so with every second one it falls.
 */
const heldOutside = ({ rows, quotes, i }: Place) => {
  const stop = field(rows[i], 'sar')
  if (rows[i]!['isReversal'] !== true || stop === null) return stop
  const falls = rows.slice(0, i + 1).filter(({ isReversal }) => isReversal === true).length % 2 === 0
  const pair = quotes.slice(i - 1, i + 1)
  return falls ? Math.max(stop, ...pair.map(({ high }) => high)) : Math.min(stop, ...pair.map(({ low }) => low))
}

const checks: readonly Check[] = [
  { result: 'sma', text: 'sma:20', outputs: { value: 'sma' } },
  { result: 'ema', text: 'ema:20', outputs: { value: 'ema' } },
  { result: 'wma', text: 'wma:14', outputs: { value: 'wma' } },
  { result: 'rsi', text: 'rsi:14', outputs: { value: 'rsi' } },
  {
    result: 'macd',
    text: 'macd:12:26:9',
    outputs: { macd: 'macd', signal: 'signal', histogram: 'histogram' },
    from: 140,
    otherwise:
      'its fast average is seeded at its own 12th bar, TA-Lib seeds both at the 26th: compared once that has faded',
  },
  { result: 'bb', text: 'bbands:20:2', outputs: { upper: 'upperBand', middle: 'sma', lower: 'lowerBand' } },
  {
    result: 'stdev',
    text: 'bbands:14:1',
    outputs: {
      upper: ({ rows, i }) =>
        field(rows[i], 'mean') === null ? null : field(rows[i], 'mean')! + field(rows[i], 'stdDev')!,
    },
  },
  { result: 'atr', text: 'atr:14', outputs: { value: 'atr' } },
  { result: 'tr', text: 'atr:1', outputs: { value: 'tr' } },
  {
    result: 'adx',
    text: 'adx:14',
    outputs: { adx: 'adx', plusDi: 'pdi', minusDi: 'mdi' },
    from: 270,
    otherwise: 'its sums begin with 14 moves, TA-Lib with 13 and one smoothing: compared once that has faded',
  },
  {
    result: 'stoch',
    text: 'stoch:14:3:3',
    outputs: { k: 'oscillator', d: 'signal' },
    from: 17,
    otherwise: 'its k begins before its d, TA-Lib starts both together',
  },
  {
    result: 'stoch-rsi',
    text: 'stochrsi:14:14:1:3',
    outputs: { k: 'stochRsi', d: 'signal' },
    from: 29,
    otherwise: 'its k begins before its d, TA-Lib starts both together',
  },
  { result: 'mfi', text: 'mfi:14', outputs: { value: 'mfi' } },
  {
    result: 'obv',
    text: 'obv',
    outputs: { value: afterFirst },
    otherwise: 'begins at 0, TA-Lib at the first volume: compared less that',
  },
  { result: 'vwap', text: 'vwap', outputs: { value: 'vwap' } },
  { result: 'cci', text: 'cci:20', outputs: { value: 'cci' } },
  { result: 'willr', text: 'willr:14', outputs: { value: 'williamsR' } },
  {
    result: 'supertrend',
    text: 'supertrend:10:3',
    outputs: {
      value: 'superTrend',
      direction: ({ rows, i }) =>
        field(rows[i], 'superTrend') === null ? null : field(rows[i], 'lowerBand') === null ? -1 : 1,
    },
  },
  {
    result: 'ichimoku',
    text: 'ichimoku:9:26:52',
    outputs: {
      conversion: 'tenkanSen',
      base: 'kijunSen',
      spanA: 'senkouSpanA',
      spanB: 'senkouSpanB',
      lagging: 'chikouSpan',
    },
    otherwise: 'its lagging span is drawn 26 bars back: so does the command; the kernel itself stays causal',
  },
  {
    result: 'keltner',
    text: 'keltner:20:2:10',
    outputs: { upper: 'upperBand', middle: 'centerline', lower: 'lowerBand' },
  },
  {
    result: 'donchian',
    text: 'donchian:20',
    outputs: { upper: nextRow('upperBand'), middle: nextRow('centerline'), lower: nextRow('lowerBand') },
    otherwise: 'leaves out the current bar: ours is compared with its next row',
  },
  {
    result: 'aroon',
    text: 'aroon:25',
    outputs: {
      up: unlessTied('aroonUp', ['high']),
      down: unlessTied('aroonDown', ['low']),
      oscillator: unlessTied('oscillator', ['high', 'low']),
    },
    otherwise: 'of equal extremes it counts the oldest, TA-Lib the newest: rows with a tie are left out',
  },
  {
    result: 'psar',
    text: 'psar:0.02:0.2',
    outputs: { value: heldOutside },
    from: 42,
    otherwise:
      'its first trend is another and left blank: compared from the first common reversal; on a reversal the stop is held outside two bars, as TA-Lib does',
  },
  { result: 'roc', text: 'roc:14', outputs: { value: 'roc' } },
  { result: 'kama', text: 'er:10', outputs: { value: 'er' } },
]

const Column = z.array(z.number().nullable())
const Answer = z.object({
  ts: z.array(z.number()),
  series: z.record(z.string(), z.union([Column, z.record(z.string(), Column)])),
})

async function outputsOf(path: string, text: string): Promise<Record<string, readonly (number | null)[]>> {
  let out = ''
  const outside = {
    stdout: (piece: string) => void (out += piece),
    stderr: () => {},
    version: '0',
    config: readConfig({}),
    clock: systemClock,
    abort: new AbortController().signal,
  }
  expect(await indicators.run(['--candles', path, '--indicator', text, '--json'], outside)).toBe(0)
  const found = Answer.parse(JSON.parse(out)).series[text]!
  return Array.isArray(found) ? { value: found } : found
}

type Compared = { rows: number; largest: number }

type Comparison = {
  readonly what: string
  readonly ours: readonly (number | null)[]
  readonly wanted: (i: number) => number | null | undefined
  readonly from: number
  readonly unit?: number
}

/** Fails at the first row beyond the tolerance; says how many rows were compared and the largest difference. */
function compare({ what, ours, wanted, from, unit = 1 }: Comparison): Compared {
  const result = { rows: 0, largest: 0 }
  for (let i = from; i < ours.length; i++) {
    const other = wanted(i)
    const value = ours[i] ?? null
    if (other === undefined) continue
    if (value === null || other === null) {
      expect(value, `${what}, row ${i}`).toBe(other)
      continue
    }
    const away = Math.abs(value - other) / Math.max(unit, Math.abs(other))
    if (!(away <= tolerance)) expect(value, `${what}, row ${i}`).toBe(other)
    result.rows++
    result.largest = Math.max(result.largest, away)
  }
  return result
}

const lines: string[] = []
const note = (what: string, { rows, largest }: Compared, otherwise = '') =>
  lines.push(
    `${what.padEnd(30)} ${String(rows).padStart(5)} rows  max ${largest.toExponential(1).padStart(8)}  ${otherwise}`,
  )
afterAll(() => {
  if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n`)
})

/** A file of the reference in our columns: the instant of its date, the rest as it stands. */
async function ourFile(name: string): Promise<string> {
  const text = (await readFile(join(dotnet, 'quotes', `${name}.csv`), 'utf8')).replace(/^\uFEFF/, '').trim()
  const rows = text
    .split(/\r?\n/)
    .slice(1)
    .map((line) => {
      const [date = '', ...cells] = line.split(',')
      return [date === '' ? '' : Date.parse(`${date}${date.includes(':') ? 'Z' : ' UTC'}`), ...cells].join(',')
    })
  return ownFile(name, rows)
}

async function ownFile(name: string, rows: readonly string[]): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'reference-')), `${name}.csv`)
  await writeFile(path, `ts,open,high,low,close,volume\n${rows.join('\n')}\n`)
  return path
}

describe.skipIf(!folder)('indicators against Stock Indicators for .NET (skipped without EVALUATION_DIR)', () => {
  let path = ''
  let quotes: Quote[] = []

  beforeAll(async () => {
    path = await ourFile('default')
    quotes = (await readFile(path, 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [, , high, low, , volume] = line.split(',').map(Number)
        return { high: high!, low: low!, volume: volume! }
      })
  })

  const rowsOf = async (result: string): Promise<Row[]> =>
    z
      .array(z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])))
      .parse(JSON.parse(gunzipSync(await readFile(join(dotnet, 'results', `${result}.json.gz`))).toString()))

  it.each(checks)('$text is its $result within 1e-8', async ({ result, text, outputs, from = 0, otherwise }) => {
    const rows = await rowsOf(result)
    const ours = await outputsOf(path, text)
    for (const [output, wanted] of Object.entries(outputs)) {
      const at = (i: number) => (typeof wanted === 'string' ? field(rows[i], wanted) : wanted({ rows, quotes, i }))
      const what = `${text} ${output}`
      const compared = compare({ what, ours: ours[output]!, wanted: at, from })
      expect(compared.rows, `${what}: rows compared`).toBeGreaterThan(200)
      note(what, compared, otherwise)
    }
  })

  it('swings:2 knows each of its fractals two bars later', async () => {
    const rows = await rowsOf('fractal')
    const ours = await outputsOf(path, 'swings:2')
    let seen = 0
    for (let i = 0; i + 2 < rows.length; i++) {
      for (const [theirs, price, since] of [
        ['fractalBear', 'high', 'sinceHigh'],
        ['fractalBull', 'low', 'sinceLow'],
      ] as const) {
        const wanted = field(rows[i], theirs)
        if (wanted === null) continue
        expect([ours[price]![i + 2], ours[since]![i + 2]], `${theirs} at row ${i}`).toEqual([wanted, 2])
        seen++
      }
    }
    lines.push(
      `swings:2                       ${seen} fractals, all found; theirs needs strict neighbours, ours counts a plateau once`,
    )
    expect(seen).toBeGreaterThan(50)
  })

  it('has a row in this table for every indicator the reference knows', () => {
    const compared = new Set([...checks.map(({ text }) => text.split(':')[0]), 'swings'])
    const missing = indicatorForms.map((form) => form.split(':')[0]!).filter((name) => !compared.has(name))
    expect(missing, 'only what the reference has no result for').toEqual(['rvol'])
  })

  it.each(['penny', 'bitcoin', 'compare', 'intraday'])('reads its %s quotes and is finite on them', async (name) => {
    const file = await ourFile(name)
    for (const text of [
      'rsi:14',
      'macd:12:26:9',
      'bbands:20:2',
      'adx:14',
      'mfi:14',
      'supertrend:10:3',
      'psar:0.02:0.2',
    ]) {
      for (const column of Object.values(await outputsOf(file, text)))
        expect(column.at(-1), `${name} ${text}`).toEqual(expect.any(Number))
    }
  })
})

describe.skipIf(!folder)('indicators against TradingView (skipped without EVALUATION_DIR)', () => {
  /** What TradingView computed before the file began is missing: by here the beginnings have faded. */
  const faded = 1_200
  let rows: Record<string, number>[] = []

  beforeAll(async () => {
    const [head = '', ...body] = gunzipSync(await readFile(tradingView))
      .toString()
      .trim()
      .split('\n')
    rows = body.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [head.split(',')[k]!, Number(cell)])))
  })

  /** A candle file whose price is one of the columns: our averages are of the close. */
  const priced = (name: string) =>
    ownFile(
      `TV${name.replace('_', '')}_1h`,
      rows.map((row) => [row['ts'], row[name], row[name], row[name], row[name], row['volume']].join(',')),
    )

  // The unit is the price's order, so that 1e-8 is 1e-8 of it. EMA 200 forgets 1 % a bar: what is left of its beginning is below 1e-8
  // of a quote unit from row 1,400 on, and of the price only behind the file's end.
  it.each([
    { of: 'close', text: 'ema:20', output: 'value', theirs: 'ema20', unit: 0.05 },
    { of: 'close', text: 'ema:50', output: 'value', theirs: 'ema50', unit: 0.05 },
    { of: 'close', text: 'ema:100', output: 'value', theirs: 'ema100', unit: 0.05 },
    { of: 'close', text: 'ema:200', output: 'value', theirs: 'ema200', unit: 1, from: 1_400 },
    { of: 'close', text: 'rsi:7', output: 'value', theirs: 'rsi7', unit: 1 },
    { of: 'close', text: 'rsi:14', output: 'value', theirs: 'rsi14', unit: 1 },
    { of: 'close', text: 'macd:12:26:9', output: 'macd', theirs: 'macd', unit: 0.05 },
    { of: 'close', text: 'macd:12:26:9', output: 'signal', theirs: 'macd_signal', unit: 0.05 },
    { of: 'close', text: 'macd:12:26:9', output: 'histogram', theirs: 'macd_hist', unit: 0.05 },
    { of: 'volume', text: 'sma:20', output: 'value', theirs: 'volume_ma', unit: 1 },
    { of: 'rsi7', text: 'sma:14', output: 'value', theirs: 'rsi7_ma', unit: 1 },
    { of: 'rsi14', text: 'sma:14', output: 'value', theirs: 'rsi14_ma', unit: 1 },
  ])(
    'of its $of, $text $output is its $theirs within 1e-8',
    async ({ of, text, output, theirs, unit, from = faded }) => {
      const ours = await outputsOf(await priced(of), text)
      const compared = compare({ what: theirs, ours: ours[output]!, wanted: (i) => rows[i]![theirs]!, from, unit })
      expect(compared.rows).toBe(rows.length - from)
      note(`TradingView ${theirs}`, compared, `ours: ${text} of ${of}, from row ${from}`)
    },
  )
})

describe.skipIf(!folder)('bad quotes (skipped without EVALUATION_DIR)', () => {
  const refusal = async (path: string) => outputsOf(path, 'rsi:14').then(() => 'read', String)

  it('are refused as they stand, by their header', async () => {
    for (const name of ['zeros', 'bad', 'toobig', 'mismatch', 'default']) {
      expect(`${name}: ${await refusal(join(dotnet, 'quotes', `${name}.csv`))}`).toContain(
        'ts,open,high,low,close,volume',
      )
    }
  })

  it('are refused in our columns too, by file, line, field and value', async () => {
    expect(await refusal(await ourFile('zeros'))).toMatch(/zeros\.csv, line 2, open: 0 is not a price/)
    expect(await refusal(await ourFile('bad'))).toMatch(/bad\.csv, line \d+, ts: is empty/)
    expect(await refusal(await ourFile('toobig'))).toMatch(
      /toobig\.csv, line 106, high: 1\d+(\.\d+)? is not a price; allowed is a price above 0 and below 1e14/,
    )
    expect(await refusal(await ourFile('mismatch'))).toMatch(
      /mismatch\.csv, line \d+, ts: \d+ comes after \d+; bars are ordered/,
    )
  })
})
