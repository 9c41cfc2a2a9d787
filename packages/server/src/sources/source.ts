import { Failure, type Candles, type Interval, type Quote, type Token } from '@pumpiq/domain'
import type { Asked, Get } from '../network/asked.ts'
import { mishapFailure } from '../network/mishap.ts'

/**
 * `symbol` is the plain ticker (BTC); the connector knows its venue's form. `limit` is the most candles wanted, 1 to 5,000; `now` the
 * instant (epoch ms) the caller stands at: nothing that closed later comes out.
 */
export type CandlesAsk = {
  symbol: string
  interval: Interval
  limit: number
  now: number
  get: Get
  abort?: AbortSignal | undefined
}
export type PriceAsk = { symbol: string; now: number; get: Get; abort?: AbortSignal | undefined }

/** `pages` of 250 coins by market cap. `omit` is told of each coin that is left out, by the catalogue's id, and why. */
export type CatalogueAsk = {
  pages: number
  get: Get
  abort?: AbortSignal | undefined
  omit?: (catalogueId: string, why: string) => void
}

/**
 * One vendor. A feed answers empty only when the vendor says that there is none, and throws when it could not ask: notFound when the venue
 * does not list the symbol, tooMany and unavailable as `Get` says.
 */
export type Source = Asked & {
  /** The vendor's manual. */
  docs: string
  feeds: {
    /** Closed candles only, oldest first, the newest `limit` of them at most; `id` is `source:PAIR:interval`. */
    candles?(ask: CandlesAsk): Promise<Candles>
    /** The last price. `pair` is in the venue's form, `price` its decimal text in our one form. */
    price?(ask: PriceAsk): Promise<Quote>
    catalogue?(ask: CatalogueAsk): Promise<Token[]>
  }
}

const longestLimit = 5_000

export function checkLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= longestLimit) return
  throw new Failure('invalid', `limit must be a whole number from 1 to ${longestLimit}, not ${limit}`)
}

/** The ticker in capitals; what no venue could list is not asked for. */
export function tickerOf(source: string, symbol: string): string {
  const ticker = symbol.toUpperCase()
  if (/^[\p{L}\p{N}]{1,20}$/u.test(ticker)) return ticker
  throw mishapFailure({ source, mishap: 'absent' }, `lists no symbol ${JSON.stringify(symbol.slice(0, 32))}`)
}
