import { macd, sma, type Candles, type Kernel, type TrendColumns } from '@pumpiq/domain'
import { segmentsOf } from './segments.ts'

/** The columns that the crossing baselines read, computed anew behind every halt, as everything of ours is. */
export function trendOf(candles: Candles): TrendColumns {
  const column = () => new Float64Array(candles.length).fill(Number.NaN)
  const columns = { smaFast: column(), smaSlow: column(), macd: column(), macdSignal: column() }
  const spare = column()
  for (const { candles: part, first } of segmentsOf(candles)) {
    const fill = (kernel: Kernel, ...outs: Float64Array[]) =>
      kernel.batch(
        part,
        outs.map((out) => out.subarray(first, first + part.length)),
      )
    fill(sma(10), columns.smaFast)
    fill(sma(30), columns.smaSlow)
    fill(macd(12, 26, 9), columns.macd, columns.macdSignal, spare)
  }
  return columns
}
