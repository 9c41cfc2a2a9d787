import type { Kernel } from './kernel.ts'
import type { Averager } from './ema.ts'
import { bars } from './blocks/parameters.ts'
import { blank } from './blocks/blank.ts'

/** Wilder's index of a series, one value at a time; NaN until `period` changes were seen. */
export function createRsi(period: number): Averager {
  const keep = (period - 1) / period
  const half = 0.5 / period
  let count = -1
  const running = { previous: Number.NaN, gain: Number.NaN, loss: Number.NaN }
  running.gain = 0
  running.loss = 0
  return {
    push(value) {
      const change = value - running.previous
      const size = Math.abs(change)
      running.previous = value
      if (count < period) {
        count++
        if (count === 0) return Number.NaN
        running.gain += size + change
        running.loss += size - change
        if (count < period) return Number.NaN
        running.gain *= half
        running.loss *= half
      } else {
        running.gain = running.gain * keep + (size + change) * half
        running.loss = running.loss * keep + (size - change) * half
      }
      const both = running.gain + running.loss
      return both === 0 ? 0 : (running.gain / both) * 100
    },
  }
}

// (|d| + d) / 2 and (|d| - d) / 2 are the gain and the loss without a branch: the sign of a price change cannot be predicted.
function fill(close: Float64Array, length: number, period: number, out: Float64Array): void {
  blank(out, period, length)
  if (length <= period) return
  const keep = (period - 1) / period
  const half = 0.5 / period
  let gain = 0
  let loss = 0
  for (let i = 1; i <= period; i++) {
    const change = close[i]! - close[i - 1]!
    const size = Math.abs(change)
    gain += size + change
    loss += size - change
  }
  gain *= half
  loss *= half
  let both = gain + loss
  out[period] = both === 0 ? 0 : (gain / both) * 100
  let previous = close[period]!
  for (let i = period + 1; i < length; i++) {
    const value = close[i]!
    const change = value - previous
    const size = Math.abs(change)
    previous = value
    gain = gain * keep + (size + change) * half
    loss = loss * keep + (size - change) * half
    both = gain + loss
    out[i] = both === 0 ? 0 : (gain / both) * 100
  }
}

/**
 * Relative strength index of the close, 0 to 100, Wilder's smoothing. TA-Lib RSI, without its threshold of 1e-14; like it, 0 where
 * the price has never moved: a reader must not take that for oversold.
 */
export function rsi(period: number): Kernel {
  bars('rsi', 'period', period, 2)
  return {
    id: `rsi:${period}`,
    outputs: ['value'],
    warmup: period,
    see: 'Wilder 1978; TA-Lib RSI',
    batch: ({ close, length }, out) => fill(close, length, period, out[0]!),
    stream() {
      const index = createRsi(period)
      return {
        next({ close }, i, out) {
          out[0] = index.push(close[i]!)
        },
      }
    },
  }
}
