import { type Candles, type Kernel, Failure, kernelFor, priceOf, toIso } from '@pumpiq/domain'
import { readCandleFile } from '../backtest/candle-files.ts'
import { flag, integer, type Reader, readArgs, repeated, required, text, withDefault } from './args.ts'
import type { CliOutside, Command } from './command.ts'

type Asked = { readonly text: string; readonly kernel: Kernel }
type Series = Asked & { readonly columns: readonly Float64Array[] }

const asked: Reader<Asked> = (given) => ({ text: given, kernel: kernelFor(given) })

export const indicators: Command = {
  name: 'indicators',
  summary: 'compute indicators over a candle file',
  usage: `pumpiq indicators --candles FILE --indicator NAME[:PARAMETER ...] [--indicator ...] [--rows N] [--json]

  --candles FILE     CSV or CSV in gzip: ts,open,high,low,close,volume (ts in epoch ms of the bar's open)
  --indicator TEXT   such as rsi:14, macd:12:26:9, bbands:20:2, vwap:session; all parameters are written
  --rows N           the last so many rows are shown (default 10); --json gives all
  --json             { "ts": [...], "series": { "rsi:14": [null, ..., 61.2], "macd:12:26:9": { "macd": [...] } } }

A value is null while an indicator warms up. Ichimoku's lagging line stands where a chart draws it, in the past.
Known indicators:
  sma:n ema:n wma:n rsi:n macd:fast:slow:signal bbands:n:width atr:n adx:n stoch:n:smoothing:signal
  stochrsi:rsi:stochastic:smoothing:signal mfi:n obv vwap vwap:session vwap:INSTANT cci:n willr:n
  supertrend:n:multiplier ichimoku:conversion:base:span keltner:n:multiplier:atr donchian:n aroon:n
  psar:step:maximum roc:n rvol:n er:n swings:reach`,
  async run(args, outside) {
    const { values } = readArgs(args, {
      candles: required(text),
      indicator: repeated(asked),
      rows: withDefault(integer({ min: 1, max: 10_000 }), 10),
      json: flag(),
    })
    const candles = await readCandleFile(values.candles)
    if (candles.length === 0) throw new Failure('invalid', `${values.candles} holds no candle`)
    const once = new Map(values.indicator.map((one) => [one.text, one]))
    const series = [...once.values()].map((one) => compute(one, candles))
    if (values.json) await printJson(candles, series, outside)
    else await outside.stdout(table(candles, series, values.rows))
    return 0
  },
}

function compute({ text: name, kernel }: Asked, candles: Candles): Series {
  const columns = kernel.outputs.map(() => new Float64Array(candles.length))
  kernel.batch(candles, columns)
  const placed = columns.map((column, k) => drawn(column, kernel.drawnBack?.[kernel.outputs[k]!] ?? 0))
  return { text: name, kernel, columns: placed }
}

/** A column as a chart shows it: moved to the past, with nothing yet for the newest bars. */
function drawn(column: Float64Array, back: number): Float64Array {
  if (back === 0) return column
  const moved = new Float64Array(column.length).fill(Number.NaN)
  moved.set(column.subarray(Math.min(back, column.length)))
  return moved
}

/** One document, a column at a time, so that a slow reader is waited for. */
async function printJson(candles: Candles, series: readonly Series[], { stdout }: CliOutside): Promise<void> {
  await stdout(`{"ts":${list(candles.openAt.subarray(0, candles.length))},"series":{`)
  for (const [at, { text: name, kernel, columns }] of series.entries()) {
    await stdout(`${at === 0 ? '' : ','}${JSON.stringify(name)}:`)
    if (columns.length === 1) await stdout(list(columns[0]!))
    else {
      for (const [k, column] of columns.entries())
        await stdout(`${k === 0 ? '{' : ','}${JSON.stringify(kernel.outputs[k])}:${list(column)}`)
      await stdout('}')
    }
  }
  await stdout('}}\n')
}

const list = (column: Float64Array): string => `[${Array.from(column, number).join(',')}]`

/** The same double as JSON would read, without an exponent: a price of 0.000000001234 stays readable. */
const number = (value: number): string => (Number.isFinite(value) ? priceOf(value) : 'null')

function table(candles: Candles, series: readonly Series[], rows: number): string {
  const heads = series.flatMap(({ text: name, kernel }) =>
    kernel.outputs.length === 1 ? [name] : kernel.outputs.map((output) => `${name} ${output}`),
  )
  const columns = series.flatMap((one) => one.columns)
  const lines = [['bar opens', 'close', ...heads]]
  for (let i = Math.max(0, candles.length - rows); i < candles.length; i++) {
    const cells = columns.map((column) => (Number.isNaN(column[i]) ? '-' : short(column[i]!)))
    lines.push([toIso(candles.openAt[i]!), number(candles.close[i]!), ...cells])
  }
  const widths = lines[0]!.map((_, k) => Math.max(...lines.map((line) => line[k]!.length)))
  const shown = lines.map((line) => line.map((cell, k) => cell.padStart(widths[k]!)).join('  '))
  return `${candles.id}, ${candles.length} bars\n${shown.join('\n')}\n`
}

/** Eight significant digits are enough to look at. */
const short = (value: number): string => number(Number(value.toPrecision(8)))
