import type { Kernel } from './kernel.ts'
import { bars, factor } from './blocks/parameters.ts'
import { blank } from './blocks/blank.ts'

/** How many bars a running sum of deviations lives before it is taken anew. */
const lifetime = 256
/** A reference this many variances (as a square) away from the mean would drown the variance in rounding. */
const farOff = 1e4

/** Sum and sum of squares of the deviations from a reference, oldest first. */
const deviations = new Float64Array(2)
function measure(values: Float64Array, from: number, to: number, reference: number): void {
  let sum = 0
  let squares = 0
  for (let j = from; j <= to; j++) {
    const deviation = values[j]! - reference
    sum += deviation
    squares += deviation * deviation
  }
  deviations[0] = sum
  deviations[1] = squares
}

type Columns = { readonly upper: Float64Array; readonly middle: Float64Array; readonly lower: Float64Array }

// Running sums of deviations from a nearby price: taken anew regularly, when what left outweighs what stays, and when the price walked away.
function fill(
  close: Float64Array,
  length: number,
  period: number,
  width: number,
  { upper, middle, lower }: Columns,
): void {
  blank(upper, period - 1, length)
  blank(middle, period - 1, length)
  blank(lower, period - 1, length)
  if (length < period) return
  const share = 1 / period
  let reference = close[0]!
  measure(close, 0, period - 2, reference)
  let sum = deviations[0]!
  let squares = deviations[1]!
  let left = lifetime
  let stale = false
  for (let i = period - 1; i < length; i++) {
    const arriving = close[i]! - reference
    sum += arriving
    squares += arriving * arriving
    let offset = sum * share
    let variance = squares * share - offset * offset
    if (stale || offset * offset > farOff * variance) {
      stale = false
      left = lifetime
      reference = close[i]!
      measure(close, i - period + 1, i, reference)
      sum = deviations[0]!
      squares = deviations[1]!
      offset = sum * share
      variance = squares * share - offset * offset
    }
    const half = variance > 0 ? width * Math.sqrt(variance) : 0
    const mean = reference + offset
    upper[i] = mean + half
    middle[i] = mean
    lower[i] = mean - half
    const leaving = close[i - period + 1]! - reference
    const square = leaving * leaving
    sum -= leaving
    squares -= square
    stale = square > squares || --left === 0
  }
}

/** The same sums one close at a time. Every close is kept twice, one period apart: the window is contiguous from `slot` on. */
function createBands(period: number, width: number) {
  const share = 1 / period
  const values = new Float64Array(2 * period)
  const running = { reference: Number.NaN, sum: Number.NaN, squares: Number.NaN }
  running.sum = 0
  running.squares = 0
  let slot = 0
  let missing = period
  let left = lifetime
  let stale = false
  return (value: number, out: Float64Array) => {
    if (slot === 0 && missing === period) running.reference = value
    values[slot] = value
    values[slot + period] = value
    slot = slot + 1 === period ? 0 : slot + 1
    const arriving = value - running.reference
    let sum = running.sum + arriving
    let squares = running.squares + arriving * arriving
    if (missing > 0 && --missing > 0) {
      running.sum = sum
      running.squares = squares
      out.fill(Number.NaN, 0, 3)
      return
    }
    let offset = sum * share
    let variance = squares * share - offset * offset
    if (stale || offset * offset > farOff * variance) {
      left = lifetime
      running.reference = value
      measure(values, slot, slot + period - 1, value)
      sum = deviations[0]!
      squares = deviations[1]!
      offset = sum * share
      variance = squares * share - offset * offset
    }
    const half = variance > 0 ? width * Math.sqrt(variance) : 0
    const mean = running.reference + offset
    out[0] = mean + half
    out[1] = mean
    out[2] = mean - half
    const leaving = values[slot]! - running.reference
    const square = leaving * leaving
    running.sum = sum - leaving
    running.squares = squares - square
    stale = square > running.squares || --left === 0
  }
}

/**
 * Bollinger bands of the close: simple average and `width` population standard deviations around it, in price units. TA-Lib BBANDS
 * without its threshold: a variance of 1e-30 is a variance.
 */
export function bbands(period: number, width: number): Kernel {
  bars('bbands', 'period', period, 2)
  factor('bbands', 'width', width, 100)
  return {
    id: `bbands:${period}:${width}`,
    outputs: ['upper', 'middle', 'lower'],
    warmup: period - 1,
    see: 'Bollinger 2001; TA-Lib BBANDS',
    batch: ({ close, length }, out) =>
      fill(close, length, period, width, { upper: out[0]!, middle: out[1]!, lower: out[2]! }),
    stream() {
      const next = createBands(period, width)
      return { next: ({ close }, i, out) => next(close[i]!, out) }
    },
  }
}
