export const clamp = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value

/** Rounded half away from zero to so many decimals; for figures that are shown and sealed, never for prices. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals
  const scaled = Math.abs(value) * scale
  if (!Number.isFinite(scaled) || scaled >= Number.MAX_SAFE_INTEGER) return value
  const rounded = Math.round(scaled) / scale
  return rounded === 0 ? 0 : Math.sign(value) * rounded
}

/** As a sentence tells it: two decimals, of what is smaller than a tenth the first two digits that count; never an exponent. */
export function shownNumber(value: number): string {
  const small = value !== 0 && Math.abs(value) < 0.1
  return value.toFixed(small ? Math.min(20, 1 - Math.floor(Math.log10(Math.abs(value)))) : 2)
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}
