import { describe, expect, it } from 'vitest'
import { calibrationOf } from './calibration.ts'
import { chance } from '../testing/chance.ts'

/** Uniform forecasts, and outcomes that come with the probability that `truth` makes of the forecast. */
function synthetic(n: number, truth: (p: number) => number, seed = 1) {
  const random = chance(seed)
  const forecast = Float64Array.from({ length: n }, () => random())
  return { forecast, happened: Uint8Array.from(forecast, (p) => (random() < truth(p) ? 1 : 0)), length: n }
}

describe('calibration', () => {
  it('is what a hand counts', () => {
    const found = calibrationOf({ forecast: [0.8, 0.4, 0.1, 1], happened: [1, 0, 0, 1], length: 4 })
    expect(found.brier).toBeCloseTo((0.04 + 0.16 + 0.01 + 0) / 4, 12)
    expect(found.logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6) + Math.log(0.9)) / 4, 12)
    expect(found.bins.map(({ n }) => n)).toEqual([0, 1, 0, 0, 1, 0, 0, 0, 1, 1])
  })

  it('agrees with the closed forms of an honest forecaster on 10,000 outcomes', () => {
    const found = calibrationOf(synthetic(10_000, (p) => p))
    // Uniform p: Brier E[p(1-p)] = 1/6, log loss E[-p ln p - (1-p) ln(1-p)] = 1/2, base rate 1/2, skill 1 - (1/6)/(1/4).
    expect(Math.abs(found.brier! - 1 / 6)).toBeLessThan(0.01)
    expect(Math.abs(found.logLoss! - 1 / 2)).toBeLessThan(0.01)
    expect(Math.abs(found.baseRate! - 1 / 2)).toBeLessThan(0.01)
    expect(Math.abs(found.brierSkill! - 1 / 3)).toBeLessThan(0.01)
    expect(found.ece).toBeLessThan(0.02)
    for (const { meanForecast, low, high } of found.bins) {
      expect(meanForecast!).toBeGreaterThan(low! - 0.02)
      expect(meanForecast!).toBeLessThan(high! + 0.02)
    }
  })

  it('finds by how much a forecaster errs', () => {
    const shifted = calibrationOf(synthetic(10_000, (p) => 0.2 + 0.6 * p, 2))
    // |0.2 - 0.4 p| over uniform p has the mean 0.1; Brier is 1/6 of honest forecasts replaced by E[q(1-q) + (p-q)^2].
    expect(Math.abs(shifted.ece! - 0.1)).toBeLessThan(0.01)
    expect(Math.abs(shifted.brier! - (0.22 + 0.04 / 3))).toBeLessThan(0.01)
    const boastful = calibrationOf(synthetic(10_000, (p) => p ** 2, 3))
    expect(Math.abs(boastful.ece! - 1 / 6)).toBeLessThan(0.01)
    expect(Math.abs(boastful.bins[5]!.observed! - 0.55 ** 2)).toBeLessThan(0.04)
  })

  it('has no skill when it always says the base rate', () => {
    const { happened } = synthetic(10_000, () => 0.3, 4)
    const rate = happened.reduce((sum, y) => sum + y, 0) / 10_000
    const found = calibrationOf({
      forecast: happened.length ? Array.from(happened, () => rate) : [],
      happened,
      length: 10_000,
    })
    expect(found.brierSkill).toBeCloseTo(0, 9)
    expect(found.ece).toBeCloseTo(0, 9)
  })

  it('tells no error under 200 and no rate under 30 independent outcomes', () => {
    const few = synthetic(199, (p) => p)
    expect(calibrationOf(few)).toMatchObject({ ece: null, note: 'too few: 199 independent outcomes, 200 are needed' })
    expect(calibrationOf(few).bins.every(({ observed, low }) => observed === null && low === null)).toBe(true)
    expect(calibrationOf(synthetic(29, (p) => p))).toMatchObject({ baseRate: null, brierSkill: null })
    const many = synthetic(3000, (p) => p)
    expect(calibrationOf(many)).toMatchObject({ note: null })
    expect(calibrationOf({ ...many, effectiveN: 150 })).toMatchObject({ n: 3000, effectiveN: 150, ece: null })
  })

  it('has wider intervals when windows overlap', () => {
    const many = synthetic(3000, (p) => p)
    const [all] = calibrationOf(many).bins
    const [half] = calibrationOf({ ...many, effectiveN: 1000 }).bins
    expect(half!.high! - half!.low!).toBeGreaterThan(all!.high! - all!.low!)
  })

  it('is silent on nothing and refuses what is no probability', () => {
    expect(calibrationOf({ forecast: [], happened: [], length: 0 })).toMatchObject({
      n: 0,
      brier: null,
      logLoss: null,
      ece: null,
    })
    expect(() => calibrationOf({ forecast: [0.5, 1.5], happened: [1, 1], length: 2 })).toThrow(
      'forecast 2 must be a probability from 0 to 1, not 1.5',
    )
    expect(() => calibrationOf({ forecast: [Number.NaN], happened: [1], length: 1 })).toThrow('not NaN')
  })
})
