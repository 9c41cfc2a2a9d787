import { price } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalNumber, decimalText, paddedText, shortText } from './decimals.ts'

describe('amounts as whole units', () => {
  it.each([
    [1234, 12, '0.000000001234'],
    [5, -3, '5000'],
    [0, 8, '0.00000000'],
    [0, -3, '0'],
    [7_543_210, 2, '75432.10'],
    [42, 0, '42'],
  ])('writes %i units of 10^-%i as %s', (units, decimals, text) => {
    expect(decimalText(units, decimals)).toBe(text)
  })

  it('pads and shortens without changing the value', () => {
    expect(paddedText(7_543_210, 2, 8)).toBe('75432.10000000')
    expect(paddedText(42, 0, 8)).toBe('42.00000000')
    expect(paddedText(5, -3, 2)).toBe('5000.00')
    expect(shortText(7_543_210, 2)).toBe('75432.1')
    expect(shortText(7_500_000, 2)).toBe('75000')
    expect(shortText(5, -3)).toBe('5000')
  })

  it('never shows an exponent and always means the same number', () => {
    const units = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
    fc.assert(
      fc.property(units, fc.integer({ min: -3, max: 18 }), (n, decimals) => {
        const text = decimalText(n, decimals)
        expect(text).toMatch(/^\d+(\.\d+)?$/)
        expect(price(text)).toBe(price(`${n}e${-decimals}`))
        expect(price(shortText(n, decimals))).toBe(price(paddedText(n, decimals, 8)))
        expect(decimalNumber(n, decimals)).toBe(Number(`${n}e${-decimals}`))
      }),
    )
  })
})
