import { blankCandles, intervals, kernelFor, type Candles, type Interval } from '@pumpiq/domain'
import type { HistoryCandle, TechnicalSeries } from '@pumpiq/api'

/** Candles before the first that is told, from which averages have come near enough to where they would be with more. */
export const warmUpCandles = 200

const wanted = {
  rsi: kernelFor('rsi:14'),
  ema: kernelFor('ema:20'),
  macd: kernelFor('macd:12:26:9'),
  bands: kernelFor('bbands:20:2'),
  atr: kernelFor('atr:14'),
}

/** Indicators of the first `told` of the candles, which come newest first with older ones behind them to warm up on. */
export function technicalSeries(
  newestFirst: readonly HistoryCandle[],
  told: number,
  interval: Interval,
): TechnicalSeries {
  const candles = columnsOf(newestFirst, intervals[interval])
  const compute = (name: keyof typeof wanted) => {
    const kernel = wanted[name]
    const columns = kernel.outputs.map(() => new Float64Array(candles.length))
    kernel.batch(candles, columns)
    return (output: string) => column(columns[kernel.outputs.indexOf(output)]!, told)
  }
  const only = (name: 'rsi' | 'ema' | 'atr') => compute(name)(wanted[name].outputs[0]!)
  const [macd, bands] = [compute('macd'), compute('bands')]
  return {
    rsi14: only('rsi'),
    ema20: only('ema'),
    macd: macd('macd'),
    macdSignal: macd('signal'),
    macdHistogram: macd('histogram'),
    bollingerUpper: bands('upper'),
    bollingerMiddle: bands('middle'),
    bollingerLower: bands('lower'),
    atr14: only('atr'),
  }
}

function columnsOf(newestFirst: readonly HistoryCandle[], intervalMs: number): Candles {
  const candles = blankCandles('history', intervalMs, newestFirst.length)
  for (const [i, one] of newestFirst.toReversed().entries()) {
    candles.openAt[i] = one.ts
    candles.open[i] = Number(one.open)
    candles.high[i] = Number(one.high)
    candles.low[i] = Number(one.low)
    candles.close[i] = Number(one.close)
    candles.volume[i] = Number(one.volume)
  }
  return candles
}

/** The newest first again; nine digits are more than anybody reads. */
const column = (values: Float64Array, told: number): (number | null)[] =>
  Array.from(values.subarray(values.length - told), (value) =>
    Number.isNaN(value) ? null : Number(value.toPrecision(9)),
  ).toReversed()
