import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { streamed } from './blocks/streamed.ts'
import { createWindow } from './blocks/window.ts'

/**
 * Efficiency ratio, the regime measure: net move of the close over `period` bars divided by the path walked, 0 (noise) to 1 (straight
 * trend), without direction. 0 where nothing moved. On a random walk about 1 over the root of `period`.
 */
export function er(period: number): Kernel {
  bars('er', 'period', period, 2)
  const what = { id: `er:${period}`, outputs: ['value'], warmup: period, see: 'Kaufman, Smarter Trading, 1995' }
  return streamed(what, () => {
    const window = createWindow(period + 1)
    return {
      next({ close }, i, out) {
        window.push(close[i]!)
        out[0] = Number.NaN
        if (window.count <= period) return
        const { values, from } = window
        let path = 0
        for (let j = from; j < from + period; j++) path += Math.abs(values[j + 1]! - values[j]!)
        out[0] = path === 0 ? 0 : Math.min(1, Math.abs(close[i]! - values[from]!) / path)
      },
    }
  })
}
