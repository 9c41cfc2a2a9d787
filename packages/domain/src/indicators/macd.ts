import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { blank } from './blocks/blank.ts'
import { Failure } from '../words/failure.ts'

type Periods = { readonly fast: number; readonly slow: number; readonly smooth: number }
type Columns = { readonly line: Float64Array; readonly signal: Float64Array; readonly histogram: Float64Array }

/** Mean of the `period` closes that end with the slow average's first bar: both averages start together, as TA-Lib's do. */
function seed(close: Float64Array, slow: number, period: number): number {
  let sum = 0
  for (let i = slow - period; i < slow; i++) sum += close[i]!
  return sum / period
}

function fill(
  close: Float64Array,
  length: number,
  { fast, slow, smooth }: Periods,
  { line, signal, histogram }: Columns,
): void {
  const first = slow + smooth - 2
  blank(line, first, length)
  blank(signal, first, length)
  blank(histogram, first, length)
  if (length <= first) return
  const [slowWeight, fastWeight, weight] = [2 / (slow + 1), 2 / (fast + 1), 2 / (smooth + 1)]
  let slowAverage = seed(close, slow, slow)
  let fastAverage = seed(close, slow, fast)
  let distance = fastAverage - slowAverage
  let average = distance
  for (let i = slow; i <= first; i++) {
    slowAverage += (close[i]! - slowAverage) * slowWeight
    fastAverage += (close[i]! - fastAverage) * fastWeight
    distance = fastAverage - slowAverage
    average += distance
  }
  average /= smooth
  line[first] = distance
  signal[first] = average
  histogram[first] = distance - average
  for (let i = first + 1; i < length; i++) {
    const value = close[i]!
    slowAverage += (value - slowAverage) * slowWeight
    fastAverage += (value - fastAverage) * fastWeight
    distance = fastAverage - slowAverage
    average += (distance - average) * weight
    line[i] = distance
    signal[i] = average
    histogram[i] = distance - average
  }
}

/** The same recurrence one close at a time; `count` says in which of its three phases it is. */
function createMacd({ fast, slow, smooth }: Periods) {
  const [slowWeight, fastWeight, weight] = [2 / (slow + 1), 2 / (fast + 1), 2 / (smooth + 1)]
  const first = slow + smooth - 1
  let count = 0
  const running = { slow: Number.NaN, fast: Number.NaN, average: Number.NaN, distance: Number.NaN }
  running.slow = 0
  running.fast = 0
  running.average = 0
  return {
    running,
    /** True once all three values are there. */
    push(value: number): boolean {
      if (count < first) count++
      else {
        running.slow += (value - running.slow) * slowWeight
        running.fast += (value - running.fast) * fastWeight
        running.distance = running.fast - running.slow
        running.average += (running.distance - running.average) * weight
        return true
      }
      if (count <= slow) {
        running.slow += value
        if (count > slow - fast) running.fast += value
        if (count < slow) return false
        running.slow /= slow
        running.fast /= fast
      } else {
        running.slow += (value - running.slow) * slowWeight
        running.fast += (value - running.fast) * fastWeight
      }
      running.distance = running.fast - running.slow
      running.average += running.distance
      if (count < first) return false
      running.average /= smooth
      return true
    },
  }
}

/**
 * Moving average convergence/divergence of the close, in price units. TA-Lib MACD: the fast average is seeded with the closes that end
 * at the slow one's first bar, and all three outputs start with the signal.
 */
export function macd(fast: number, slow: number, smooth: number): Kernel {
  bars('macd', 'fast period', fast)
  bars('macd', 'slow period', slow, 2)
  bars('macd', 'signal period', smooth)
  if (fast >= slow)
    throw new Failure('invalid', `macd: fast period must be below the slow period of ${slow}, not ${fast}`)
  const periods = { fast, slow, smooth }
  return {
    id: `macd:${fast}:${slow}:${smooth}`,
    outputs: ['macd', 'signal', 'histogram'],
    warmup: slow + smooth - 2,
    see: 'TA-Lib MACD',
    batch: ({ close, length }, out) =>
      fill(close, length, periods, { line: out[0]!, signal: out[1]!, histogram: out[2]! }),
    stream() {
      const { push, running } = createMacd(periods)
      return {
        next({ close }, i, out) {
          const ready = push(close[i]!)
          out[0] = ready ? running.distance : Number.NaN
          out[1] = ready ? running.average : Number.NaN
          out[2] = ready ? running.distance - running.average : Number.NaN
        },
      }
    },
  }
}
