import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poolsTogether, rangePoolFacts, reservePoolFacts } from './evm-pools.ts'

const dollars = { quoteDecimals: 6, quoteUsd: 1 }
const amount = fc.bigInt({ min: 1n, max: 2n ** 112n - 1n })

describe('a pool by reserves', () => {
  it('has the price of its reserves, whichever side the token is', () => {
    const reserves = { reserve0: 2_000_000_000n, reserve1: 10n ** 18n, tokenDecimals: 18, ...dollars }
    expect(reservePoolFacts({ ...reserves, isToken0: false })).toEqual({ priceUsd: 2_000, liquidityUsd: 4_000 })
    const turned = { ...reserves, reserve0: reserves.reserve1, reserve1: reserves.reserve0, isToken0: true }
    expect(reservePoolFacts(turned)).toEqual({ priceUsd: 2_000, liquidityUsd: 4_000 })
  })

  it('that is empty on a side has none', () => {
    const empty = { isToken0: true, tokenDecimals: 18, ...dollars }
    expect(reservePoolFacts({ ...empty, reserve0: 0n, reserve1: 5n })).toBeNull()
    expect(reservePoolFacts({ ...empty, reserve0: 5n, reserve1: 0n })).toBeNull()
  })

  it('loses no digit of 112 bits before the last division', () => {
    fc.assert(
      fc.property(amount, amount, fc.boolean(), (reserve0, reserve1, isToken0) => {
        const facts = reservePoolFacts({ isToken0, reserve0, reserve1, tokenDecimals: 6, ...dollars })!
        const scale = 10n ** 60n
        const [token, quote] = isToken0 ? [reserve0, reserve1] : [reserve1, reserve0]
        const exact = Number((quote * scale) / token) / 1e60
        expect(Math.abs(facts.priceUsd / exact - 1)).toBeLessThan(1e-12)
      }),
    )
  })
})

describe('a pool by ranges', () => {
  const filled = { tokenBalance: 10n ** 18n, quoteBalance: 500_000_000n, tokenDecimals: 18, ...dollars }

  it('has its own price, and is worth what lies in it', () => {
    // 1e-12 raw, 1 dollar: the root is 1e-6.
    const sqrtPriceX96 = 2n ** 96n / 1_000_000n
    const facts = rangePoolFacts({ ...filled, isToken0: true, sqrtPriceX96 })!
    expect(facts.priceUsd).toBeCloseTo(1, 12)
    expect(facts.liquidityUsd).toBeCloseTo(501, 9)
  })

  it('has the same price seen from the other side', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 64n, max: 2n ** 128n }), (root) => {
        const even = { ...filled, tokenDecimals: 6 }
        const one = rangePoolFacts({ ...even, isToken0: true, sqrtPriceX96: root })!
        const other = rangePoolFacts({ ...even, isToken0: false, sqrtPriceX96: root })!
        expect(one.priceUsd * other.priceUsd).toBeCloseTo(1, 12)
      }),
    )
  })

  it('that was never set up, or holds nothing of the other side, has none', () => {
    expect(rangePoolFacts({ ...filled, isToken0: true, sqrtPriceX96: 0n })).toBeNull()
    expect(rangePoolFacts({ ...filled, isToken0: true, sqrtPriceX96: 2n ** 96n, quoteBalance: 0n })).toBeNull()
  })
})

it('pools together have the price of the deepest and the sum of what lies in them', () => {
  const pools = [
    { priceUsd: 2, liquidityUsd: 10 },
    { priceUsd: 3, liquidityUsd: 100 },
  ]
  expect(poolsTogether(pools)).toEqual({ priceUsd: 3, liquidityUsd: 110 })
  expect(poolsTogether([])).toBeNull()
})
