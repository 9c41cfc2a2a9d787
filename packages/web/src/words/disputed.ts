import { toNumber, type Price } from '@pumpiq/domain'

/** Further apart than this, two prices are hardly of the same token. */
const sameWithin = 3

/** Whether a price that was told under a ticker is so far from that of the catalogue that it may be of another token. */
export function isDisputed(told: Price, catalogue: Price | null): boolean {
  if (catalogue === null || toNumber(catalogue) === 0) return false
  const ratio = toNumber(told) / toNumber(catalogue)
  return ratio > sameWithin || ratio < 1 / sameWithin
}
