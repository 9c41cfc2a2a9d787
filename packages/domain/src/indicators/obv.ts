import type { Kernel } from './kernel.ts'

/** On-balance volume: volume of rising bars less that of falling ones, in base units, starting with the first bar's volume. TA-Lib OBV. */
export function obv(): Kernel {
  return {
    id: 'obv',
    outputs: ['value'],
    warmup: 0,
    see: 'Granville 1963; TA-Lib OBV',
    batch({ close, volume, length }, out) {
      if (length === 0) return
      const column = out[0]!
      let sum = volume[0]!
      let before = close[0]!
      column[0] = sum
      for (let i = 1; i < length; i++) {
        const change = close[i]! - before
        before = close[i]!
        // two truths less one another are the sign, without a branch that cannot be predicted
        if (change !== 0) sum += (change / Math.abs(change)) * volume[i]!
        column[i] = sum
      }
    },
    stream() {
      const running = { before: Number.NaN, sum: Number.NaN }
      return {
        next({ close, volume }, i, out) {
          const change = close[i]! - running.before
          if (Number.isNaN(running.before)) running.sum = volume[i]!
          else if (change !== 0) running.sum += (change / Math.abs(change)) * volume[i]!
          running.before = close[i]!
          out[0] = running.sum
        },
      }
    },
  }
}
