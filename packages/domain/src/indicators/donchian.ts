import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { createRange } from './blocks/range.ts'
import { streamed } from './blocks/streamed.ts'

/** Donchian channel, in price units: highest high and lowest low of the last `period` bars, this one included, and their middle. */
export function donchian(period: number): Kernel {
  bars('donchian', 'period', period)
  const what = {
    id: `donchian:${period}`,
    outputs: ['upper', 'middle', 'lower'],
    warmup: period - 1,
    see: 'Donchian 1960; TA-Lib MAX and MIN',
  }
  return streamed(what, () => {
    const range = createRange(period)
    let count = 0
    return {
      next({ high, low }, i, out) {
        if (count < period) count++
        range.push(high[i]!, low[i]!)
        const { top, bottom } = range
        const ready = count === period
        out[0] = ready ? top : Number.NaN
        out[1] = ready ? (top + bottom) / 2 : Number.NaN
        out[2] = ready ? bottom : Number.NaN
      },
    }
  })
}
