import { expect, it } from 'vitest'
import { chance } from '../testing/chance.ts'
import { days } from '../words/time.ts'
import { weightsOf } from '../words/profile.ts'
import { Fit } from '../confidence/fit.ts'
import { fromLogit, logit } from '../confidence/inputs.ts'
import { inverse, product, solve } from './matrix.ts'
import { makeFit } from './make-fit.ts'
import { inputScales, regress } from './models.ts'
import { allRows, madeTrials } from '../testing/made-trials.ts'

const horizonMs = days(7)
const ids = ['shift', 'below', 'lean'] as const
const fitted = (trials: ReturnType<typeof madeTrials>, seed = 1) =>
  regress({
    trials,
    rows: allRows(trials),
    columns: ids.map((id) => trials.input[id]),
    scales: ids.map((id) => inputScales[id]),
    horizonMs,
    random: chance(seed),
  })

it('finds what moves the odds, and how sure of it is to be', () => {
  const { parameters, covariance, centres } = fitted(
    madeTrials({ seed: 3, n: 20_000, truth: (prior, lean) => 0.2 + 0.7 * prior + 0.6 * lean }),
  )
  // The shift is said at the centres of the others.
  const shift = 0.2 - 0.3 * centres[1]! + 0.6 * centres[2]!
  const found = [shift, -0.3, 0.6].map((truth, k) => Math.abs(parameters[k]! - truth) / Math.sqrt(covariance[k]![k]!))
  for (const error of found) expect(error).toBeLessThan(3.2)
  expect(Math.sqrt(covariance[0]![0]!)).toBeLessThan(0.03)
})

it('stays with the level below where little was seen', () => {
  const { parameters, covariance } = fitted(madeTrials({ seed: 4, n: 60, truth: () => 3 }))
  expect(parameters[0]!).toBeGreaterThan(0)
  expect(parameters[0]!).toBeLessThan(0.5)
  const many = fitted(madeTrials({ seed: 4, n: 6_000, truth: () => 3 }))
  expect(many.parameters[0]!).toBeGreaterThan(1.5)
  expect(covariance[0]![0]!).toBeGreaterThan(many.covariance[0]![0]!)
})

it('is less sure where tokens move together, and its interval holds what is true about nineteen times in twenty', () => {
  const alone = fitted(madeTrials({ seed: 5, n: 4_000, truth: (prior) => prior }))
  const together = fitted(madeTrials({ seed: 5, n: 4_000, truth: (prior) => prior, common: 0.6 }))
  expect(together.designEffect).toBeGreaterThan(1.5 * alone.designEffect)
  let held = 0
  for (let seed = 100; seed < 160; seed++) {
    const { parameters, covariance } = fitted(
      madeTrials({ seed, n: 3_000, truth: (prior) => prior, common: 0.5 }),
      seed,
    )
    if (Math.abs(parameters[0]!) < 1.96 * Math.sqrt(covariance[0]![0]!)) held++
  }
  expect(held).toBeGreaterThanOrEqual(52)
})

it('makes the same document of the same calls and the same chance', () => {
  const trials = madeTrials({ seed: 6, n: 3_000, truth: (prior) => prior })
  const make = () =>
    makeFit(trials, {
      method: 'backtest',
      below: 'prior',
      timeframe: 'SWING',
      weights: weightsOf('technical-only'),
      kinds: ['technical'],
      ids,
      rows: allRows(trials),
      random: chance(1),
      skill: null,
      provenance: { engine: 'test', rows: 3_000, seed: 1, command: 'test' },
    })
  const fit = Fit.parse(make())
  expect(make()).toEqual(fit)
  expect(fit).toMatchObject({ n: 3_000, effectiveN: 3_000, tokens: 20, payoffs: { targetPerReward: 1, stop: -1 } })
  expect(fit.until).toBe(new Date(Math.max(...trials.expiresAt)).toISOString())
})

it('learns how often windows expire, however far off the walk is, and stays with it where that was not kept', () => {
  const random = chance(8)
  const trials = madeTrials({ seed: 8, n: 6_000, truth: (prior) => prior })
  const walkExpiry = trials.walkExpiry.map(() => fromLogit(-14 + 14 * random()))
  const ending = trials.ending.map((code, i) => (random() < fromLogit(-1 + 0.3 * logit(walkExpiry[i]!)) ? 2 : code))
  const made = (one: typeof trials) =>
    makeFit(one, {
      method: 'backtest',
      below: 'prior',
      timeframe: 'SWING',
      weights: weightsOf('technical-only'),
      kinds: ['technical'],
      ids,
      rows: allRows(one),
      random: chance(1),
      skill: null,
      provenance: { engine: 'test', rows: 6_000, seed: 1, command: 'test' },
    }).expiry
  const { shift, slope } = made({ ...trials, walkExpiry, ending })
  expect(Math.abs(shift + 1)).toBeLessThan(0.2)
  expect(Math.abs(slope - 0.3)).toBeLessThan(0.05)
  expect(made({ ...trials, ending, walkExpiry: walkExpiry.map(() => Number.NaN) })).toEqual({ shift: 0, slope: 1 })
})

it('solves what it is given', () => {
  const matrix = [
    [4, 1, 0.5],
    [1, 3, 0.2],
    [0.5, 0.2, 2],
  ].map((row) => Float64Array.from(row))
  const one = product(matrix, inverse(matrix))
  one.forEach((row, i) => row.forEach((value, k) => expect(value).toBeCloseTo(i === k ? 1 : 0, 12)))
  const x = solve(matrix, [1, 2, 3])
  matrix.forEach((row, i) => expect(row.reduce((sum, value, k) => sum + value * x[k]!, 0)).toBeCloseTo(i + 1, 12))
})
