import type { Candles } from '../words/candles.ts'
import type { Kernel, KernelStream } from './kernel.ts'
import { trueRange } from './atr.ts'
import { bars } from './blocks/parameters.ts'
import { blank } from './blocks/blank.ts'

type Columns = { readonly adx: Float64Array; readonly plusDi: Float64Array; readonly minusDi: Float64Array }

// Wilder's three sums start with `period - 1` moves and are smoothed from bar `period` on, as TA-Lib does. A bar in which nothing moved
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
  let [plus, minus, range, average] = [0, 0, 0, 0]
  let highBefore = high[0]!
  let lowBefore = low[0]!
  let closeBefore = close[0]!
  for (let i = 1; i < length; i++) {
    const top = high[i]!
    const bottom = low[i]!
    const up = top - highBefore
    const down = lowBefore - bottom
    const wide = trueRange(top, bottom, closeBefore)
    const rise = up > down && up > 0 ? up : 0
    const fall = down > up && down > 0 ? down : 0
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
    plusDi[i] = range === 0 ? 0 : (plus / range) * 100
    minusDi[i] = range === 0 ? 0 : (minus / range) * 100
    const directed = both === 0 ? average : (Math.abs(plus - minus) / both) * 100
    if (i > first) {
      average += (directed - average) * share
      strength[i] = average
      continue
    }
    average += both === 0 ? 0 : directed
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
    const rise = up > down && up > 0 ? up : 0
    const fall = down > up && down > 0 ? down : 0
    const wide = trueRange(top, bottom, now.close)
    const fades = count >= period ? share : 0
    running.plus += rise - running.plus * fades
    running.minus += fall - running.minus * fades
    running.range += wide - running.range * fades
  }
  const average = () => {
    const both = running.plus + running.minus
    const directed = both === 0 ? running.average : (Math.abs(running.plus - running.minus) / both) * 100
    if (count > first) running.average += (directed - running.average) * share
    else running.average += both === 0 ? 0 : directed
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
      const { plus, minus, range } = running
      out[0] = count < first ? Number.NaN : running.average
      out[1] = count < period ? Number.NaN : range === 0 ? 0 : (plus / range) * 100
      out[2] = count < period ? Number.NaN : range === 0 ? 0 : (minus / range) * 100
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
