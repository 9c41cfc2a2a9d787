import { Failure } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curveBytes } from '../testing/curve-bytes.ts'
import { curveFacts, decodeCurve } from './pumpfun-curve.ts'

const u64 = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n })
const thrown = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (reason) {
    return reason
  }
}
const fresh = {
  virtualTokens: 1_073_000_000_000_000n,
  virtualQuote: 30_000_000_000n,
  realTokens: 793_100_000_000_000n,
  realQuote: 0n,
  supply: 1_000_000_000_000_000n,
}

describe('a curve', () => {
  it('of a coin just made is worth 27.958993 SOL, nothing sold', () => {
    const facts = curveFacts(decodeCurve(curveBytes(fresh)))
    expect(facts.marketCap).toBeCloseTo(27.958993476234856, 12)
    expect(facts.price).toBeCloseTo(2.7958993476234856e-8, 20)
    expect([facts.progressRatio, facts.raised, facts.isGraduated]).toEqual([0, 0, false])
  })

  it('that is all but sold out is worth 410.88 SOL and has raised 85.005359057', () => {
    const last = {
      ...fresh,
      virtualTokens: 279_900_000_000_000n,
      virtualQuote: 115_005_359_057n,
      realTokens: 0n,
      realQuote: 85_005_359_057n,
    }
    const facts = curveFacts(decodeCurve(curveBytes(last)))
    expect(facts.marketCap).toBeCloseTo(410.880167, 5)
    expect([facts.progressRatio, facts.raised, facts.isGraduated]).toEqual([1, 85.005359057, false])
  })

  it('that is complete has no price, and has graduated only when its reserves are gone', () => {
    const complete = { ...fresh, realTokens: 0n, virtualTokens: 279_900_000_000_000n, complete: true }
    const waiting = curveFacts(decodeCurve(curveBytes({ ...complete, realQuote: 85_000_000_000n })))
    expect([waiting.price, waiting.marketCap, waiting.progressRatio, waiting.isGraduated]).toEqual([
      null,
      null,
      1,
      false,
    ])
    expect(curveFacts(decodeCurve(curveBytes(complete))).isGraduated).toBe(true)
  })

  it('paid in USDC has its price in dollars', () => {
    const bytes = curveBytes({ ...fresh, virtualQuote: 4_292_000_000n, quote: 'usdc' }, 150)
    const curve = decodeCurve(bytes)
    expect([curve.quote, curveFacts(curve).marketCap]).toEqual(['usdc', 4292 / 1.073])
  })

  it('paid in another coin has no price that could be told', () => {
    const curve = decodeCurve(curveBytes({ ...fresh, quote: 'other' }, 150))
    expect([curve.quote, curveFacts(curve).price, curveFacts(curve).progressRatio]).toEqual(['other', null, 0])
  })

  it('gone below its beginning by mayhem has a progress below 0, and other parameters have none', () => {
    const below = { ...fresh, virtualTokens: 1_083_000_000_000_000n, realTokens: 803_100_000_000_000n, isMayhem: true }
    expect(curveFacts(decodeCurve(curveBytes(below, 124))).progressRatio).toBeLessThan(0)
    const other = { ...fresh, virtualTokens: 1_043_000_000_000_000n }
    expect(curveFacts(decodeCurve(curveBytes(other))).progressRatio).toBeNull()
  })

  it('keeps every u64 exactly, in every length that was seen', () => {
    fc.assert(
      fc.property(
        u64,
        u64,
        u64,
        u64,
        fc.boolean(),
        fc.constantFrom(49, 81, 82, 83, 115, 124, 150, 151),
        (a, b, c, d, complete, length) => {
          const realTokens = c < d ? c : d
          const told = { virtualTokens: a, virtualQuote: b, realTokens, realQuote: a, supply: d, complete }
          expect(decodeCurve(curveBytes(told, length))).toMatchObject(told)
        },
      ),
    )
  })

  it('has a creator, mayhem, cashback and quote only where the account is long enough', () => {
    const told = { ...fresh, isMayhem: true, isCashback: true, quote: 'usdc' } as const
    const of = (length: number) => {
      const { creator, isMayhem, isCashback, quote } = decodeCurve(curveBytes(told, length))
      return [creator !== null, isMayhem, isCashback, quote]
    }
    expect([49, 81, 82, 83, 115].map(of)).toEqual([
      [false, false, false, 'sol'],
      [true, false, false, 'sol'],
      [true, true, false, 'sol'],
      [true, true, true, 'sol'],
      [true, true, true, 'usdc'],
    ])
  })
})

describe('bytes that are no curve are refused with what is wrong:', () => {
  const said = (bytes: Uint8Array) => {
    const reason = thrown(() => decodeCurve(bytes))
    return reason instanceof Failure ? [reason.code, reason.message] : reason
  }

  it('none, and too few', () => {
    for (const length of [0, 8, 48]) {
      expect(said(curveBytes(fresh).subarray(0, length))).toEqual([
        'invalid',
        `the bytes are no bonding curve of Pump.fun: ${length} bytes, at least 49 expected`,
      ])
    }
  })

  it('another discriminator', () => {
    const bytes = curveBytes(fresh)
    bytes[0] = 0x18
    expect(said(bytes)).toEqual([
      'invalid',
      'the bytes are no bonding curve of Pump.fun: they begin with 18b7f83760d8ac60, not 17b7f83760d8ac60',
    ])
  })

  it('every length that cuts a field in two, or is longer than any', () => {
    const known = new Set([49, 81, 82, 83])
    for (let length = 49; length <= 400; length++) {
      const isKnown = known.has(length) || (length >= 115 && length <= 256)
      expect(thrown(() => decodeCurve(curveBytes(fresh, length))) instanceof Failure, `${length}`).toBe(!isKnown)
    }
  })

  it('a flag that is neither 0 nor 1', () => {
    const bytes = curveBytes(fresh)
    bytes[48] = 2
    expect(said(bytes)).toEqual(['invalid', 'the bytes are no bonding curve of Pump.fun: the flag at 48 is 2'])
  })

  it('no supply, no reserves to trade with, more tokens than there are', () => {
    for (const wrong of [{ supply: 0n }, { virtualTokens: 0n }, { virtualQuote: 0n }, { realTokens: 2n ** 63n }])
      expect(thrown(() => decodeCurve(curveBytes({ ...fresh, ...wrong })))).toBeInstanceOf(Failure)
  })
})
