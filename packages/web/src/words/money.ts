import { compare, showPrice, toNumber, zero, type Price } from '@pumpiq/domain'
import { localeShown, localPreferences } from '../platform/preferences.ts'
import { figure } from './show.ts'

const formats = new Map<string, Intl.NumberFormat>()

function moneyOf(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    numberingSystem: 'latn',
  })
  formats.set(key, made)
  return made
}

const cent = '0.01' as Price

const unsigned = (value: Price): Price => (value.startsWith('-') ? (value.slice(1) as Price) : value)

/** Dollars for people: cents, and below a cent as many digits as say something. "−$2,567.25", "$0.0₅1234". */
export function usd(value: Price): string {
  const size = unsigned(value)
  // A text is formatted exactly; a double would round large sums.
  const text =
    compare(size, zero) > 0 && compare(size, cent) < 0
      ? `$${showPrice(size)}`
      : moneyOf(localeShown(), 'USD').format(size as `${number}`)
  return value.startsWith('-') ? `−${text}` : text
}

/** What one of something costs: as many digits as say something, "$0.0217". */
export const usdEach = (value: Price): string => `$${showPrice(value)}`

/** With its sign: "+$1,887.55". */
export const signedUsd = (value: Price): string => (compare(value, zero) > 0 ? `+${usd(value)}` : usd(value))

/** Percent as the API tells it: 6.1659 -> "+6.17 %". */
export function signedPct(pct: number): string {
  const text = figure(Math.abs(pct), 2)
  return `${/[1-9]/.test(text) ? (pct < 0 ? '−' : '+') : ''}${text} %`
}

/** The colour of a gain or a loss; the sign says it too. */
export const gainClass = (value: Price): string =>
  value.startsWith('-') ? 'text-sell' : compare(value, zero) === 0 ? 'text-ink' : 'text-buy'

/** The same in the reader's own currency at his own rate; null where he has chosen none. */
export function inOwnCurrency(value: Price): string | null {
  const { currency } = localPreferences()
  return currency && `≈ ${moneyOf(localeShown(), currency.code).format(toNumber(value) * currency.perUsd)}`
}
