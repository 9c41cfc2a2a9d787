import type { Candles } from '../words/candles.ts'
import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { blank } from './blocks/blank.ts'

/** True range of a bar: its range, stretched to the close before it. Price units. */
export const trueRange = (high: number, low: number, closeBefore: number): number =>
  (high > closeBefore ? high : closeBefore) - (low < closeBefore ? low : closeBefore)

export type Ranger = { push(high: number, low: number, close: number): number }

/** Wilder's average true range, one bar at a time; NaN until `period` true ranges were seen (the first bar has none). */
export function createAtr(period: number): Ranger {
  const keep = (period - 1) / period
  const share = 1 / period
  let count = -1
  const running = { average: Number.NaN, close: Number.NaN }
  running.average = 0
  return {
    push(high, low, close) {
      const range = trueRange(high, low, running.close)
      running.close = close
      if (count === period) {
        running.average = running.average * keep + range * share
        return running.average
      }
      count++
      if (count === 0) return Number.NaN
      running.average += range
      if (count < period) return Number.NaN
      running.average /= period
      return running.average
    },
  }
}

function fill({ high, low, close, length }: Candles, period: number, out: Float64Array): void {
  blank(out, period, length)
  if (length <= period) return
  const keep = (period - 1) / period
  const share = 1 / period
  let average = 0
  for (let i = 1; i <= period; i++) average += trueRange(high[i]!, low[i]!, close[i - 1]!)
  average /= period
  out[period] = average
  let before = close[period]!
  for (let i = period + 1; i < length; i++) {
    average = average * keep + trueRange(high[i]!, low[i]!, before) * share
    before = close[i]!
    out[i] = average
  }
}

/** Average true range, Wilder's smoothing, in price units; the first value stands at bar `period`. TA-Lib ATR. */
export function atr(period: number): Kernel {
  bars('atr', 'period', period)
  return {
    id: `atr:${period}`,
    outputs: ['value'],
    warmup: period,
    see: 'Wilder 1978; TA-Lib ATR',
    batch: (candles, out) => fill(candles, period, out[0]!),
    stream() {
      const average = createAtr(period)
      return {
        next({ high, low, close }, i, out) {
          out[0] = average.push(high[i]!, low[i]!, close[i]!)
        },
      }
    },
  }
}
