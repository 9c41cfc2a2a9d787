/** Highest high and lowest low of the last `period` bars, and how many bars ago each was; of equals the newest counts. */
export type Range = {
  top: number
  bottom: number
  topAge: number
  bottomAge: number
  push(high: number, low: number): void
}

/** Where in the `period` values from `from` on the newest of the highest (sign 1) or lowest (-1) stands, from 0, the oldest. */
function search(values: Float64Array, from: number, period: number, sign: 1 | -1): number {
  let best = sign * values[from]!
  let at = 0
  for (let k = 1; k < period; k++) {
    const value = sign * values[from + k]!
    if (value >= best) {
      best = value
      at = k
    }
  }
  return at
}

/**
 * Looks the window through again only when an extreme leaves it. While fewer than `period` bars came in, the extremes of those.
 * Each value is kept twice, one period apart, so that the window is contiguous.
 */
export function createRange(period: number): Range {
  const highs = new Float64Array(2 * period)
  const lows = new Float64Array(2 * period)
  let slot = 0
  const range: Range = {
    top: Number.NEGATIVE_INFINITY,
    bottom: Number.POSITIVE_INFINITY,
    topAge: 0,
    bottomAge: 0,
    push(high, low) {
      highs[slot] = high
      highs[slot + period] = high
      lows[slot] = low
      lows[slot + period] = low
      slot = slot + 1 === period ? 0 : slot + 1
      if (high >= range.top) {
        range.top = high
        range.topAge = 0
      } else if (++range.topAge === period) {
        const at = search(highs, slot, period, 1)
        range.top = highs[slot + at]!
        range.topAge = period - 1 - at
      }
      if (low <= range.bottom) {
        range.bottom = low
        range.bottomAge = 0
      } else if (++range.bottomAge === period) {
        const at = search(lows, slot, period, -1)
        range.bottom = lows[slot + at]!
        range.bottomAge = period - 1 - at
      }
    },
  }
  return range
}
