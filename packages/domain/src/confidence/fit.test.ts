import { expect, it } from 'vitest'
import { hybridWeights, weightsOf } from '../words/profile.ts'
import { Fit, fitsKnownAt } from './fit.ts'
import { shippedFits } from './shipped.ts'
import { fitWith } from './testing.ts'

const asked = {
  timeframe: 'SWING',
  weights: weightsOf('technical-only'),
  present: ['technical'],
  at: Date.UTC(2024, 0, 1),
} as const

it('gives a fit to calls of its own timeframe, weights and kinds, and to no others', () => {
  const fit = fitWith()
  expect(fitsKnownAt([fit], asked)).toEqual({ fits: [fit], absent: null })
  const others = [
    { ...asked, timeframe: 'SCALP' as const },
    { ...asked, weights: hybridWeights },
    { ...asked, weights: hybridWeights, present: ['technical', 'news'] as const },
    { ...asked, present: [] },
  ]
  for (const other of others) {
    const { fits, absent } = fitsKnownAt([fit], other)
    expect(fits).toEqual([])
    expect(absent).toMatch(/^no frequency is measured yet/)
  }
})

it('knows nothing that closed at or after the instant, and says so', () => {
  const fit = fitWith()
  expect(fitsKnownAt([fit], { ...asked, at: Date.parse(fit.until) })).toEqual({
    fits: [],
    absent: 'what frequency was measured rests on later closes than this instant',
  })
  expect(fitsKnownAt([fit], { ...asked, at: Date.parse(fit.until) + 1 }).fits).toEqual([fit])
})

it('takes the newest that was known of each method, the live one last', () => {
  const old = fitWith({ until: '2022-06-01T00:00:00.000Z' })
  const late = fitWith({ until: '2025-06-01T00:00:00.000Z' })
  const live = fitWith({ method: 'live', until: '2022-09-01T00:00:00.000Z' })
  expect(fitsKnownAt([live, late, old, fitWith()], asked).fits).toEqual([fitWith(), live])
})

it('refuses a document whose parameters are not as many as its inputs', () => {
  expect(Fit.safeParse(fitWith()).success).toBe(true)
  expect(Fit.safeParse(fitWith({ parameters: [0, 0] })).success).toBe(false)
  expect(Fit.safeParse(fitWith({ covariance: [[1]] })).success).toBe(false)
  expect(Fit.safeParse(fitWith({ parameters: [0, Number.NaN, 0] })).success).toBe(false)
})

it('ships fits of candles alone, one a timeframe, each with the skill it was tested at', () => {
  const found = shippedFits.map((fit) => Fit.parse(fit))
  expect(found).toEqual(shippedFits)
  expect(new Set(found.map(({ timeframe }) => timeframe)).size).toBe(found.length)
  expect(found.length).toBeGreaterThan(0)
  for (const { method, kinds, weights, skill, effectiveN, blocks } of found) {
    expect({ method, kinds, weights }).toEqual({
      method: 'backtest',
      kinds: ['technical'],
      weights: weightsOf('technical-only'),
    })
    expect(skill!.ece).toBeLessThanOrEqual(0.03)
    expect(skill!.verdict).not.toBe('')
    expect(effectiveN).toBeGreaterThan(200)
    expect(blocks).toBeGreaterThan(10)
  }
})
