import { quotient } from './exact.ts'

/** A pool of a token against something whose worth in dollars is known. Raw units; `token0` is the lower of the two addresses. */
type Side = { isToken0: boolean; tokenDecimals: number; quoteDecimals: number; quoteUsd: number }
/** Uniswap v2: the price is how the reserves stand. */
export type ReservePool = Side & { reserve0: bigint; reserve1: bigint }
/** Uniswap v3: the price is its own; its balances say what lies there, not at which price. */
export type RangePool = Side & { sqrtPriceX96: bigint; tokenBalance: bigint; quoteBalance: bigint }

export type PoolFacts = { priceUsd: number; liquidityUsd: number }

/** Null for a pool that nobody filled. */
export function reservePoolFacts(pool: ReservePool): PoolFacts | null {
  const { isToken0, reserve0, reserve1, tokenDecimals, quoteDecimals, quoteUsd } = pool
  const [token, quote] = isToken0 ? [reserve0, reserve1] : [reserve1, reserve0]
  if (token === 0n || quote === 0n) return null
  return {
    priceUsd: quotient(quote, token, tokenDecimals - quoteDecimals) * quoteUsd,
    liquidityUsd: 2 * quotient(quote, 1n, -quoteDecimals) * quoteUsd,
  }
}

/** (sqrtPriceX96 / 2^96)^2 is token1 for one token0, in raw units. */
export function rangePoolFacts(pool: RangePool): PoolFacts | null {
  const { isToken0, sqrtPriceX96, tokenBalance, quoteBalance, tokenDecimals, quoteDecimals, quoteUsd } = pool
  if (sqrtPriceX96 === 0n || quoteBalance === 0n) return null
  const square = sqrtPriceX96 ** 2n
  const one = 2n ** 192n
  const price = isToken0
    ? quotient(square, one, tokenDecimals - quoteDecimals)
    : quotient(one, square, tokenDecimals - quoteDecimals)
  const priceUsd = price * quoteUsd
  const quoteSideUsd = quotient(quoteBalance, 1n, -quoteDecimals) * quoteUsd
  return { priceUsd, liquidityUsd: quoteSideUsd + quotient(tokenBalance, 1n, -tokenDecimals) * priceUsd }
}

/** The price of the deepest pool, and what lies in all of them. */
export function poolsTogether(pools: readonly PoolFacts[]): PoolFacts | null {
  const [deepest] = pools.toSorted((a, b) => b.liquidityUsd - a.liquidityUsd)
  if (!deepest) return null
  return { priceUsd: deepest.priceUsd, liquidityUsd: pools.reduce((sum, { liquidityUsd }) => sum + liquidityUsd, 0) }
}
