/** The highest (or lowest) of the last `period` values and how many bars ago it was; of equals the newest counts. */
export type Extreme = { push(value: number): number; age(): number }

/**
 * A monotonic queue: each value enters and leaves once, so a falling market costs no more than a rising one.
 * While fewer than `period` values came in, the extreme of those.
 */
export function createExtreme(period: number, side: 'highest' | 'lowest'): Extreme {
  const sign = side === 'highest' ? 1 : -1
  const values = new Float64Array(period)
  const arrivals = new Float64Array(period)
  let head = 0
  let size = 0
  let now = -1
  const wrap = (slot: number) => (slot >= period ? slot - period : slot)
  return {
    push(value) {
      const ranked = sign * value
      now++
      if (size > 0 && arrivals[head]! <= now - period) {
        head = wrap(head + 1)
        size--
      }
      while (size > 0 && values[wrap(head + size - 1)]! <= ranked) size--
      const tail = wrap(head + size)
      values[tail] = ranked
      arrivals[tail] = now
      size++
      return sign * values[head]!
    },
    age: () => now - arrivals[head]!,
  }
}
