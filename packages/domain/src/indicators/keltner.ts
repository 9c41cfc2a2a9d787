import type { Kernel } from './kernel.ts'
import { createAtr } from './atr.ts'
import { createEma } from './ema.ts'
import { bars, factor } from './blocks/parameters.ts'
import { streamed } from './blocks/streamed.ts'

/** Keltner channel, in price units: exponential average of the close, and `width` average true ranges around it. */
export function keltner(period: number, width: number, rangePeriod: number): Kernel {
  bars('keltner', 'period', period)
  factor('keltner', 'multiplier', width, 100)
  bars('keltner', 'atr period', rangePeriod)
  const what = {
    id: `keltner:${period}:${width}:${rangePeriod}`,
    outputs: ['upper', 'middle', 'lower'],
    warmup: Math.max(period - 1, rangePeriod),
    see: "Raschke's form; StockCharts ChartSchool, Keltner Channels; TA-Lib EMA and ATR",
  }
  return streamed(what, () => {
    const average = createEma(period)
    const range = createAtr(rangePeriod)
    return {
      next({ high, low, close }, i, out) {
        const middle = average.push(close[i]!)
        const half = width * range.push(high[i]!, low[i]!, close[i]!)
        const ready = !Number.isNaN(middle) && !Number.isNaN(half)
        out[0] = middle + half
        out[1] = ready ? middle : Number.NaN
        out[2] = middle - half
      },
    }
  })
}
