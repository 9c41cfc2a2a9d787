import { hours } from '@pumpiq/domain'
import { decimalNumber } from './decimals.ts'
import { everyMs, type Market } from './market.ts'
import type { SimToken } from './universe.ts'

const hourly = everyMs(hours(1))

/** What a token is worth on all venues together, and how it moved: for whoever tells of more than candles. */
export function createSpot(market: Market) {
  const listingOf = (token: SimToken) => market.listing('composite', token)!
  const isTraded = (token: SimToken, at: number) => market.isTrading(listingOf(token), at)

  return {
    isTraded,
    /** Position in the universe: the key of the token's chance. */
    indexOf: (token: SimToken): number => listingOf(token).index,
    /** USD at the instant; null where it is not traded. */
    priceUsd(token: SimToken, at: number): number | null {
      const listing = listingOf(token)
      const last = isTraded(token, at) ? market.last(listing, at) : null
      return last && decimalNumber(last.close, listing.decimals)
    },
    /** What changed hands in the time before the instant, USD. */
    volumeUsd: (token: SimToken, at: number, lengthMs: number): number =>
      isTraded(token, at) ? (market.window(listingOf(token), at, lengthMs)?.quote ?? 0) : 0,
    /** Log return of the whole hours before the instant; 0 where it was not traded then. */
    moved(token: SimToken, at: number, wholeHours: number): number {
      const endAt = hourly.startOf(at)
      const from = endAt - hours(wholeHours)
      if (!isTraded(token, from) || !isTraded(token, at)) return 0
      const asked = { listing: listingOf(token), frame: hourly, now: endAt, limit: 1, fill: 'never' } as const
      const [first] = market.candles({ ...asked, from, to: from })
      const [last] = market.candles({ ...asked, from: endAt - hours(1), to: endAt - hours(1) })
      return first && last ? Math.log(last.close / first.open) : 0
    },
  }
}
