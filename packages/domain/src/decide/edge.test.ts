import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { fitWith } from '../confidence/testing.ts'
import { actionable, breakEven, expectedR, fairPayoffs } from './edge.ts'
import { firstPassage } from './first-passage.ts'
import type { Confidence } from './recommendation.ts'

const confidence = (over: Partial<Confidence> = {}): Confidence => ({
  value: 0.6,
  low: 0.56,
  high: 0.64,
  n: 400,
  method: 'backtest',
  measured: 0.6,
  ...over,
})

describe('the edge', () => {
  it('of a walk without drift is minus the costs, and break-even lies as far above its chance as the costs ask', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.1, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        fc.double({ min: 0.004, max: 0.02, noNaN: true }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        (risk, reward, sigma, cost) => {
          const endings = firstPassage({
            side: 'up',
            toTarget: Math.log(1 + risk * reward),
            toStop: -Math.log(1 - risk),
            sigma,
            bars: 168,
          })
          const payoffs = fairPayoffs(endings, reward, cost)
          if (payoffs.expiry === -1 || payoffs.expiry === reward) return
          expect(expectedR(endings.target, endings, payoffs)).toBeCloseTo(-cost, 6)
          const even = breakEven(endings, payoffs)
          if (even < 1) expect(even - endings.target).toBeCloseTo(cost / (reward + 1), 6)
          if (even < 1 - endings.expiry) expect(expectedR(even, endings, payoffs)).toBeCloseTo(0, 6)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('is never there for a prior', () => {
    expect(
      actionable(confidence({ method: 'prior', value: 0.99, measured: 0.99, low: 0.98 }), 0.1, 'aggressive'),
    ).toMatchObject({ yes: false })
  })

  it('is never there for a fit that was not shown to be better than the prior, nor barred by one that was', () => {
    const tested = (low: number | null) => {
      const skillOverBelow = { value: 0.01, low, high: 0.02 }
      const none = { value: 0, low: null, high: null }
      const skill = {
        verdict: '',
        n: 1,
        effectiveN: 1,
        ece: 0,
        brier: 0,
        skillOverBelow,
        skillOverBaseRate: none,
        resolution: 0,
      }
      return [fitWith({ skill })]
    }
    const sure = confidence({ value: 0.9, measured: 0.9, low: 0.85 })
    expect(actionable(sure, 0.4, 'aggressive', tested(-0.001)).yes).toBe(false)
    expect(actionable(sure, 0.4, 'aggressive', tested(null)).yes).toBe(false)
    expect(actionable(sure, 0.4, 'aggressive', tested(0.001)).yes).toBe(true)
    expect(actionable({ ...sure, method: 'live' }, 0.4, 'aggressive', tested(-0.001)).yes).toBe(true)
  })

  it.each([
    ['conservative', 0.57, false],
    ['conservative', 0.55, true],
    ['moderate', 0.58, false],
    ['moderate', 0.56, true],
    ['aggressive', 0.59, true],
    ['aggressive', 0.6, false],
  ] as const)('a %s profile against a break-even of %d: %s', (tolerance, even, yes) => {
    expect(actionable(confidence(), even, tolerance).yes).toBe(yes)
  })
})
