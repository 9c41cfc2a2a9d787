import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../testing/chance.ts'
import { bootstrapMeans } from './bootstrap-means.ts'
import { bootstrapMean } from './statistics.ts'

const rows = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 400 }), value: fc.double({ min: -5, max: 5, noNaN: true }) }),
  {
    minLength: 1,
    maxLength: 80,
  },
)

describe('intervals of several columns from the same draws', () => {
  it('are those of each column drawn alone', () =>
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 1e6 }), (given, seed) => {
        const at = given.map((row) => row.at)
        const values = given.map(({ value }) => value)
        const about = { at, length: given.length }
        const drawn = { blockMs: 20, rounds: 50 }
        const alone = bootstrapMean(values, about, { ...drawn, random: chance(seed) })
        const both = bootstrapMeans([values, values.map((value) => value * 2)], about, {
          ...drawn,
          random: chance(seed),
        })
        expect(both[0]).toEqual(alone)
        if (alone) {
          expect(both[1]!.low).toBeCloseTo(alone.low * 2, 9)
          expect(both[1]!.high).toBeCloseTo(alone.high * 2, 9)
        } else expect(both[1]).toBeNull()
      }),
    ))

  it('leave out what has no value, and tell none of values in fewer than ten blocks', () => {
    const at = Array.from({ length: 40 }, (_, i) => i * 10)
    const about = { at, length: 40 }
    const some = at.map((_, i) => (i % 2 === 0 ? 3 : Number.NaN))
    const few = at.map((_, i) => (i < 9 ? 3 : Number.NaN))
    const [whole, thin] = bootstrapMeans([some, few], about, { blockMs: 20, random: chance(7) })
    expect(whole).toEqual({ low: 3, high: 3 })
    expect(thin).toBeNull()
  })
})
