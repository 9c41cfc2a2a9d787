import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { createRange } from './blocks/range.ts'
import { streamed } from './blocks/streamed.ts'

/** Williams %R, -100 (at the low) to 0 (at the high) of the range of `period` bars; 0 where there is no range. TA-Lib WILLR. */
export function willr(period: number): Kernel {
  bars('willr', 'period', period)
  return streamed({ id: `willr:${period}`, outputs: ['value'], warmup: period - 1, see: 'TA-Lib WILLR' }, () => {
    const range = createRange(period)
    let count = 0
    return {
      next({ high, low, close }, i, out) {
        if (count < period) count++
        range.push(high[i]!, low[i]!)
        const width = range.top - range.bottom
        const place = width === 0 ? 0 : ((close[i]! - range.top) / width) * 100
        out[0] = count < period ? Number.NaN : place
      },
    }
  })
}
