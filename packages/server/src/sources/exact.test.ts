import fc from 'fast-check'
import { expect, it } from 'vitest'
import { quotient } from './exact.ts'

it('divides whole numbers of any length to the last bits of a double', () => {
  expect(quotient(1n, 3n)).toBe(1 / 3)
  expect(quotient(2n ** 255n, 10n ** 18n, 0)).toBe(5.78960446186581e58)
  expect(quotient(1n, 10n ** 60n, 0)).toBe(1e-60)
  expect(quotient(0n, 7n)).toBe(0)
  expect(quotient(123_456_789_012_345_678n, 1n, -18)).toBe(0.12345678901234568)
})

it('is what doubles say where doubles can', () => {
  const whole = fc.integer({ min: 1, max: 2 ** 31 })
  fc.assert(
    fc.property(whole, whole, (n, d) => {
      expect(Math.abs(quotient(BigInt(n), BigInt(d)) / (n / d) - 1)).toBeLessThan(3e-16)
      expect(quotient(BigInt(-n), BigInt(d))).toBeCloseTo(-n / d, 12)
    }),
  )
})
