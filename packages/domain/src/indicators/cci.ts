import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { streamed } from './blocks/streamed.ts'
import { createWindow } from './blocks/window.ts'

/** Lambert's constant: most values fall between -100 and 100. */
const lambert = 0.015

/**
 * Commodity channel index: the typical price's distance from its average, in mean deviations over 0.015. TA-Lib CCI; 0 where nothing
 * deviates. Deviations are taken from the newest price, so that a flat stretch is exactly flat whatever the price.
 */
export function cci(period: number): Kernel {
  bars('cci', 'period', period, 2)
  return streamed(
    { id: `cci:${period}`, outputs: ['value'], warmup: period - 1, see: 'Lambert 1980; TA-Lib CCI' },
    () => {
      const window = createWindow(period)
      return {
        next({ high, low, close }, i, out) {
          const typical = (high[i]! + low[i]! + close[i]!) / 3
          window.push(typical)
          if (window.count < period) {
            out[0] = Number.NaN
            return
          }
          const { values, from } = window
          let offset = 0
          for (let j = from; j < from + period; j++) offset += values[j]! - typical
          offset /= period
          let spread = 0
          for (let j = from; j < from + period; j++) spread += Math.abs(values[j]! - typical - offset)
          out[0] = spread === 0 ? 0 : -offset / ((lambert * spread) / period)
        },
      }
    },
  )
}
