import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { createRange } from './blocks/range.ts'
import { streamed } from './blocks/streamed.ts'
import { createWindow } from './blocks/window.ts'

/** The middle of the high-low range of the last `period` bars; NaN until that many came. */
function createMiddle(period: number) {
  const range = createRange(period)
  let count = 0
  return (high: number, low: number): number => {
    if (count < period) count++
    range.push(high, low)
    return count < period ? Number.NaN : (range.top + range.bottom) / 2
  }
}

/**
 * Ichimoku Kinko Hyo, in price units. The spans at a bar are what the chart shows there: computed `base` bars earlier. `lagging` at a bar
 * is that bar's close, when it is known; a chart draws it `base` bars earlier (`drawnBack`), where it would be a look into the future.
 */
export function ichimoku(conversion: number, base: number, span: number): Kernel {
  bars('ichimoku', 'conversion period', conversion)
  bars('ichimoku', 'base period', base)
  bars('ichimoku', 'span period', span)
  const what = {
    id: `ichimoku:${conversion}:${base}:${span}`,
    outputs: ['conversion', 'base', 'spanA', 'spanB', 'lagging'],
    warmup: Math.max(conversion, base, span) - 1 + base,
    see: 'Hosoda 1969; StockCharts ChartSchool, Ichimoku Cloud',
    drawnBack: { lagging: base },
  }
  return streamed(what, () => {
    const short = createMiddle(conversion)
    const middle = createMiddle(base)
    const long = createMiddle(span)
    const cloudA = createWindow(base + 1)
    const cloudB = createWindow(base + 1)
    return {
      next({ high, low, close }, i, out) {
        const turning = short(high[i]!, low[i]!)
        const standard = middle(high[i]!, low[i]!)
        cloudA.push((turning + standard) / 2)
        cloudB.push(long(high[i]!, low[i]!))
        const full = cloudA.count > base
        out[0] = turning
        out[1] = standard
        out[2] = full ? cloudA.values[cloudA.from]! : Number.NaN
        out[3] = full ? cloudB.values[cloudB.from]! : Number.NaN
        out[4] = close[i]!
      },
    }
  })
}
