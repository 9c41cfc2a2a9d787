import type { Kernel } from './kernel.ts'
import { bars } from './blocks/parameters.ts'
import { streamed } from './blocks/streamed.ts'
import { createWindow, type Window } from './blocks/window.ts'

/** Is the middle of the window above (times sign) all before it and not below any after it? The first of a plateau is its swing. */
export function isPivot(values: Float64Array, at: number, reach: number, sign: 1 | -1): boolean {
  const middle = sign * values[at]!
  for (let j = at + 1; j <= at + reach; j++) if (sign * values[j]! > middle) return false
  for (let j = at - reach; j < at; j++) if (sign * values[j]! >= middle) return false
  return true
}

/** The newest confirmed swing of one side: its price and how many bars ago it was. */
function createSwing(reach: number, sign: 1 | -1) {
  const window: Window = createWindow(2 * reach + 1)
  const newest = { price: Number.NaN, since: Number.NaN }
  return {
    newest,
    push(value: number): void {
      window.push(value)
      newest.since += 1
      if (window.count <= 2 * reach || !isPivot(window.values, window.from + reach, reach, sign)) return
      newest.price = window.values[window.from + reach]!
      newest.since = reach
    },
  }
}

/**
 * Swing highs and lows: a bar whose high (low) is beyond the `reach` bars before it and not passed by the `reach` after it. It counts only
 * when those have closed, so `high` and `low` (price units) are the newest confirmed ones and `sinceHigh`, `sinceLow` (bars) are at least
 * `reach`. NaN until the first is confirmed, which may be later than `warmup`.
 */
export function swings(reach: number): Kernel {
  bars('swings', 'reach', reach, 1, 500)
  const what = {
    id: `swings:${reach}`,
    outputs: ['high', 'low', 'sinceHigh', 'sinceLow'],
    warmup: 2 * reach,
    see: 'Williams, Trading Chaos, 1995 (fractal), with a reach of one’s own and plateaus counted once',
  }
  return streamed(what, () => {
    const tops = createSwing(reach, 1)
    const bottoms = createSwing(reach, -1)
    return {
      next({ high, low }, i, out) {
        tops.push(high[i]!)
        bottoms.push(low[i]!)
        out[0] = tops.newest.price
        out[1] = bottoms.newest.price
        out[2] = tops.newest.since
        out[3] = bottoms.newest.since
      },
    }
  })
}
