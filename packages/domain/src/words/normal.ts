/**
 * The standard normal distribution function, to about 1e-15 absolute: the power series of erf near 0 (Abramowitz and Stegun 7.1.6) and
 * the continued fraction of erfc beyond (7.1.14, evaluated by Lentz).
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  const z = Math.abs(x) * Math.SQRT1_2
  const tail = z < 2 ? 0.5 * (1 - erfSeries(z)) : 0.5 * erfcFraction(z)
  return x > 0 ? 1 - tail : tail
}

function erfSeries(z: number): number {
  let term = z
  let sum = z
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * z * z) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum
}

function erfcFraction(z: number): number {
  if (z > 27) return 0
  let f = z
  let c = z
  let d = 0
  for (let n = 1; n < 500; n++) {
    const a = n / 2
    d = 1 / (z + a * d)
    c = z + a / c
    const step = c * d
    f *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return Math.exp(-z * z) / (f * Math.sqrt(Math.PI))
}
