import { Failure } from '../words/failure.ts'
import type { Kernel } from './kernel.ts'
import { factor } from './blocks/parameters.ts'
import { streamed } from './blocks/streamed.ts'

/** One side of the market, so that the rules are written once: `sign` 1 while rising, -1 while falling, prices times sign. */
type Trail = { sign: number; stop: number; extreme: number; pace: number; low: number; high: number }

/** The further (in the trend's sense) a stop may lie is held by this bar and the one before. */
const heldBy = (stop: number, one: number, other: number): number => Math.min(stop, one, other)

/**
 * Parabolic stop and reverse, in price units. TA-Lib SAR: starts at the second bar, falling if the low fell by more than the high rose,
 * the stop held outside the last two bars.
 */
export function psar(step: number, most: number): Kernel {
  factor('psar', 'step', step, 1)
  factor('psar', 'maximum', most, 1)
  if (step > most) throw new Failure('invalid', `psar: step must be at most the maximum of ${most}, not ${step}`)
  const what = { id: `psar:${step}:${most}`, outputs: ['value'], warmup: 1, see: 'Wilder 1978; TA-Lib SAR' }
  return streamed(what, () => {
    let count = 0
    const trail: Trail = {
      sign: 1,
      stop: Number.NaN,
      extreme: Number.NaN,
      pace: Number.NaN,
      low: Number.NaN,
      high: Number.NaN,
    }
    const begin = (high: number, low: number) => {
      const down = trail.low - low
      trail.sign = down > 0 && high - trail.high < down ? -1 : 1
      trail.stop = trail.sign > 0 ? trail.low : -trail.high
      trail.extreme = trail.sign > 0 ? high : -low
      trail.pace = step
      trail.low = low
      trail.high = high
    }
    return {
      next({ high, low }, i, out) {
        const top = high[i]!
        const bottom = low[i]!
        out[0] = Number.NaN
        if (count < 2) count++
        if (count === 2) {
          if (Number.isNaN(trail.stop)) begin(top, bottom)
          out[0] = follow(trail, top, bottom, step, most)
        }
        trail.high = top
        trail.low = bottom
      },
    }
  })
}

/** The stop that holds for this bar; moves the trail on to the next. */
function follow(trail: Trail, high: number, low: number, step: number, most: number): number {
  const rising = trail.sign > 0
  const [nearest, furthest] = rising ? [low, high] : [-high, -low]
  const [nearestBefore, furthestBefore] = rising ? [trail.low, trail.high] : [-trail.high, -trail.low]
  if (nearest > trail.stop) {
    const stop = trail.stop
    if (furthest > trail.extreme) {
      trail.extreme = furthest
      trail.pace = Math.min(trail.pace + step, most)
    }
    trail.stop = heldBy(stop + trail.pace * (trail.extreme - stop), nearestBefore, nearest)
    return trail.sign * stop
  }
  // Reversed: seen from the other side, every price changes its sign.
  const stop = heldBy(-trail.extreme, -furthestBefore, -furthest)
  trail.sign = -trail.sign
  trail.extreme = -nearest
  trail.pace = step
  trail.stop = heldBy(stop + step * (trail.extreme - stop), -furthestBefore, -furthest)
  return trail.sign * stop
}
