import type { Kernel } from './kernel.ts'
import { createRsi } from './rsi.ts'
import { createSmoothing } from './stoch.ts'
import { bars } from './blocks/parameters.ts'
import { createRange } from './blocks/range.ts'
import { streamed } from './blocks/streamed.ts'

/**
 * Stochastic of the RSI, 0 to 100: the index's place in its own range over `range` bars, averaged over `slowing` (k), and that over
 * `signal` (d). With `slowing` 1 it is TA-Lib's STOCHRSI.
 */
export function stochrsi(period: number, range: number, slowing: number, signal: number): Kernel {
  bars('stochrsi', 'rsi period', period, 2)
  bars('stochrsi', 'stochastic period', range)
  bars('stochrsi', 'smoothing', slowing)
  bars('stochrsi', 'signal period', signal)
  const what = {
    id: `stochrsi:${period}:${range}:${slowing}:${signal}`,
    outputs: ['k', 'd'],
    warmup: period + range + slowing + signal - 3,
    see: 'Chande and Kroll 1994; TA-Lib STOCHRSI',
  }
  return streamed(what, () => {
    const index = createRsi(period)
    const extremes = createRange(range)
    const smoothed = createSmoothing(range, slowing, signal)
    return {
      next({ close }, i, out) {
        const value = index.push(close[i]!)
        if (Number.isNaN(value)) {
          out[0] = Number.NaN
          out[1] = Number.NaN
          return
        }
        extremes.push(value, value)
        const spread = extremes.top - extremes.bottom
        smoothed(spread === 0 ? 0 : ((value - extremes.bottom) / spread) * 100, out)
      },
    }
  })
}
