/**
 * The last `period` values, oldest first and contiguous: `values[from]` to `values[from + period - 1]`. Each value is written twice,
 * one period apart, so that no reader has to wrap around.
 */
export type Window = { readonly values: Float64Array; from: number; count: number; push(value: number): void }

export function createWindow(period: number): Window {
  const values = new Float64Array(2 * period)
  let slot = 0
  const window: Window = {
    values,
    from: 0,
    count: 0,
    push(value) {
      values[slot] = value
      values[slot + period] = value
      slot = slot + 1 === period ? 0 : slot + 1
      window.from = slot
      if (window.count < period) window.count++
    },
  }
  return window
}

/** The mean of a full window, summed anew from the oldest on: no running error, and never outside the values' own range by drift. */
export function meanOf({ values, from }: Window, period: number): number {
  let sum = values[from]!
  for (let j = from + 1; j < from + period; j++) sum += values[j]!
  return sum / period
}

/** A simple average of the last `period` values, one in at a time, each summed anew; NaN while one of them is missing or NaN. */
export function createMean(period: number): { push(value: number): number } {
  const values = new Float64Array(2 * period).fill(Number.NaN)
  let slot = 0
  return {
    push(value) {
      values[slot] = value
      values[slot + period] = value
      slot = slot + 1 === period ? 0 : slot + 1
      if (period === 3) return (values[slot]! + values[slot + 1]! + values[slot + 2]!) / 3
      let sum = values[slot]!
      for (let j = slot + 1; j < slot + period; j++) sum += values[j]!
      return sum / period
    },
  }
}
