import { quotient } from './exact.ts'
import { isBurnt } from './shares.ts'
import { isOnCurve, keyOf } from './solana-address.ts'

export type Holding = { owner: string; amount: bigint }

/** Whether somebody could sell what lies there: a key can sign for it. Pools, curves and locks belong to programs, off the curve. */
export const isWallet = (owner: string): boolean => !isBurnt(owner) && isOnCurve(keyOf(owner))

/** Holdings of wallets, summed by owner, largest first. */
export function walletsOf(holdings: readonly Holding[]): Holding[] {
  const sums = new Map<string, bigint>()
  for (const { owner, amount } of holdings) sums.set(owner, (sums.get(owner) ?? 0n) + amount)
  return [...sums]
    .map(([owner, amount]) => ({ owner, amount }))
    .filter(({ owner, amount }) => amount > 0n && isWallet(owner))
    .toSorted((a, b) => (a.amount > b.amount ? -1 : a.amount < b.amount ? 1 : 0))
}

/**
 * The share of the supply that the ten largest wallets hold; null without a supply. Of a list that is cut off, a wallet that is missing
 * among the ten counts as much as the smallest account in the list: no account of it holds more, and a danger is not told too small.
 */
export function topTenRatio(holdings: readonly Holding[], supply: bigint, isAll: boolean): number | null {
  if (supply === 0n) return null
  const ten = walletsOf(holdings).slice(0, 10)
  const held = ten.reduce((sum, { amount }) => sum + amount, 0n)
  const least = holdings.reduce((low, { amount }) => (amount < low ? amount : low), supply)
  const missing = isAll ? 0n : BigInt(10 - ten.length)
  return quotient(held + missing * least, supply)
}
