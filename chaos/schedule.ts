import { hours } from '@pumpiq/domain'
import { draft, priceAt } from './calls.ts'
import { oneOf } from './seeded.ts'
import type { Listing } from './venue.ts'

/** The market that is told step by step, and by when the last call has ended. */
export const spanMs = hours(33)

/** Calls whose horizon ends within the span, in the order of their issue: most in the first two thirds of it. */
export function drafts(listings: readonly Listing[], count: number, from: number, random: () => number) {
  const instants = Array.from({ length: count }, () => from + hours(1) + Math.floor(random() * (spanMs * 0.7)))
  return instants
    .toSorted((a, b) => a - b)
    .map((issuedAt) => {
      const listing = oneOf(random, listings)
      const most = from + spanMs - hours(1.5) - issuedAt
      const horizonMs = Math.min(most, Math.round(hours(1) + random() * hours(24)))
      return {
        listing,
        issuedAt,
        unsealed: () => draft({ listing, issuedAt, horizonMs, price: priceAt(listing, issuedAt), random }),
      }
    })
}
