import { macd } from '../indicators/macd.ts'
import { sma } from '../indicators/sma.ts'
import type { Kernel } from '../indicators/kernel.ts'
import type { Candles } from '../words/candles.ts'
import type { TrendColumns } from './baselines.ts'
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

/**
 * The columns of wide bars along narrow ones: at each, what the last wide bar says that had closed by then. `closesAt`: when each narrow
 * bar closes, epoch ms, oldest first.
 */
export function trendAlong(bars: Candles, closesAt: ArrayLike<number>): TrendColumns {
  const trend = trendOf(bars)
  const along = (column: Float64Array) => {
    const out = new Float64Array(closesAt.length).fill(Number.NaN)
    let last = -1
    for (let i = 0; i < out.length; i++) {
      while (last + 1 < bars.length && bars.openAt[last + 1]! + bars.intervalMs <= closesAt[i]!) last++
      if (last >= 0) out[i] = column[last]!
    }
    return out
  }
  return {
    smaFast: along(trend.smaFast),
    smaSlow: along(trend.smaSlow),
    macd: along(trend.macd),
    macdSignal: along(trend.macdSignal),
  }
}
