import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Price } from '@pumpiq/domain'
import { levelsOf, scaleOf, spread } from './ladder.ts'

const price = (text: string) => text as Price

it('stands the levels of a BUY from the highest price down', () => {
  const levels = levelsOf({
    type: 'BUY',
    targets: ['110', '120', '130'].map((at, i) => ({ price: price(at), share: [0.5, 0.3, 0.2][i]! })),
    stopLoss: price('90'),
    entry: { low: price('98'), high: price('101') },
    band: null,
    price: { value: price('100'), source: 'binance', ageMs: 0, quotes: [] },
  })
  expect(levels.map(({ id }) => id)).toEqual([
    'target-3',
    'target-2',
    'target-1',
    'entry-high',
    'price',
    'entry-low',
    'stop',
  ])
})

it('gives an AVOID without a price no level at all', () => {
  expect(levelsOf({ type: 'AVOID', targets: [], stopLoss: null, entry: null, band: null, price: null })).toEqual([])
})

it('keeps labels in order, apart and inside, whatever is wanted', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -50, max: 370, noNaN: true }), { minLength: 1, maxLength: 9 }), (wanted) => {
      const sorted = wanted.toSorted((a, b) => a - b)
      const placed = spread(sorted, 17, 312)
      placed.forEach((at, i) => {
        expect(at).toBeGreaterThanOrEqual(-1e-9)
        expect(at).toBeLessThanOrEqual(312)
        if (i > 0) expect(at - placed[i - 1]!).toBeGreaterThanOrEqual(17 - 1e-9)
      })
    }),
  )
})

it('leaves labels where they are wanted when they do not meet', () => {
  expect(spread([10, 60, 200], 17, 312)).toEqual([10, 60, 200])
})

it('puts a higher price higher, and all of them inside, from 1e-12 to 1e6', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 20 }),
      (values) => {
        const y = scaleOf(values, 320)
        for (const [i, value] of values.entries()) {
          expect(y(value)).toBeGreaterThanOrEqual(0)
          expect(y(value)).toBeLessThanOrEqual(320)
          if (value > values[0]! && i > 0) expect(y(value)).toBeLessThanOrEqual(y(values[0]!) + 1e-9)
        }
      },
    ),
  )
})
