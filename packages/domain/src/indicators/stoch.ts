import type { Candles } from '../words/candles.ts'
import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { blank } from './blocks/blank.ts'
import { createRange } from './blocks/range.ts'
import { createMean } from './blocks/window.ts'

/** Where in the range of the last `period` bars each close stands, 0 to 100; 0 where there is no range. Looks for an extreme anew only when it leaves. */
function place({ high, low, close, length }: Candles, period: number, out: Float64Array): void {
  let top = high[0]!
  let bottom = low[0]!
  let topAt = 0
  let bottomAt = 0
  for (let i = 0; i < length; i++) {
    const first = i - period + 1
    const highest = high[i]!
    const lowest = low[i]!
    if (highest >= top) {
      top = highest
      topAt = i
    } else if (topAt < first) {
      top = high[first]!
      topAt = first
      for (let j = first + 1; j <= i; j++) {
        const value = high[j]!
        if (value >= top) {
          top = value
          topAt = j
        }
      }
    }
    if (lowest <= bottom) {
      bottom = lowest
      bottomAt = i
    } else if (bottomAt < first) {
      bottom = low[first]!
      bottomAt = first
      for (let j = first + 1; j <= i; j++) {
        const value = low[j]!
        if (value <= bottom) {
          bottom = value
          bottomAt = j
        }
      }
    }
    const range = top - bottom
    out[i] = range === 0 ? 0 : ((close[i]! - bottom) / range) * 100
  }
}

/** Simple averages of `from`'s values at and after `start`, each summed anew, oldest first. */
function smooth(from: Float64Array, start: number, length: number, period: number, to: Float64Array): void {
  const first = start + period - 1
  if (period === 3) {
    for (let i = first; i < length; i++) to[i] = (from[i - 2]! + from[i - 1]! + from[i]!) / 3
    return
  }
  for (let i = first; i < length; i++) {
    let sum = from[i - period + 1]!
    for (let j = i - period + 2; j <= i; j++) sum += from[j]!
    to[i] = sum / period
  }
}

function fill(
  candles: Candles,
  [period, slowing, signal]: readonly [number, number, number],
  k: Float64Array,
  d: Float64Array,
): void {
  const { length } = candles
  const first = period + slowing - 2
  const warmup = first + signal - 1
  if (length > warmup) {
    place(candles, period, d)
    smooth(d, period - 1, length, slowing, k)
    smooth(k, first, length, signal, d)
  }
  blank(k, warmup, length)
  blank(d, warmup, length)
}

/**
 * Slow stochastic, 0 to 100: the close's place in the range of `period` bars, averaged over `slowing` bars (k), and that averaged over
 * `signal` bars (d). TA-Lib STOCH with simple averages; both outputs start together.
 */
export function stoch(period: number, slowing: number, signal: number): Kernel {
  bars('stoch', 'period', period)
  bars('stoch', 'smoothing', slowing)
  bars('stoch', 'signal period', signal)
  return {
    id: `stoch:${period}:${slowing}:${signal}`,
    outputs: ['k', 'd'],
    warmup: period + slowing + signal - 3,
    see: 'Lane; TA-Lib STOCH',
    batch: (candles, out) => fill(candles, [period, slowing, signal], out[0]!, out[1]!),
    stream() {
      const extremes = createRange(period)
      const smoothed = createSmoothing(period, slowing, signal)
      return {
        next({ high, low, close }, i, out) {
          extremes.push(high[i]!, low[i]!)
          const range = extremes.top - extremes.bottom
          smoothed(range === 0 ? 0 : ((close[i]! - extremes.bottom) / range) * 100, out)
        },
      }
    },
  }
}

/** Takes the raw place of each bar and writes k and d; NaN until both are there. The first `period - 1` places do not count. */
export function createSmoothing(period: number, slowing: number, signal: number) {
  const slowed = createMean(slowing)
  const signalled = createMean(signal)
  let skip = period - 1
  return (value: number, out: Float64Array): void => {
    const k = slowed.push(skip > 0 ? Number.NaN : value)
    const d = signalled.push(k)
    if (skip > 0) skip--
    out[0] = Number.isNaN(d) ? d : k
    out[1] = d
  }
}
