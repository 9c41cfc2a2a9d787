/**
 * Amounts are whole numbers of the smallest unit, 10^-decimals; their text is made from the digits and never rounded.
 * 1234 at 12 decimals is "0.000000001234", 5 at -3 is "5000".
 */
export function decimalText(units: number, decimals: number): string {
  const digits = BigInt(units).toString()
  if (decimals <= 0) return digits === '0' ? '0' : digits + '0'.repeat(-decimals)
  const padded = digits.padStart(decimals + 1, '0')
  return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`
}

/** With at least so many decimals. */
export function paddedText(units: number, decimals: number, atLeast: number): string {
  const text = decimalText(units, decimals)
  if (decimals >= atLeast) return text
  return decimals > 0 ? text + '0'.repeat(atLeast - decimals) : `${text}.${'0'.repeat(atLeast)}`
}

/** Without needless zeros. */
export function shortText(units: number, decimals: number): string {
  const text = decimalText(units, decimals)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** The double that the decimal text reads as. */
export const decimalNumber = (units: number, decimals: number): number => Number(decimalText(units, decimals))
