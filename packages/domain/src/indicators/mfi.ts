import type { Candles } from '../words/candles.ts'
import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { blank } from './blocks/blank.ts'

/** How many bars the running sums live before they are taken anew. */
const lifetime = 256

/** The ring of signed flows: sum of them (0) and of their sizes (1), in slot order. */
const sums = new Float64Array(2)
function measure(ring: Float64Array): void {
  let signed = 0
  let sizes = 0
  for (let j = 0; j < ring.length; j++) {
    signed += ring[j]!
    sizes += Math.abs(ring[j]!)
  }
  sums[0] = signed
  sums[1] = sizes
}

/** Share of the flow that rose, in percent; held inside 0 to 100 against the last digit of the sums. */
function percent(signed: number, sizes: number): number {
  const value = sizes === 0 ? 0 : ((sizes + signed) / sizes) * 50
  return value < 0 ? 0 : value > 100 ? 100 : value
}

function fill(
  { high, low, close, volume, length }: Candles,
  period: number,
  ring: Float64Array,
  out: Float64Array,
): void {
  blank(out, period, length)
  if (length <= period) return
  ring.fill(0)
  let signed = 0
  let sizes = 0
  let slot = 0
  let left = lifetime
  let before = high[0]! + low[0]! + close[0]!
  for (let i = 1; i < length; i++) {
    const typical = high[i]! + low[i]! + close[i]!
    const change = typical - before
    before = typical
    // two truths less one another are the sign, without a branch
    const flow = change === 0 ? 0 : typical * volume[i]! * (change / Math.abs(change))
    const old = ring[slot]!
    const gone = Math.abs(old)
    ring[slot] = flow
    slot = slot + 1 === period ? 0 : slot + 1
    signed += flow - old
    sizes += Math.abs(flow) - gone
    if (gone > sizes || --left === 0) {
      left = lifetime
      measure(ring)
      signed = sums[0]!
      sizes = sums[1]!
    }
    if (i >= period) out[i] = percent(signed, sizes)
  }
}

function createFlow(period: number) {
  const ring = new Float64Array(period)
  const running = { signed: Number.NaN, sizes: Number.NaN, before: Number.NaN }
  running.signed = 0
  running.sizes = 0
  let count = -1
  let slot = 0
  let left = lifetime
  return (typical: number, volume: number): number => {
    const change = typical - running.before
    running.before = typical
    if (count < period) count++
    if (count === 0) return Number.NaN
    const flow = change === 0 ? 0 : typical * volume * (change / Math.abs(change))
    const old = ring[slot]!
    const gone = Math.abs(old)
    ring[slot] = flow
    slot = slot + 1 === period ? 0 : slot + 1
    running.signed += flow - old
    running.sizes += Math.abs(flow) - gone
    if (gone > running.sizes || --left === 0) {
      left = lifetime
      measure(ring)
      running.signed = sums[0]!
      running.sizes = sums[1]!
    }
    return count < period ? Number.NaN : percent(running.signed, running.sizes)
  }
}

/**
 * Money flow index, 0 to 100: the share of price times volume that came with a rising typical price. TA-Lib MFI without its threshold
 * (it is 0 below a flow of 1); like it, 0 where nothing flowed.
 */
export function mfi(period: number): Kernel {
  bars('mfi', 'period', period, 2)
  const ring = new Float64Array(period)
  return {
    id: `mfi:${period}`,
    outputs: ['value'],
    warmup: period,
    see: 'Quong and Soudack 1989; TA-Lib MFI',
    batch: (candles, out) => fill(candles, period, ring, out[0]!),
    stream() {
      const flow = createFlow(period)
      return {
        next({ high, low, close, volume }, i, out) {
          out[0] = flow(high[i]! + low[i]! + close[i]!, volume[i]!)
        },
      }
    },
  }
}
