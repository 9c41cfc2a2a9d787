import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { barFault, candlesOf, firstAtOrAfter, knownAt, slice } from './candles.ts'

const bar = (openAt: number, over: object = {}) => ({
  openAt,
  open: 2,
  high: 3,
  low: 1,
  close: 2.5,
  volume: 10,
  ...over,
})
const hour = 3_600_000

describe('candles', () => {
  it.each([
    ['NaN', { close: Number.NaN }, /close NaN/],
    ['zero', { low: 0 }, /low 0 is not a price/],
    ['a negative price', { open: -1 }, /open -1/],
    ['infinity', { high: Number.POSITIVE_INFINITY }, /high Infinity/],
    ['a price that is too big', { high: 1e15 }, /below 1e15/],
    ['a negative volume', { volume: -1 }, /volume -1/],
    ['a high below the close', { high: 2.4 }, /high 2.4 is below/],
    ['a low above the open', { low: 2.2 }, /low 2.2 is above/],
    ['a fractional instant', { openAt: 0.5 }, /ts 0.5/],
  ])('refuse %s by name', (_, over, message) => expect(barFault(bar(hour, over))).toMatch(message))

  it('refuse bars out of order or twice, by number', () => {
    expect(() => candlesOf('x', hour, [bar(hour), bar(hour)])).toThrow(/x, bar 2: ts 3600000 does not come after/)
    expect(() => candlesOf('x', hour, [bar(2 * hour), bar(hour)])).toThrow(/bar 2/)
  })

  it('a bar is known from its close on, plus the lag of its arrival', () => {
    const candles = candlesOf('x', hour, [bar(0), bar(hour), bar(2 * hour)])
    expect(knownAt(candles, hour - 1)).toBe(0)
    expect(knownAt(candles, hour)).toBe(1)
    expect(knownAt(candles, 2 * hour)).toBe(2)
    expect(knownAt(candles, 2 * hour, 1)).toBe(1)
    expect(knownAt(candles, 2 * hour + 1, 1)).toBe(2)
    expect(knownAt(candles, 99 * hour)).toBe(3)
  })

  it('the search finds the first bar at or after any instant', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 60 }), fc.nat(600), (hoursOpen, at) => {
        const candles = candlesOf(
          'x',
          hour,
          hoursOpen.toSorted((a, b) => a - b).map((h) => bar(h * hour)),
        )
        expect(firstAtOrAfter(candles, at * hour)).toBe(hoursOpen.filter((h) => h < at).length)
      }),
    )
  })

  it('a slice shares the columns and ends where the whole ends', () => {
    const candles = candlesOf('x', hour, [bar(0), bar(hour), bar(2 * hour)])
    const part = slice(candles, 1, 99)
    expect(part.length).toBe(2)
    expect(part.close.buffer).toBe(candles.close.buffer)
  })
})
