import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, isOnCurve } from './solana-address.ts'
import { topTenRatio, walletsOf, type Holding } from './solana-holders.ts'

/** Addresses that can sign, and such that cannot, in a fixed order. */
const keys = Array.from({ length: 120 }, (_, i) =>
  Uint8Array.from({ length: 32 }, (__, j) => (i * 37 + j * j * 11) % 253),
)
const wallets = keys.filter(isOnCurve).map(addressOf)
const programs = keys.filter((key) => !isOnCurve(key)).map(addressOf)

const holding = (owner: string, amount: number): Holding => ({ owner, amount: BigInt(amount) })
const amounts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 })

describe('the ten largest wallets', () => {
  it('are summed by owner, without programs and what is burnt', () => {
    const burnt = '1nc1nerator11111111111111111111111111111111'
    const rows = [
      holding(programs[0]!, 500),
      holding(burnt, 100),
      holding(wallets[0]!, 30),
      holding(wallets[1]!, 40),
      holding(wallets[0]!, 20),
      holding(wallets[2]!, 0),
    ]
    expect(walletsOf(rows)).toEqual([holding(wallets[0]!, 50), holding(wallets[1]!, 40)])
    expect(topTenRatio(rows, 1_000n, true)).toBe(0.09)
  })

  it('have no share of nothing', () => {
    expect(topTenRatio([], 0n, true)).toBeNull()
    expect(topTenRatio([], 10n, true)).toBe(0)
  })

  it('of a list that is cut off never have less than of the whole list', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        fc.integer({ min: 10, max: 20 }),
        (all, isPool, cut) => {
          const rows = all
            .toSorted((a, b) => b - a)
            .map((amount, i) => holding((isPool[i] ? programs : wallets)[i]!, amount))
          const supply = rows.reduce((sum, { amount }) => sum + amount, 0n)
          const whole = topTenRatio(rows, supply, true)!
          const seen = topTenRatio(rows.slice(0, cut), supply, rows.length <= cut)!
          expect(seen).toBeGreaterThanOrEqual(whole - 1e-12)
          expect(whole).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
})
