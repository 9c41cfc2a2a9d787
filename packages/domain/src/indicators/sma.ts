import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { blank } from './blocks/blank.ts'

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
      // Every close is kept twice, one period apart: the window is contiguous from `slot` on.
      const values = new Float64Array(2 * period)
      const share = 1 / period
      const running = { sum: Number.NaN, floor: Number.NaN }
      running.sum = 0
      running.floor = 0
      let slot = 0
      let missing = period
      return {
        next({ close }, i, out) {
          const value = close[i]!
          values[slot] = value
          values[slot + period] = value
          slot = slot + 1 === period ? 0 : slot + 1
          let sum = running.sum + value
          if (missing > 0 && --missing > 0) {
            running.sum = sum
            out[0] = Number.NaN
            return
          }
          if (sum < running.floor) {
            sum = total(values, slot, slot + period - 1)
            running.floor = sum * renewedBelow
          } else if (sum * renewedBelow > running.floor) running.floor = sum * renewedBelow
          out[0] = sum * share
          running.sum = sum - values[slot]!
        },
      }
    },
  }
}
