import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { streamed } from './blocks/streamed.ts'
import { createWindow, meanOf } from './blocks/window.ts'

/**
 * Realised volatility per bar: sample standard deviation (n - 1) of the last `period` log returns, a ratio (0.01 is one percent a bar).
 * Over h bars of a driftless walk multiply by the root of h.
 */
export function rvol(period: number): Kernel {
  bars('rvol', 'period', period, 2)
  const what = {
    id: `rvol:${period}`,
    outputs: ['value'],
    warmup: period,
    see: 'Hull, Options, Futures and Other Derivatives, estimating volatility from historical data',
  }
  return streamed(what, () => {
    const window = createWindow(period)
    const running = { before: Number.NaN }
    return {
      next({ close }, i, out) {
        const change = Math.log(close[i]! / running.before)
        running.before = close[i]!
        out[0] = Number.NaN
        if (Number.isNaN(change)) return
        window.push(change)
        if (window.count < period) return
        const mean = meanOf(window, period)
        let squares = 0
        for (let j = window.from; j < window.from + period; j++) squares += (window.values[j]! - mean) ** 2
        out[0] = Math.sqrt(squares / (period - 1))
      },
    }
  })
}
