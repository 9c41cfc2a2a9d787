import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chance } from '../testing/chance.ts'
import { calibrationOf } from './calibration.ts'
import { murphyOf } from './murphy.ts'

it('takes the Brier score of binned forecasts apart to the last digit', () => {
  const bin = fc
    .record({
      n: fc.integer({ min: 1, max: 500 }),
      said: fc.double({ min: 0, max: 1, noNaN: true }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ n, said, share }) => ({ n, p: said, came: Math.floor(share * n) }))
  fc.assert(
    fc.property(fc.array(bin, { minLength: 1, maxLength: 10 }), (bins) => {
      const found = murphyOf(
        bins.map(({ n, p, came }) => ({ n, said: p * n, came })),
        1,
      )!
      const n = bins.reduce((sum, one) => sum + one.n, 0)
      const brier = bins.reduce((sum, { n: own, p, came }) => sum + came * (1 - p) ** 2 + (own - came) * p ** 2, 0) / n
      expect(found.reliability - found.resolution + found.uncertainty).toBeCloseTo(brier, 9)
    }),
  )
})

it('an engine that always says BUY, whatever it claims to be sure of, shows no skill', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const random = chance(seed)
    const n = 5_000
    const forecast = Float64Array.from({ length: n }, () => 0.3 + 0.4 * random())
    const happened = Uint8Array.from({ length: n }, () => (random() < 0.42 ? 1 : 0))
    const { skill, murphy } = calibrationOf({ forecast, happened, length: n })
    expect(skill).toMatch(/^no skill/)
    expect(murphy!.resolutionOverChance).toBeLessThan(0.002)
  }
  const constant = calibrationOf({
    forecast: Array.from({ length: 1_000 }, () => 0.42),
    happened: Array.from({ length: 1_000 }, (_, i) => (i % 100 < 42 ? 1 : 0)),
    length: 1_000,
  })
  expect(constant).toMatchObject({ skill: expect.stringMatching(/^no skill/), ece: expect.closeTo(0, 9) })
  expect(constant.murphy).toMatchObject({ resolution: 0, tellsApart: false })
})

it('a forecaster who knows is told apart, and the chance of few outcomes is taken off', () => {
  const random = chance(7)
  const forecast = Float64Array.from({ length: 5_000 }, () => random())
  const happened = Uint8Array.from(forecast, (p) => (random() < p ? 1 : 0))
  const all = calibrationOf({ forecast, happened, length: 5_000 })
  expect(all.murphy!.tellsApart).toBe(true)
  expect(Math.abs(all.murphy!.resolutionOverChance - 1 / 12)).toBeLessThan(0.01)
  const few = calibrationOf({ forecast, happened, length: 5_000, effectiveN: 250 })
  expect(few.murphy!.resolutionOverChance).toBeLessThan(all.murphy!.resolutionOverChance)
})

it('says nothing of fewer than two hundred independent outcomes', () => {
  const few = calibrationOf({ forecast: [0.5, 0.5], happened: [1, 0], length: 2 })
  expect(few).toMatchObject({ murphy: null, skill: 'too few: 2 independent outcomes, 200 are needed' })
})
