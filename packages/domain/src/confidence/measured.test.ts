import fc from 'fast-check'
import { expect, it } from 'vitest'
import { facts } from '../decide/testing.ts'
import { measuredConfidence } from './measured.ts'
import { fitWith } from './testing.ts'

const call = { type: 'BUY', score: 0.4, facts: facts(), views: null } as const
const known = (...fits: ReturnType<typeof fitWith>[]) => ({ fits, absent: null })

it('is the level below where nothing was learnt, with an interval around it', () => {
  const found = measuredConfidence(known(fitWith()), call, 0.42)!
  expect(found).toMatchObject({ method: 'backtest', n: 300, below: { method: 'prior', measured: 0.42 } })
  expect(found.measured).toBeCloseTo(0.42, 6)
  expect(found.low).toBeLessThan(0.42 - 0.03)
  expect(found.high).toBeGreaterThan(0.42 + 0.03)
})

it('moves the log odds by the parameters times what the inputs stand off their centres', () => {
  const { measured } = measuredConfidence(known(fitWith({ parameters: [0.2, 0.5, -1] })), call, 0.5)!
  const odds = 0 + 0.2 + 0.5 * (0 + 0.3) - 1 * (0.4 - 0.3)
  expect(measured).toBeCloseTo(1 / (1 + Math.exp(-odds)), 6)
  // A SELL leans as much with a score as far below zero.
  expect(
    measuredConfidence(known(fitWith({ parameters: [0, 0, 2] })), { ...call, type: 'SELL', score: -0.4 }, 0.5),
  ).toEqual(measuredConfidence(known(fitWith({ parameters: [0, 0, 2] })), call, 0.5))
})

it('refuses to go beyond what the fit has seen', () => {
  expect(measuredConfidence(known(fitWith()), { ...call, score: 0.05 }, 0.42)).toBeNull()
  expect(measuredConfidence(known(fitWith()), { ...call, score: 0.9 }, 0.42)).toBeNull()
  expect(measuredConfidence(known(fitWith()), call, 0.05)).toBeNull()
  expect(measuredConfidence(known(), call, 0.42)).toBeNull()
})

const shiftOnly = {
  inputs: [{ id: 'shift' as const, unit: '', centre: 0, low: 1, high: 1 }],
  covariance: [[0.04]],
}

it('a live fit moves what the backtest says where it was made on that, else the prior', () => {
  const backtest = fitWith({ parameters: [0.4, 0, 0] })
  const live = fitWith({ ...shiftOnly, method: 'live', below: 'backtest', parameters: [-0.1], effectiveN: 45 })
  const found = measuredConfidence(known(backtest, live), call, 0.5)!
  expect(found).toMatchObject({ method: 'live', n: 45, below: { method: 'backtest' } })
  expect(found.measured).toBeCloseTo(1 / (1 + Math.exp(-0.3)), 6)
  // Without its level below it cannot be read.
  expect(measuredConfidence(known(live), call, 0.5)).toBeNull()
  const onPrior = fitWith({ ...shiftOnly, method: 'live', below: 'prior', parameters: [-0.1] })
  expect(measuredConfidence(known(onPrior), call, 0.5)!.measured).toBeCloseTo(1 / (1 + Math.exp(0.1)), 6)
})

it('stays a probability inside its own interval', () => {
  const parameter = fc.double({ min: -20, max: 20, noNaN: true })
  fc.assert(
    fc.property(
      fc.tuple(parameter, parameter, parameter),
      fc.double({ min: 0.15, max: 0.7, noNaN: true }),
      fc.double({ min: 0.13, max: 0.7, noNaN: true }),
      (parameters, score, prior) => {
        const found = measuredConfidence(known(fitWith({ parameters })), { ...call, score }, prior)!
        const { low, measured, high } = found
        expect(0 <= low && low <= measured && measured <= high && high <= 1).toBe(true)
      },
    ),
  )
})
