import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { blank } from './blocks/blank.ts'

/** One value in, the average out; NaN until `period` values came. Seeded with the simple mean of the first `period`. */
export type Averager = { push(value: number): number }

export function createEma(period: number): Averager {
  const weight = 2 / (period + 1)
  let count = 0
  const running = { average: Number.NaN }
  running.average = 0
  return {
    push(value) {
      if (count >= period) {
        running.average += (value - running.average) * weight
        return running.average
      }
      count++
      running.average += value
      if (count < period) return Number.NaN
      running.average /= period
      return running.average
    },
  }
}

function fill(close: Float64Array, length: number, period: number, out: Float64Array): void {
  blank(out, period - 1, length)
  if (length < period) return
  const weight = 2 / (period + 1)
  let average = 0
  for (let i = 0; i < period; i++) average += close[i]!
  average /= period
  out[period - 1] = average
  for (let i = period; i < length; i++) {
    average += (close[i]! - average) * weight
    out[i] = average
  }
}

/** Exponential moving average of the close, seeded with the simple average of the first `period` closes, in price units. TA-Lib EMA. */
export function ema(period: number): Kernel {
  bars('ema', 'period', period)
  return {
    id: `ema:${period}`,
    outputs: ['value'],
    warmup: period - 1,
    see: 'TA-Lib EMA',
    batch: ({ close, length }, out) => fill(close, length, period, out[0]!),
    stream() {
      const average = createEma(period)
      return {
        next({ close }, i, out) {
          out[0] = average.push(close[i]!)
        },
      }
    },
  }
}
