import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  add,
  compare,
  divide,
  multiply,
  Price,
  price,
  priceOf,
  showPrice,
  subtract,
  toNumber,
  toTick,
  zero,
} from './price.ts'

/** Decimal texts between 1e-18 and 1e9 with up to 15 significant digits, what a double can carry. */
const decimalText = fc
  .tuple(
    fc.integer({ min: -18, max: 8 }),
    fc.integer({ min: 1, max: 15 }),
    fc.bigInt({ min: 1n, max: 999_999_999_999_999n }),
  )
  .map(([magnitude, digits, raw]) => {
    const significant = String(raw).slice(0, digits)
    const point = magnitude + 1
    if (point >= significant.length) return significant.padEnd(point, '0')
    return point > 0
      ? `${significant.slice(0, point)}.${significant.slice(point)}`
      : `0.${'0'.repeat(-point)}${significant}`
  })

describe('a price', () => {
  it('comes back as it went in, through a double, without an exponent', () => {
    const lap = (text: string) => {
      const once = price(text)
      const back = priceOf(toNumber(once))
      if (back !== once || back.includes('e') || showPrice(back).includes('e'))
        throw new Error(`${text} -> ${once} -> ${back}`)
    }
    fc.assert(fc.property(decimalText, lap), { numRuns: 100_000 })
    expect(priceOf(1e-18)).toBe('0.000000000000000001')
    expect(priceOf(1e9)).toBe('1000000000')
    expect(priceOf(0.000000001234)).toBe('0.000000001234')
  })

  it.each([
    ['1.50', '1.5'],
    ['007', '7'],
    ['.5', '0.5'],
    ['1e-7', '0.0000001'],
    ['1.234E-9', '0.000000001234'],
    ['12e3', '12000'],
    ['-0.000', '0'],
    ['+3.10', '3.1'],
  ])('%s is written %s', (text, form) => expect(price(text)).toBe(form))

  it.each(['', '.', 'abc', '1,5', '0x10', 'NaN', 'Infinity', '1e', '--1', '1.2.3'])('%j is refused by name', (text) =>
    expect(() => price(text)).toThrow(/not a decimal number/),
  )

  it('passes its schema only in its one form', () => {
    expect(Price.safeParse('1.5').success).toBe(true)
    for (const wrong of ['1.50', '01', '1e5', '', '-0', '1.', Number.NaN, 1.5])
      expect(Price.safeParse(wrong).success).toBe(false)
  })

  it('computes exactly: sums, differences and products agree with whole numbers', () => {
    const whole = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: 0, max: 18 }), (a, b, scale) => {
        const at = (units: bigint) => price(`${units}e-${scale}`)
        expect(add(at(a), at(b))).toBe(at(a + b))
        expect(subtract(at(a), at(b))).toBe(at(a - b))
        expect(multiply(at(a), at(b))).toBe(price(`${a * b}e-${2 * scale}`))
        expect(compare(at(a), at(b))).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
      { numRuns: 20_000 },
    )
  })

  it('divides to so many decimals in the direction that is asked', () => {
    expect(divide(price('1'), price('3'), 4, 'down')).toBe('0.3333')
    expect(divide(price('1'), price('3'), 4, 'up')).toBe('0.3334')
    expect(divide(price('-1'), price('8'), 2)).toBe('-0.13')
    expect(() => divide(price('1'), zero, 2)).toThrow('division by a price of 0')
  })

  it('lands on the tick, on the side that is asked', () => {
    expect(toTick(price('26071.537'), price('0.01'), 'down')).toBe('26071.53')
    expect(toTick(price('0.0000000012349'), price('0.000000000001'), 'up')).toBe('0.000000001235')
    expect(() => toTick(price('1'), zero, 'up')).toThrow(/tick size/)
  })

  it.each([
    ['0.000000001234', '0.0₈1234'],
    ['0.00000000000000000123456789', '0.0₁₇123456'],
    ['0.0123456', '0.0123456'],
    ['1.5', '1.5'],
    ['26071.5312', '26,071.53'],
    ['1234567', '1,234,567'],
    ['0', '0'],
    ['-0.00001234', '-0.0₄1234'],
  ])('%s is shown as %s', (value, shown) => expect(showPrice(value as Price)).toBe(shown))
})
