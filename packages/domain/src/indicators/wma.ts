import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { streamed } from './blocks/streamed.ts'
import { createWindow } from './blocks/window.ts'

/** Moving average of the close with weights 1 (oldest) to `period` (newest), in price units. TA-Lib WMA; summed anew per bar. */
export function wma(period: number): Kernel {
  bars('wma', 'period', period)
  const weights = (period * (period + 1)) / 2
  return streamed({ id: `wma:${period}`, outputs: ['value'], warmup: period - 1, see: 'TA-Lib WMA' }, () => {
    const window = createWindow(period)
    return {
      next({ close }, i, out) {
        window.push(close[i]!)
        const { values, from } = window
        let sum = 0
        for (let k = 0; k < period; k++) sum += values[from + k]! * (k + 1)
        out[0] = window.count < period ? Number.NaN : sum / weights
      },
    }
  })
}
