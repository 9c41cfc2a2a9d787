import type { Candles } from '../words/candles.ts'
import type { Kernel, KernelStream } from './kernel.ts'
import { trueRange } from './atr.ts'
import { bars } from './blocks/parameters.ts'
import { blank } from './blocks/blank.ts'

type Columns = { readonly adx: Float64Array; readonly plusDi: Float64Array; readonly minusDi: Float64Array }

/** A directional indicator is its sum times this; 0 where nothing ranged. One division serves both. */
const perRange = (range: number): number => (range === 0 ? 0 : 100 / range)

// The larger of the two moves counts, if it is one. Which is larger cannot be predicted: a truth turned into 0 or 1 needs no branch, and
// (|d| + d) / 2 is exact. Wilder's three sums start with `period - 1` moves and are smoothed from bar `period` on, as TA-Lib does. A bar in which nothing moved
// either way has no direction: the average stays.
function fill(
  { high, low, close, length }: Candles,
  period: number,
  { adx: strength, plusDi, minusDi }: Columns,
): void {
  const first = 2 * period - 1
  const share = 1 / period
  blank(strength, first, length)
  blank(plusDi, period, length)
  blank(minusDi, period, length)
  if (length <= period) return
  let plus = 0
  let minus = 0
  let range = 0
  let average = 0
  let highBefore = high[0]!
  let lowBefore = low[0]!
  let closeBefore = close[0]!
  for (let i = 1; i < length; i++) {
    const top = high[i]!
    const bottom = low[i]!
    const up = top - highBefore
    const down = lowBefore - bottom
    const wide = trueRange(top, bottom, closeBefore)
    const rise = Number(up > down) * 0.5 * (Math.abs(up) + up)
    const fall = Number(down > up) * 0.5 * (Math.abs(down) + down)
    highBefore = top
    lowBefore = bottom
    closeBefore = close[i]!
    if (i < period) {
      plus += rise
      minus += fall
      range += wide
      continue
    }
    plus += rise - plus * share
    minus += fall - minus * share
    range += wide - range * share
    const both = plus + minus
    const unit = perRange(range)
    plusDi[i] = plus * unit
    minusDi[i] = minus * unit
    if (i > first) {
      if (both !== 0) average += ((Math.abs(plus - minus) / both) * 100 - average) * share
      strength[i] = average
      continue
    }
    if (both !== 0) average += (Math.abs(plus - minus) / both) * 100
    if (i === first) {
      average *= share
      strength[i] = average
    }
  }
}

function createAdx(period: number): KernelStream {
  const first = 2 * period - 1
  const share = 1 / period
  let count = -1
  const now = { high: Number.NaN, low: Number.NaN, close: Number.NaN }
  const running = { plus: Number.NaN, minus: Number.NaN, range: Number.NaN, average: Number.NaN }
  Object.assign(running, { plus: 0, minus: 0, range: 0, average: 0 })
  const move = (top: number, bottom: number) => {
    const up = top - now.high
    const down = now.low - bottom
    const rise = Number(up > down) * 0.5 * (Math.abs(up) + up)
    const fall = Number(down > up) * 0.5 * (Math.abs(down) + down)
    const wide = trueRange(top, bottom, now.close)
    const fades = count >= period ? share : 0
    running.plus += rise - running.plus * fades
    running.minus += fall - running.minus * fades
    running.range += wide - running.range * fades
  }
  const average = () => {
    const both = running.plus + running.minus
    if (both !== 0) {
      const directed = (Math.abs(running.plus - running.minus) / both) * 100
      running.average += count > first ? (directed - running.average) * share : directed
    }
    if (count === first) running.average *= share
  }
  return {
    next({ high, low, close }, i, out) {
      if (count <= first) count++
      if (count > 0) move(high[i]!, low[i]!)
      now.high = high[i]!
      now.low = low[i]!
      now.close = close[i]!
      if (count >= period) average()
      const unit = count < period ? Number.NaN : perRange(running.range)
      out[0] = count < first ? Number.NaN : running.average
      out[1] = running.plus * unit
      out[2] = running.minus * unit
    },
  }
}

/** Average directional index with its two directional indicators, each 0 to 100. TA-Lib ADX, PLUS_DI, MINUS_DI. */
export function adx(period: number): Kernel {
  bars('adx', 'period', period, 2)
  return {
    id: `adx:${period}`,
    outputs: ['adx', 'plusDi', 'minusDi'],
    warmup: 2 * period - 1,
    see: 'Wilder 1978; TA-Lib ADX, PLUS_DI, MINUS_DI',
    batch: (candles, out) => fill(candles, period, { adx: out[0]!, plusDi: out[1]!, minusDi: out[2]! }),
    stream: () => createAdx(period),
  }
}
