import type { Kernel } from './kernel.ts'
import { createAtr } from './atr.ts'
import { bars, factor } from './blocks/parameters.ts'
import { streamed } from './blocks/streamed.ts'

/**
 * Supertrend: a stop line `width` average true ranges from the middle of the bar that only moves with the trend. `value` in price units,
 * `direction` 1 (the line is below the price) or -1. Bands as Seban published them; at the first bar the trend is up when the close is
 * not below the bar's middle.
 */
export function supertrend(period: number, width: number): Kernel {
  bars('supertrend', 'period', period)
  factor('supertrend', 'multiplier', width, 100)
  const what = {
    id: `supertrend:${period}:${width}`,
    outputs: ['value', 'direction'],
    warmup: period,
    see: 'Seban 2008; StockCharts ChartSchool, Supertrend',
  }
  return streamed(what, () => {
    const range = createAtr(period)
    const line = { above: Number.NaN, below: Number.NaN, closeBefore: Number.NaN }
    let rising: boolean | null = null
    return {
      next({ high, low, close }, i, out) {
        const distance = width * range.push(high[i]!, low[i]!, close[i]!)
        const before = line.closeBefore
        line.closeBefore = close[i]!
        if (Number.isNaN(distance)) {
          out[0] = Number.NaN
          out[1] = Number.NaN
          return
        }
        const middle = (high[i]! + low[i]!) / 2
        const first = rising === null
        rising ??= close[i]! >= middle
        if (first || middle + distance < line.above || before > line.above) line.above = middle + distance
        if (first || middle - distance > line.below || before < line.below) line.below = middle - distance
        rising = close[i]! > (rising ? line.below : line.above)
        out[0] = rising ? line.below : line.above
        out[1] = rising ? 1 : -1
      },
    }
  })
}
