/** Highest high and lowest low of the last `period` bars, and how many bars ago each was; of equals the newest counts. */
export type Range = {
  top: number
  bottom: number
  topAge: number
  bottomAge: number
  push(high: number, low: number): void
}

/**
 * Looks the window through again only when an extreme leaves it. While fewer than `period` bars came in, the extremes of those.
 * Each value is kept twice, one period apart, so that the window is contiguous.
 */
export function createRange(period: number): Range {
  const highs = new Float64Array(2 * period)
  const lows = new Float64Array(2 * period)
  let slot = 0
  const searchTop = () => {
    let top = highs[slot]!
    let at = 0
    for (let k = 1; k < period; k++) {
      const high = highs[slot + k]!
      if (high >= top) {
        top = high
        at = k
      }
    }
    range.top = top
    range.topAge = period - 1 - at
  }
  const searchBottom = () => {
    let bottom = lows[slot]!
    let at = 0
    for (let k = 1; k < period; k++) {
      const low = lows[slot + k]!
      if (low <= bottom) {
        bottom = low
        at = k
      }
    }
    range.bottom = bottom
    range.bottomAge = period - 1 - at
  }
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
      } else if (++range.topAge === period) searchTop()
      if (low <= range.bottom) {
        range.bottom = low
        range.bottomAge = 0
      } else if (++range.bottomAge === period) searchBottom()
    },
  }
  return range
}
