import { expect, it } from 'vitest'
import { price, showPrice, toNumber } from '@pumpiq/domain'
import { grouped, lifted, placeOf, scaleOf, shownOnScale } from './scale.ts'

it.each([
  '91234.5',
  '26071.5',
  '1.2563',
  '0.89727',
  '0.019051',
  '0.00031',
  '0.000012345',
  '0.000000001234',
  '0.000000000001',
])('a price of %s is told from one a thousandth above it, and shown as it is', (text) => {
  const value = toNumber(price(text))
  const scale = scaleOf(value)
  const step = 10 ** -scale.decimals
  expect(Math.abs(lifted(value * 1.001, scale) - lifted(value, scale))).toBeGreaterThan(step)
  expect(shownOnScale(lifted(value, scale), scale)).not.toBe(shownOnScale(lifted(value * 1.001, scale), scale))
  expect(Number(step.toFixed(12))).toBeGreaterThan(0)
})

it('a tiny price has its zeros counted at the scale as everywhere', () => {
  const scale = scaleOf(1.234e-12)
  expect(shownOnScale(lifted(1.234e-12, scale), scale)).toBe(showPrice(price('0.000000000001234')))
  expect(shownOnScale(0, scaleOf(0))).toBe('0.00')
  expect(shownOnScale(-1.5, scaleOf(2))).toBe('−1.5000')
})

it('an instant lies between its candles in proportion, across a hole too, and past the ends at the pace of the interval', () => {
  const bars = [{ at: 1_000 }, { at: 2_000 }, { at: 6_000 }]
  expect([500, 1_000, 1_500, 4_000, 6_000, 8_000].map((at) => placeOf(at, bars, 1_000))).toEqual([
    -0.5, 0, 0.5, 1.5, 2, 4,
  ])
  expect(placeOf(5, [], 1_000)).toBe(0)
})

it('what lies too close shares a place, from the left', () => {
  const groups = grouped(
    [
      { x: 100, item: 'c' },
      { x: 0, item: 'a' },
      { x: 20, item: 'b' },
      { x: 127, item: 'd' },
      { x: 129, item: 'e' },
    ],
    28,
  )
  expect(groups).toEqual([
    { x: 0, items: ['a', 'b'] },
    { x: 100, items: ['c', 'd'] },
    { x: 129, items: ['e'] },
  ])
})
