/**
 * n / d x 10^exponent as the nearest double, more or less its last bit. Amounts of chains have up to 78 digits: they stay whole numbers up
 * to this one division.
 */
export function quotient(n: bigint, d: bigint, exponent = 0): number {
  const lift = Math.max(0, 20 + String(d).length - String(n).length)
  return Number(`${(n * 10n ** BigInt(lift)) / d}e${exponent - lift}`)
}
