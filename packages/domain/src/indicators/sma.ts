import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { blank } from './blocks/blank.ts'
import { createWindow } from './blocks/window.ts'

/**
 * A running sum keeps the rounding of the largest sum that ever passed through it: once the sum has fallen to this share of its peak,
 * it is taken anew, so that after a collapse the error stays far below the prices.
 */
const renewedBelow = 1 / 1024

function total(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let j = from; j <= to; j++) sum += values[j]!
  return sum
}

function fill(close: Float64Array, length: number, period: number, out: Float64Array): void {
  blank(out, period - 1, length)
  const share = 1 / period
  let sum = 0
  let floor = 0
  for (let i = 0; i < period - 1 && i < length; i++) sum += close[i]!
  for (let i = period - 1; i < length; i++) {
    sum += close[i]!
    if (sum < floor) {
      sum = total(close, i - period + 1, i)
      floor = sum * renewedBelow
    } else if (sum * renewedBelow > floor) floor = sum * renewedBelow
    out[i] = sum * share
    sum -= close[i - period + 1]!
  }
}

/** Simple moving average of the close, in price units. TA-Lib SMA. */
export function sma(period: number): Kernel {
  bars('sma', 'period', period)
  return {
    id: `sma:${period}`,
    outputs: ['value'],
    warmup: period - 1,
    see: 'TA-Lib SMA',
    batch: ({ close, length }, out) => fill(close, length, period, out[0]!),
    stream() {
      const window = createWindow(period)
      const share = 1 / period
      const running = { sum: Number.NaN, floor: Number.NaN }
      running.sum = 0
      running.floor = 0
      return {
        next({ close }, i, out) {
          window.push(close[i]!)
          const { values, from } = window
          running.sum += close[i]!
          if (window.count < period) {
            out[0] = Number.NaN
            return
          }
          if (running.sum < running.floor) {
            running.sum = total(values, from, from + period - 1)
            running.floor = running.sum * renewedBelow
          } else if (running.sum * renewedBelow > running.floor) running.floor = running.sum * renewedBelow
          out[0] = running.sum * share
          running.sum -= values[from]!
        },
      }
    },
  }
}
