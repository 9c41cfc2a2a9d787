import { tokenId, type Token } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poolFigures, sameAddress, type Pool } from './pools.ts'

const now = Date.UTC(2026, 2, 1)
const id = tokenId('ethereum:0xabcdef0123456789abcdef0123456789abcdef01')
const token: Token = {
  id,
  chain: 'ethereum',
  address: id.slice('ethereum:'.length),
  symbol: 'SMPL',
  name: 'Sample',
  catalogueId: null,
  marketCapRank: null,
  marketCapUsd: null,
  priceUsd: null,
}
const other = '0x1111111111111111111111111111111111111111'

const amount = fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }))
const count = fc.option(fc.nat(100_000))
const pool: fc.Arbitrary<Pool> = fc.record({
  id: fc.integer({ min: 1, max: 30 }).map((n) => `0x${n.toString(16).padStart(40, 'a')}`),
  base: fc.constantFrom(token.address, token.address.toUpperCase().replace('0X', '0x'), other),
  quote: fc.constantFrom(token.address, other, '0x2222222222222222222222222222222222222222'),
  priceUsd: fc.option(fc.double({ min: 0.5, max: 5, noNaN: true })),
  quotePriceUsd: fc.option(fc.double({ min: 0.5, max: 5, noNaN: true })),
  marketCapUsd: amount,
  liquidityUsd: amount,
  createdAt: fc.option(fc.integer({ min: now - 1e10, max: now + 1e9 })),
  volume24hUsd: amount,
  volume1hUsd: amount,
  buys24h: count,
  sells24h: count,
  buys1h: count,
  sells1h: count,
  buyers24h: count,
  sellers24h: count,
})
const byId = (pools: readonly Pool[]): Pool[] => [...new Map(pools.map((one) => [one.id, one])).values()]
const pools = fc.array(pool, { maxLength: 12 }).map(byId)

/** Sums of the same numbers in another order differ by roundings. */
function expectAlike(one: ReturnType<typeof poolFigures>, two: ReturnType<typeof poolFigures>): void {
  expect(Object.keys(one).toSorted()).toEqual(Object.keys(two).toSorted())
  for (const [name, value] of Object.entries(one)) {
    const same = two[name as keyof typeof two]
    if (value == null || same == null) expect(value ?? null).toBe(same ?? null)
    else expect(Math.abs(value - same)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)))
  }
}

describe('the pools of a token', () => {
  it('come to the same told twice and in any spelling of their addresses', () => {
    fc.assert(
      fc.property(pools, (known) => {
        const again = known.map((one) => ({ ...one, id: one.id.toUpperCase().replace('0X', '0x') }))
        expect(poolFigures([...known, ...again], token, now)).toEqual(poolFigures(known, token, now))
      }),
    )
  })

  it('come to the same with any pools of other tokens among them, whatever their tickers', () => {
    fc.assert(
      fc.property(pools, pools, (known, more) => {
        const foreign = more.map((one) => ({ ...one, id: `${one.id}x`, base: other, quote: `${other}2` }))
        expect(poolFigures([...foreign, ...known], token, now)).toEqual(poolFigures(known, token, now))
      }),
    )
  })

  it('come to the same from either side', () => {
    fc.assert(
      fc.property(pools, (known) => {
        const turned = known
          .filter(({ base, quote }) => !(sameAddress(base, token.address) && sameAddress(quote, token.address)))
          .map((one) => ({ ...one, marketCapUsd: null }))
        const around = turned.map((one) => ({
          ...one,
          base: one.quote,
          quote: one.base,
          priceUsd: one.quotePriceUsd,
          quotePriceUsd: one.priceUsd,
          buys24h: one.sells24h,
          sells24h: one.buys24h,
          buys1h: one.sells1h,
          sells1h: one.buys1h,
          buyers24h: one.sellers24h,
          sellers24h: one.buyers24h,
        }))
        expectAlike(poolFigures(around, token, now), poolFigures(turned, token, now))
      }),
    )
  })

  it('have no price outside those of the pools that count, no pool from the future, and no figure that nobody tells', () => {
    fc.assert(
      fc.property(pools, (known) => {
        const { priceUsd, poolAgeMs, pools: found, liquidityUsd } = poolFigures(known, token, now)
        const prices = known.flatMap((one) => [one.priceUsd, one.quotePriceUsd]).filter((price) => price !== null)
        if (priceUsd != null) {
          expect(priceUsd).toBeGreaterThanOrEqual(Math.min(...prices) * (1 - 1e-12))
          expect(priceUsd).toBeLessThanOrEqual(Math.max(...prices) * (1 + 1e-12))
        }
        if (poolAgeMs != null) expect(poolAgeMs).toBeGreaterThanOrEqual(0)
        expect(found ?? 0).toBeLessThanOrEqual(known.length)
        if (known.every((one) => one.liquidityUsd === null)) expect(liquidityUsd ?? null).toBeNull()
      }),
    )
  })

  it('of a made-up depth are not counted', () => {
    const real: Pool = {
      ...fc.sample(pool, { seed: 1, numRuns: 1 })[0]!,
      base: token.address,
      quote: other,
      priceUsd: 2,
      liquidityUsd: 1_000,
      createdAt: now - 1,
    }
    const fake = { ...real, id: '0xfa', liquidityUsd: 1e12 }
    const empty = { ...real, id: '0xe0', liquidityUsd: 0 }
    expect(poolFigures([fake, real, empty], token, now)).toMatchObject({ pools: 1, liquidityUsd: 1_000, priceUsd: 2 })
  })
})
