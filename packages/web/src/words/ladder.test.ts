import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Price } from '@pumpiq/domain'
import { apart, levelsOf, marksOf, scaleOf, spread } from './ladder.ts'

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

it('an event stands in the horizon where it happened, the bar of the issue not before it', () => {
  const call = { issuedAt: '2026-01-05T09:03:00.000Z', expiresAt: '2026-01-12T09:03:00.000Z' }
  const marks = marksOf(call, [
    { at: '2026-01-05T09:00:00.000Z', event: 'FILLED', price: price('100') },
    { at: '2026-01-08T21:03:00.000Z', event: 'TARGET_1', price: price('110') },
    { at: '2026-01-12T09:03:00.000Z', event: 'EXPIRY', price: price('108') },
  ])
  expect(marks.map(({ number, event, at }) => [number, event, at])).toEqual([
    [1, 'FILLED', 0],
    [2, 'TARGET_1', 0.5],
    [3, 'EXPIRY', 1],
  ])
})

it('no mark hides another, and one that hides none stays where it is', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ x: fc.double({ min: 0, max: 300, noNaN: true }), y: fc.double({ min: 0, max: 320, noNaN: true }) }),
        {
          minLength: 1,
          maxLength: 6,
        },
      ),
      (wanted) => {
        const placed = apart(wanted, 17, 300)
        expect(placed[0]).toEqual(wanted[0])
        for (const [i, a] of placed.entries()) {
          expect(a.x).toBeLessThanOrEqual(300)
          for (const b of placed.slice(0, i))
            expect(Math.abs(a.x - b.x) >= 17 - 1e-9 || Math.abs(a.y - b.y) >= 17 - 1e-9).toBe(true)
        }
      },
    ),
  )
})
