import type { Token } from '@pumpiq/domain'
import { isNative } from './watch.ts'

/** Venues know tickers, and a contract's ticker is what its maker chose: it means the contract only where a catalogue says so. */
export const isListable = (token: Token): boolean => isNative(token) || token.catalogueId !== null

/** A price further than this factor from the catalogue's, which may be hours old, is another token's of the same ticker. */
const samePrice = 2

/** Whether a venue's price may be the token's, as far as the catalogue knows it. */
export function isPriceOf({ priceUsd }: Token, venueUsd: number): boolean {
  if (priceUsd === null) return true
  const apart = venueUsd / Number(priceUsd)
  return apart >= 1 / samePrice && apart <= samePrice
}
