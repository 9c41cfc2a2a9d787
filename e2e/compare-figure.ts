const subscripts = '₀₁₂₃₄₅₆₇₈₉'
const factors: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }

type Shown = {
  readonly value: number
  /** One step of the last digit that is shown. */
  readonly step: number
  readonly isPercent: boolean
}

const oneNumber =
  /(?<sign>[−+-]?)\s?\$?(?<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?<fraction>0[₀-₉]+\d+|\d+))?(?:e[+-]?\d+)?\s?(?<size>[KMBT](?![A-Za-z]))?\s?(?<percent>%?)/gu

/** The one number in a text as pages write it: "−1.08 R", "43.1 %", "1,234.50", "$1.2M", "0.0₈1234"; a sentence why it is none. */
export function readFigure(text: string): Shown | string {
  const found = [...text.matchAll(oneNumber)]
  if (found.length !== 1) return `${found.length} numbers stand in it, and one is wanted`
  const { sign, whole, fraction = '', size, percent } = found[0]!.groups as Record<string, string | undefined>
  if (sign === '-') return 'its minus is a hyphen'
  const digits = fraction.replace(/^0([₀-₉]+)/u, (_, count: string) =>
    '0'.repeat(Number([...count].map((digit) => subscripts.indexOf(digit)).join(''))),
  )
  const factor = factors[size ?? ''] ?? 1
  const value = Number(`${whole!.replaceAll(',', '')}.${digits || '0'}`) * factor
  return { value: sign === '−' ? -value : value, step: factor * 10 ** -digits.length, isPercent: percent === '%' }
}

/**
 * What is wrong with a shown text beside what the API told; null when it is right: the figure, rounded to the decimals that are shown, is what
 * stands there. A share is shown in percent, unless `inPercent` says that it is told in percent. A price, told as a text, may be cut off.
 */
export function faultOf(text: string, told: unknown, { inPercent = false } = {}): string | null {
  const shown = text.replaceAll(/\s+/gu, ' ').trim()
  const beside = `${JSON.stringify(shown)} is shown, and the API told ${JSON.stringify(told)}`
  if (typeof told === 'string' && told.replaceAll(/\s+/gu, ' ').trim() === shown) return null
  const isDecimal = typeof told === 'number' || (typeof told === 'string' && /^-?\d+(?:\.\d+)?$/.test(told))
  if (!isDecimal) return /\d/.test(shown) || typeof told === 'string' ? beside : `${beside}, which is no figure`
  const figure = readFigure(shown)
  if (typeof figure === 'string') return `${beside}; ${figure}`
  const wanted = Number(told) * (figure.isPercent && !inPercent ? 100 : 1)
  // Half a step by rounding; a whole one where a price is cut off. The last bits of doubles are no difference.
  const most = (typeof told === 'string' ? 1 : 0.5) * figure.step + Math.abs(wanted) * 1e-12
  const isNear = Math.abs(wanted - figure.value) <= most
  const isCutUpwards = typeof told === 'string' && Math.abs(figure.value) - Math.abs(wanted) > 0.5 * figure.step
  return isNear && !isCutUpwards ? null : beside
}
