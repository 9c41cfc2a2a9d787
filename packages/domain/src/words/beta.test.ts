import fc from 'fast-check'
import { expect, it } from 'vitest'
import { betaQuantile } from './beta.ts'

it('agrees with forms that have one', () => {
  for (const p of [0.01, 0.1, 0.5, 0.9, 0.999]) {
    expect(betaQuantile(p, 1, 1)).toBeCloseTo(p, 10)
    expect(betaQuantile(p, 2, 1)).toBeCloseTo(Math.sqrt(p), 10)
    expect(betaQuantile(p, 1, 7)).toBeCloseTo(1 - (1 - p) ** (1 / 7), 10)
  }
})

it('agrees with the integral of the density', () => {
  for (const [a, b] of [
    [10, 10],
    [70, 50],
    [13, 400],
  ] as const) {
    const at = betaQuantile(0.1, a, b)
    const density = (x: number) => x ** (a - 1) * (1 - x) ** (b - 1)
    const sumTo = (end: number) => {
      let sum = 0
      for (let i = 0; i < 100_000; i++) sum += density(((i + 0.5) / 100_000) * end)
      return (sum / 100_000) * end
    }
    expect(sumTo(at) / sumTo(1)).toBeCloseTo(0.1, 6)
  }
})

const whole = fc.integer({ min: 1, max: 2_000 })

it('mirrors, rises with p and falls with b', () => {
  fc.assert(
    fc.property(whole, whole, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (a, b, p) => {
      expect(betaQuantile(p, a, b)).toBeCloseTo(1 - betaQuantile(1 - p, b, a), 9)
      expect(betaQuantile(p, a, b)).toBeLessThanOrEqual(betaQuantile(Math.min(0.9999, p + 0.01), a, b))
      expect(betaQuantile(p, a, b)).toBeGreaterThanOrEqual(betaQuantile(p, a, b + 1))
    }),
    { numRuns: 200 },
  )
})
