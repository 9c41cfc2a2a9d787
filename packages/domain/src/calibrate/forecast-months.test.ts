import { expect, it } from 'vitest'
import { chance } from '../testing/chance.ts'
import { days } from '../words/time.ts'
import { forecastMonths, knownBefore, monthStart } from './forecast-months.ts'
import { baseRateModel, inputModel, priorModel } from './models.ts'
import { scoresOf } from './scores.ts'
import { allRows, madeTrials } from '../testing/made-trials.ts'
import type { Trials } from './trials.ts'

const horizonMs = days(7)
const models = () => [priorModel, baseRateModel, inputModel('score', '', ['shift', 'below', 'lean'], () => chance(1))]
const forecasts = (trials: Trials, folds = 5) =>
  forecastMonths(trials, { models: models(), horizonMs, folds }).get('score')!

const scored = (trials: Trials, folds = 5) => {
  const forecast = forecasts(trials, folds)
  const rows = allRows(trials).filter((i) => !Number.isNaN(forecast[i]!))
  const of = (column: Float64Array) => Float64Array.from(rows, (i) => column[i]!)
  return scoresOf(
    {
      forecast: of(forecast),
      happened: Uint8Array.from(rows, (i) => trials.hit[i]!),
      at: of(trials.at),
      token: Uint32Array.from(rows, (i) => trials.token[i]!),
      rivals: { prior: of(trials.below) },
    },
    { horizonMs, random: chance(2) },
  )!
}

it('in a world of known probabilities says them: an error under 0.02 of five thousand', () => {
  for (const seed of [11, 12, 13]) {
    const found = scored(
      madeTrials({ seed, n: 7_000, truth: (prior, lean) => 0.4 + 0.4 * prior + 1.5 * (lean - 0.35) }),
    )
    expect(found.n).toBeGreaterThan(5_000)
    expect(found.eceTenths).toBeLessThan(0.02)
    expect(found.murphy.tellsApart).toBe(true)
    expect(found.skillOver['prior']!.low!).toBeGreaterThan(0)
  }
})

it('shows no skill where there is none to find', () => {
  // One seed in twenty may show some by chance.
  const found = [21, 22, 23].map((seed) => scored(madeTrials({ seed, n: 4_000, truth: () => -0.3 }), 1))
  expect(found.filter(({ skill }) => skill.startsWith('no skill')).length).toBeGreaterThanOrEqual(2)
  for (const { eceTenths, murphy } of found) {
    expect(eceTenths).toBeLessThan(0.03)
    expect(murphy.resolutionOverChance).toBeLessThan(0.002)
  }
})

it('learns of nothing that was not over a horizon before the month', () => {
  const trials = madeTrials({ seed: 31, n: 2_600, truth: (prior) => prior })
  const before = forecasts(trials)
  const cut = monthStart(trials.at[2_000]!)
  const isLate = (i: number) => trials.expiresAt[i]! > cut - horizonMs
  const hit = trials.hit.map((one, i) => (isLate(i) ? 1 - one : one))
  const after = forecasts({ ...trials, hit })
  for (let i = 0; i < trials.length && trials.at[i]! < cut + days(28); i++) expect(after[i]).toBe(before[i])
  expect([...after]).not.toEqual([...before])
})

it('forecasts a token by fits that have not seen it', () => {
  const trials = madeTrials({ seed: 41, n: 3_000, truth: (prior) => prior })
  const hit = trials.hit.map((one, i) => (trials.token[i]! % 5 === 2 ? 1 - one : one))
  const [before, after] = [forecasts(trials), forecasts({ ...trials, hit })]
  let moved = 0
  for (let i = 0; i < trials.length; i++) {
    // To the last digits: where the search begins may differ.
    const by = Math.abs(after[i]! - before[i]!)
    if (trials.token[i]! % 5 === 2) expect(by > 1e-9).toBe(false)
    else if (by > 1e-4) moved++
  }
  expect(moved).toBeGreaterThan(1_000)
})

it('waits for the whole window of a call, however early it ended', () => {
  const trials = madeTrials({ seed: 51, n: 400, truth: (prior) => prior })
  const at = trials.at[200]! + days(3)
  for (const i of knownBefore(trials, at)) expect(trials.expiresAt[i]!).toBeLessThanOrEqual(at)
  expect(knownBefore(trials, at).length).toBe(200)
  // A halt outlasts the window: how it ended was not known either.
  const halted = { ...trials, endedAt: trials.endedAt.map((endedAt, i) => (i === 0 ? at + 1 : endedAt)) }
  expect(knownBefore(halted, at).length).toBe(199)
})
