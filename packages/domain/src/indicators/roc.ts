import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { streamed } from './blocks/streamed.ts'
import { createWindow } from './blocks/window.ts'

/** Rate of change of the close against `period` bars before, in percent. TA-Lib ROC. */
export function roc(period: number): Kernel {
  bars('roc', 'period', period)
  return streamed({ id: `roc:${period}`, outputs: ['value'], warmup: period, see: 'TA-Lib ROC' }, () => {
    const window = createWindow(period + 1)
    return {
      next({ close }, i, out) {
        window.push(close[i]!)
        out[0] = window.count > period ? (close[i]! / window.values[window.from]! - 1) * 100 : Number.NaN
      },
    }
  })
}
