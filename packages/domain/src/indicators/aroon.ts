import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { createRange } from './blocks/range.ts'
import { streamed } from './blocks/streamed.ts'

/**
 * Aroon: how recent the highest high (`up`) and lowest low (`down`) of the last `period + 1` bars are, 100 for this bar, 0 for the oldest,
 * and `oscillator`, up less down. TA-Lib AROON and AROONOSC; of equal extremes the newest counts.
 */
export function aroon(period: number): Kernel {
  bars('aroon', 'period', period)
  const what = {
    id: `aroon:${period}`,
    outputs: ['up', 'down', 'oscillator'],
    warmup: period,
    see: 'Chande 1995; TA-Lib AROON, AROONOSC',
  }
  return streamed(what, () => {
    const range = createRange(period + 1)
    let count = -1
    return {
      next({ high, low }, i, out) {
        if (count < period) count++
        range.push(high[i]!, low[i]!)
        const up = ((period - range.topAge) / period) * 100
        const down = ((period - range.bottomAge) / period) * 100
        const ready = count === period
        out[0] = ready ? up : Number.NaN
        out[1] = ready ? down : Number.NaN
        out[2] = ready ? up - down : Number.NaN
      },
    }
  })
}
