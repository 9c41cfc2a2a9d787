/** Vendors round shares up: 1.00000000000002 of the supply is all of it. What lies further out is left as it is, to be refused. */
export const shareOf = (value: number | null | undefined): number | null =>
  value == null ? null : value > 1 && value < 1.001 ? 1 : value

/** A share that is told in percent. */
export const percentOf = (value: number | null | undefined): number | null =>
  value == null ? null : shareOf(value / 100)

/** The sum of shares, of which there cannot be more than all. */
export const sumOfShares = (shares: readonly number[]): number =>
  Math.min(
    1,
    shares.reduce((sum, share) => sum + share, 0),
  )

/** Where tokens go that nobody shall have any more. */
const burnt = new Set([
  '0x0000000000000000000000000000000000000000',
  '0x000000000000000000000000000000000000dead',
  '1nc1nerator11111111111111111111111111111111',
  '11111111111111111111111111111111',
])

export const isBurnt = (address: string): boolean =>
  burnt.has(address.startsWith('0x') ? address.toLowerCase() : address)
