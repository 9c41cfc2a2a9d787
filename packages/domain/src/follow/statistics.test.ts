import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hours } from '../words/time.ts'
import {
  bootstrapMean,
  effectiveN,
  equityCurve,
  maxDrawdown,
  median,
  profitFactor,
  quantile,
  wilson,
} from './statistics.ts'
import { chance } from '../testing/chance.ts'

describe('Wilson interval', () => {
  it('is the published one', () => {
    // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    const published = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const
    for (const [hits, n, low, high] of published) {
      const interval = wilson(hits / n, n)
      expect(interval.low).toBeCloseTo(low, 4)
      expect(interval.high).toBeCloseTo(high, 4)
    }
  })

  it('holds the rate, stays in [0, 1] and is wider with less', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 10_000 }), (rate, n) => {
        const { low, high } = wilson(rate, n)
        const more = wilson(rate, n * 4)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(rate + 1e-12)
        expect(high).toBeGreaterThanOrEqual(rate - 1e-12)
        expect(high - low).toBeGreaterThan(more.high - more.low)
      }),
    )
  })

  it('refuses a rate above 1 and no trials by name', () => {
    expect(() => wilson(1.2, 10)).toThrow('rate must be from 0 to 1, not 1.2')
    expect(() => wilson(0.5, 0)).toThrow('n must be above 0, not 0')
  })
})

describe('effective n', () => {
  it('counts overlapping windows of one token once and tokens apart', () => {
    const at = [0, 4, 8, 24, 28, 0, 47, 48].map(hours)
    const token = [1, 1, 1, 1, 1, 2, 1, 1]
    expect(effectiveN({ token, at, length: 8 }, hours(24))).toBe(4)
  })

  it('does not depend on the order of the rows', () => {
    const row = fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 500 }))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const count = (list: typeof rows) =>
          effectiveN({ token: list.map(([t]) => t), at: list.map(([, a]) => a), length: list.length }, 50)
        expect(count(rows.toReversed())).toBe(count(rows))
      }),
    )
  })
})

describe('block bootstrap of a mean', () => {
  const rows = 20_000
  const at = Float64Array.from({ length: rows }, (_, i) => i)

  it('is as wide as the normal interval when rows are independent', () => {
    const random = chance(1)
    const values = Float64Array.from({ length: rows }, () => random() - 0.5)
    const { low, high } = bootstrapMean(values, { at, length: rows }, { blockMs: 10, random: chance(2), rounds: 4000 })!
    const half = (1.96 * Math.sqrt(1 / 12)) / Math.sqrt(rows)
    expect((high - low) / 2).toBeCloseTo(half, 3)
    expect(low).toBeLessThan(high)
  })

  it('is as wide as blocks allow when rows of a block are copies of each other', () => {
    const random = chance(3)
    const each = Float64Array.from({ length: rows / 100 }, () => random() - 0.5)
    const values = Float64Array.from({ length: rows }, (_, i) => each[Math.floor(i / 100)]!)
    const { low, high } = bootstrapMean(
      values,
      { at, length: rows },
      { blockMs: 100, random: chance(4), rounds: 4000 },
    )!
    const half = (1.96 * Math.sqrt(1 / 12)) / Math.sqrt(rows / 100)
    expect((high - low) / 2 / half).toBeCloseTo(1, 1)
  })

  it('repeats itself with the same chance and has no interval under ten blocks', () => {
    const values = at.map((i) => i % 7)
    const draw = () => bootstrapMean(values, { at, length: rows }, { blockMs: 100, random: chance(5) })
    expect(draw()).toEqual(draw())
    expect(bootstrapMean(values, { at, length: rows }, { blockMs: rows / 9, random: chance(5) })).toBeNull()
  })
})

describe('figures of a series of R', () => {
  it('are what a hand counts', () => {
    const r = [1, -1, -1, 2, -0.5]
    expect([...equityCurve(r, [5, 1, 2, 3, 4], 5)]).toEqual([-1, -2, 0, -0.5, 0.5])
    expect(maxDrawdown(equityCurve(r, [1, 2, 3, 4, 5], 5))).toBe(2)
    expect(maxDrawdown([1, 2, 3])).toBe(0)
    expect(profitFactor(r)).toBeCloseTo(3 / 2.5, 12)
    expect(profitFactor([1, 2])).toBeNull()
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([])).toBeNaN()
    expect(quantile([0, 10], 0.25)).toBe(2.5)
  })
})
