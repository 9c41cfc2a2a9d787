import { expect, it } from 'vitest'
import { chance } from '../testing/chance.ts'
import { walk } from '../testing/walk.ts'
import type { Candles } from '../words/candles.ts'
import { houseProfile, weightsOf } from '../words/profile.ts'
import { createDecider } from './decider.ts'

const profile = { ...houseProfile, mode: 'technical-only' as const, weights: weightsOf('technical-only') }

/** Half of a wide spread among liquid coins: where in it the last trade of a bar falls is chance. */
const halfSpread = 0.0005

/** The last close anew, somewhere inside the spread. */
function jittered(candles: Candles, bars: number, by: number): Candles {
  const last = bars - 1
  const column = (values: Float64Array, change: (value: number) => number) => {
    const copy = values.slice()
    copy[last] = change(copy[last]!)
    return copy
  }
  const close = candles.close[last]! * (1 + by)
  return {
    ...candles,
    close: column(candles.close, () => close),
    high: column(candles.high, (high) => Math.max(high, close)),
    low: column(candles.low, (low) => Math.min(low, close)),
  }
}

it('a price that moves inside the spread flips fewer than two in a hundred calls, with a last call to hold to and without', () => {
  const random = chance(4)
  const flips = { fresh: 0, standing: 0 }
  let decisions = 0
  for (let seed = 1; seed <= 40; seed++) {
    const candles = walk({ seed, bars: 420, sigma: 0.004 + 0.02 * random(), drift: (random() - 0.5) * 0.004 })
    const decider = createDecider(candles, profile)
    let previous = null
    for (let bars = 260; bars <= 420; bars += 8) {
      const at = candles.openAt[bars - 1]! + candles.intervalMs
      const call = decider.callAt(bars, at, previous)
      const moved = createDecider(jittered(candles, bars, (random() * 2 - 1) * halfSpread), profile)
      decisions++
      if (moved.callAt(bars, at, previous).type !== call.type) flips.fresh++
      if (moved.callAt(bars, at, call).type !== call.type) flips.standing++
      previous = call
    }
  }
  expect(decisions).toBeGreaterThan(800)
  expect(flips.fresh / decisions).toBeLessThan(0.02)
  expect(flips.standing / decisions).toBeLessThan(0.005)
})
