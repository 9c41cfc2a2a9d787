import { add, compare, divide, subtract, toNumber, type Price } from '../words/price.ts'
import type { Gap, Quote } from '../words/reading.ts'
import { minutes, toIso } from '../words/time.ts'

export type CheckedPrice = {
  readonly price: { value: Price; source: string; ageMs: number; quotes: Quote[] } | null
  readonly gaps: readonly Gap[]
  /** Why nothing may be decided on it, or null. */
  readonly unable: string | null
}

/** A price older than the technical kind's TTL is not the price. */
const freshMs = minutes(5)

/** Venues may differ by so much: 5 % among the 200 largest tokens, 20 % below. */
const tolerance = (marketCapRank: number | null): number =>
  marketCapRank !== null && marketCapRank <= 200 ? 0.05 : 0.2

/** The median of at least two fresh venues that agree. One venue alone, or a disagreement, stops a call and says who said what. */
export function checkedPrice(quotes: readonly Quote[], token: PricedToken, at: number): CheckedPrice {
  const fresh = quotes.filter((quote) => at - Date.parse(quote.observedAt) <= freshMs)
  const gaps = quotes.filter((quote) => !fresh.includes(quote)).map((quote) => staleGap(quote, at))
  if (fresh.length === 0) return { price: null, gaps, unable: 'no venue gave a fresh price' }
  const sorted = fresh.toSorted((a, b) => compare(a.price as Price, b.price as Price))
  const lowest = sorted[0]!
  const highest = sorted.at(-1)!
  const price = {
    value: median(sorted.map((quote) => quote.price as Price)),
    source: fresh.map((quote) => quote.source).join('+'),
    ageMs: Math.max(0, at - Math.min(...fresh.map((quote) => Date.parse(quote.observedAt)))),
    quotes: [...fresh],
  }
  if (new Set(fresh.map((quote) => quote.source)).size < 2)
    return { price, gaps, unable: `only ${lowest.source} gave a fresh price; two venues are needed` }
  const apart = toNumber(subtract(highest.price as Price, lowest.price as Price)) / toNumber(lowest.price as Price)
  if (apart > tolerance(token.marketCapRank)) {
    const said = sorted.map((quote) => `${quote.source} ${quote.price}`).join(', ')
    return { price, gaps, unable: `prices disagree by ${(apart * 100).toFixed(1)} %: ${said}` }
  }
  if (isAnother(price.value, token.priceUsd)) {
    const told = `${price.value}, where the catalogue has ${token.priceUsd}`
    return { price, gaps, unable: `what the venues trade under this ticker is another token: ${told}` }
  }
  return { price, gaps, unable: null }
}

/** What of a token its price is checked against: how large it is, and what the catalogue, which knows it by identity, last said. */
export type PricedToken = { readonly marketCapRank: number | null; readonly priceUsd: Price | null }

/**
 * Candles come from one venue and bear no name: where their last close, an interval or two old, is this far from what the venues trade at,
 * they are wrong, or another token's, or of a market that is gone; levels made of them would be none. The reason, or null.
 */
export function candlesApart(lastClose: Price, candles: string, value: Price): string | null {
  if (!isAnother(value, lastClose)) return null
  return `the candles of ${candles} end at ${lastClose}, where the venues trade at ${value}`
}

/** The catalogue may be hours old, so only a price beyond this factor shows that a venue's ticker means another token. */
const otherTokenFactor = 2

function isAnother(value: Price, catalogue: Price | null): boolean {
  if (catalogue === null) return false
  const factor = toNumber(value) / toNumber(catalogue)
  return factor > otherTokenFactor || factor < 1 / otherTokenFactor
}

function staleGap({ source, observedAt }: Quote, at: number): Gap {
  return {
    kind: 'technical',
    source,
    reason: `its price is from ${observedAt}, older than five minutes`,
    at: toIso(at),
  }
}

function median(sorted: readonly Price[]): Price {
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle]!
  const low = sorted[middle - 1]!
  const sum = add(low, sorted[middle]!)
  const decimals = Math.max(...[low, sorted[middle]!].map((price) => price.split('.')[1]?.length ?? 0)) + 1
  return divide(sum, '2' as Price, decimals)
}
