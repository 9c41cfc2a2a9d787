/**
 * The last `size` values in order of size, so that a quantile is one look-up. A value in costs a binary search and a move inside a fixed
 * buffer: exact, and the same however long the series is.
 */
export function createRankedWindow(size: number) {
  const arrived = new Float64Array(size)
  const ranked = new Float64Array(size)
  let count = 0
  let slot = 0

  /** The first place whose value is not below this one. */
  function placeOf(value: number): number {
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (ranked[middle]! < value) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Only what lies between the place that falls free and the place that is taken moves. */
  function replace(gone: number, value: number): void {
    const free = placeOf(gone)
    const place = placeOf(value)
    if (place > free) {
      ranked.copyWithin(free, free + 1, place)
      ranked[place - 1] = value
    } else {
      ranked.copyWithin(place + 1, place, free)
      ranked[place] = value
    }
  }

  return {
    push(value: number): void {
      if (count === size) replace(arrived[slot]!, value)
      else {
        const place = placeOf(value)
        ranked.copyWithin(place + 1, place, count)
        ranked[place] = value
        count++
      }
      arrived[slot] = value
      slot = slot + 1 === size ? 0 : slot + 1
    },
    count: () => count,
    /** The smallest value that is larger than this share of the others; of an empty window 0. */
    quantile: (share: number): number => (count === 0 ? 0 : ranked[Math.min(count - 1, Math.floor(count * share))]!),
  }
}
