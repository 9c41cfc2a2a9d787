import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candleShapes, sampleCandles } from '../testing/sample-candles.ts'
import type { Candles } from '../words/candles.ts'
import { zones } from './zones.ts'

/** Quiet bars at 100 with highs and lows pulled out to given prices. */
function pegs(highs: Record<number, number>, lows: Record<number, number>, length = 120): Candles {
  const candles = sampleCandles(1, length, 'flat')
  candles.volume.fill(10)
  for (const [bar, price] of Object.entries(highs)) candles.high[Number(bar)] = price
  for (const [bar, price] of Object.entries(lows)) candles.low[Number(bar)] = price
  return candles
}

describe('zones', () => {
  it('gather the turning points that lie within the width, lowest first', () => {
    const found = zones(pegs({ 20: 110, 40: 110.4, 60: 130 }, { 30: 90 }), 119, 0.5)
    expect(found.map(({ low, high, touches }) => [low, high, touches])).toEqual([
      [90, 90, 1],
      [110, 110.4, 2],
      [130, 130, 1],
    ])
    expect(found.map(({ lastTouch }) => lastTouch)).toEqual([30, 40, 60])
  })

  it('are stronger the more often, the later and the more heavily they were touched', () => {
    const strengthOf = (candles: Candles) => zones(candles, 119, 0.5).find(({ low }) => low === 110)!.strength
    const once = strengthOf(pegs({ 20: 110 }, {}))
    const heavy = pegs({ 20: 110, 90: 140 }, {})
    heavy.volume[20] = 40
    expect(once).toBeGreaterThan(0)
    expect(strengthOf(pegs({ 20: 110, 40: 110 }, {}))).toBeGreaterThan(once)
    expect(strengthOf(pegs({ 100: 110 }, {}))).toBeGreaterThan(once)
    expect(strengthOf(heavy)).toBeGreaterThan(strengthOf(pegs({ 20: 110, 90: 140 }, {})))
    expect(
      strengthOf(pegs(Object.fromEntries(Array.from({ length: 9 }, (_, k) => [8 + 12 * k, 110])), {})),
    ).toBeLessThan(1)
  })

  it('know a swing only when the bars after it have closed', () => {
    const candles = pegs({ 20: 110 }, {})
    expect(zones(candles, 24, 0.5)).toEqual([])
    expect(zones(candles, 25, 0.5)).toHaveLength(1)
  })

  it('do not depend on what follows, whatever it is', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 599 }), fc.constantFrom(...candleShapes), (seed, at, shape) => {
        const candles = sampleCandles(seed, 600, shape)
        const later = sampleCandles(seed, 600, shape)
        for (const column of [later.open, later.high, later.low, later.close, later.volume]) {
          for (let i = at + 1; i < 600; i++) column[i]! *= 10
        }
        const wanted = zones(candles, at, candles.close[at]! * 0.01)
        expect(zones(later, at, candles.close[at]! * 0.01)).toEqual(wanted)
        expect(zones({ ...candles, length: at + 1 }, at, candles.close[at]! * 0.01)).toEqual(wanted)
      }),
      { numRuns: 60 },
    )
  })

  it('are ordered, apart, no wider than asked and between 0 and 1 in strength', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...candleShapes), (seed, shape) => {
        const candles = sampleCandles(seed, 500, shape)
        const width = candles.close[499]! * 0.01
        const found = zones(candles, 499, width)
        found.forEach(({ low, high, strength, touches }, k) => {
          expect(high - low).toBeLessThanOrEqual(width)
          expect(strength > 0 && strength < 1).toBe(true)
          expect(touches).toBeGreaterThan(0)
          if (k > 0) expect(low).toBeGreaterThan(found[k - 1]!.high)
        })
        expect(found.reduce((sum, { touches }) => sum + touches, 0)).toBeLessThanOrEqual(64)
      }),
      { numRuns: 60 },
    )
  })

  it('refuse a bar that is not there and a width that is none', () => {
    const candles = pegs({}, {})
    expect(() => zones(candles, 120, 1)).toThrow('zones: bar must be from 0 to 119, not 120')
    expect(() => zones(candles, 10, Number.NaN)).toThrow('zones: width must be a price distance of 0 or more, not NaN')
  })
})
