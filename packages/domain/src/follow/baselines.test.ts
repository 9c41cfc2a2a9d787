import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultCosts } from '../words/profile.ts'
import { createBaselineTally } from './baseline-tally.ts'
import {
  alwaysBuy,
  baselines,
  buyAndHold,
  coinFlip,
  halfInCash,
  macdCross,
  randomDirection,
  smaCross,
  turned,
  type CallWindow,
} from './baselines.ts'
import { judge } from './judge.ts'
import type { Directional } from './position.ts'
import { chance } from '../testing/chance.ts'
import { at, buy, free, mirrorPlan, series, type Ohlcv } from './testing.ts'

const heads = () => 0.2
const tails = () => 0.8
const fell: Ohlcv[] = [
  [100, 101, 99, 100],
  [100, 102, 99, 101],
  [101, 101, 98, 98],
  [98, 99, 94, 96],
  [96, 97, 84, 85],
]
const cost = 0.0015

/** Columns that are above their slow ones where the bar is listed. */
function windowOf(rows: Ohlcv[], { long = [] as number[], plan = buy, costs = free } = {}): CallWindow {
  const before: Ohlcv = [100, 100, 100, 100]
  const candles = series([before, ...rows], { from: at(-1) })
  const flat = new Float64Array(candles.length)
  const raised = Float64Array.from(flat, (_, i) => (long.includes(i - 1) ? 1 : -1))
  return {
    plan,
    ending: judge(plan, candles, { costs }),
    candles,
    costs,
    trend: { smaFast: raised, smaSlow: flat, macd: raised, macdSignal: flat },
  }
}

describe('baselines on the window of a call', () => {
  it('buy and hold runs from the fill to the close of the deciding bar, costs on both sides', () => {
    expect(buyAndHold.play(windowOf(fell), heads)).toEqual({ returnNetRatio: -0.04, rMultiple: null })
    const { returnNetRatio } = buyAndHold.play(windowOf(fell, { costs: defaultCosts }), heads)!
    expect(returnNetRatio).toBeCloseTo(-0.04 - cost * 1.96, 12)
  })

  it('50 / 50 is half of it', () => {
    expect(halfInCash.play(windowOf(fell), heads)!.returnNetRatio).toBeCloseTo(-0.02, 12)
  })

  it('a coin flip is long or short over the same bars', () => {
    expect(coinFlip.play(windowOf(fell), heads)!.returnNetRatio).toBeCloseTo(-0.04, 12)
    expect(coinFlip.play(windowOf(fell), tails)!.returnNetRatio).toBeCloseTo(0.04, 12)
    expect(coinFlip.play(windowOf(fell, { costs: defaultCosts }), tails)!.returnNetRatio).toBeCloseTo(
      0.04 - cost * 1.96,
      12,
    )
  })

  it('a cross is long in the bars behind a close with the fast line above, each stretch with its costs', () => {
    for (const rule of [smaCross, macdCross]) {
      expect(rule.play(windowOf(fell, { long: [] }), heads)!.returnNetRatio).toBe(0)
      expect(rule.play(windowOf(fell, { long: [-1] }), heads)!.returnNetRatio).toBeCloseTo(0, 12)
      expect(rule.play(windowOf(fell, { long: [0] }), heads)!.returnNetRatio).toBeCloseTo(0.01, 12)
      expect(rule.play(windowOf(fell, { long: [-1, 0, 1, 2] }), heads)!.returnNetRatio).toBeCloseTo(-0.04, 12)
      const twice = rule.play(windowOf(fell, { long: [0, 2], costs: defaultCosts }), heads)!.returnNetRatio
      const first = 0.01 - cost * 2.01
      const second = 96 / 98 - 1 - cost * (1 + 96 / 98)
      expect(twice).toBeCloseTo((1 + first) * (1 + second) - 1, 12)
    }
  })

  it('a cross is in cash while its columns warm up', () => {
    const window = windowOf(fell)
    const nothing = new Float64Array(window.candles.length).fill(Number.NaN)
    const trend = { smaFast: nothing, smaSlow: nothing, macd: nothing, macdSignal: nothing }
    expect(smaCross.play({ ...window, trend }, heads)!.returnNetRatio).toBe(0)
  })

  it('always BUY is the call for a BUY and the turned plan for a SELL, judged alike', () => {
    const bought = windowOf(fell)
    expect(alwaysBuy.play(bought, tails)).toEqual({
      returnNetRatio: bought.ending.returnNetRatio,
      rMultiple: bought.ending.rMultiple,
    })
    const sold = windowOf(fell, { plan: mirrorPlan(buy) })
    expect(sold.ending.rMultiple).toBeCloseTo(1.7, 12)
    expect(alwaysBuy.play(sold, heads)).toEqual({ returnNetRatio: bought.ending.returnNetRatio, rMultiple: -1 })
  })

  it('random direction keeps or turns the plan', () => {
    const window = windowOf(fell)
    expect(randomDirection.play(window, heads)!.rMultiple).toBe(-1)
    expect(randomDirection.play(window, tails)!.rMultiple).toBe(
      windowOf(fell, { plan: mirrorPlan(buy) }).ending.rMultiple,
    )
  })

  it('a baseline that was not decided has no result', () => {
    const window = windowOf(fell)
    const later = { ...window.plan, issuedAt: at(50), validUntil: at(52), expiresAt: at(58) }
    expect(alwaysBuy.play({ ...window, plan: later }, heads)).toBeNull()
  })

  it('a plan turned twice is itself, with the same zone and distances', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (stop, target) => {
        const plan: Directional = {
          ...buy,
          stop: 99 - stop,
          targets: [1, 2, 3].map((k) => ({ price: 101 + k * target, share: 1 / 3 })),
          invalidation: [{ when: 'close_below', price: 97 }],
        }
        const other = turned(plan)
        expect(turned(other)).toEqual(plan)
        expect(other).toMatchObject({
          type: 'SELL',
          entryLow: 99,
          entryHigh: 101,
          stop: 101 + stop,
          invalidation: [{ when: 'close_above', price: 103 }],
        })
        expect(other.targets[0]!.price).toBe(99 - target)
      }),
    )
  })
})

describe('the table of baselines', () => {
  const horizonMs = at(8) - at(0)
  function played(count: number) {
    const tally = createBaselineTally({ horizonMs, random: chance(3) })
    for (let k = 0; k < count; k++) {
      const window = windowOf(fell, { costs: defaultCosts })
      tally.add(0, { ...window, plan: { ...window.plan, issuedAt: at(0) + k * horizonMs }, ending: window.ending })
    }
    return tally
  }

  it('has our calls first, then every baseline, with the lead of our calls over each', () => {
    const rows = played(40).rows()
    expect(rows.map(({ id }) => id)).toEqual(['calls', ...baselines.map(({ id }) => id)])
    const [calls, hold] = rows
    expect(calls).toMatchObject({ n: 40, effectiveN: 40, winRate: 0, leadPct: null })
    expect(calls!.meanReturnNetPct).toBeCloseTo(-5 - 100 * cost * 1.95, 9)
    expect(calls!.meanR).toBeCloseTo(-1 - (cost * 195) / 5, 9)
    expect(hold!.meanR).toBeNull()
    expect(hold!.leadPct).toBeCloseTo(calls!.meanReturnNetPct! - hold!.meanReturnNetPct!, 9)
    expect(hold!.low).toBeLessThanOrEqual(hold!.meanReturnNetPct! + 1e-9)
  })

  it('tells nothing under 30 independent windows', () => {
    expect(played(29).rows()[1]).toMatchObject({
      n: 29,
      meanReturnNetPct: null,
      low: null,
      winRate: null,
      note: 'too few: 29 independent windows, 30 are needed',
    })
  })

  it('leaves out calls that were not filled or not decided', () => {
    const tally = createBaselineTally({ horizonMs, random: chance(3) })
    const window = windowOf([
      [103, 104, 102, 103],
      [103, 104, 102, 103],
    ])
    expect(window.ending.status).toBe('NOT_FILLED')
    tally.add(0, window)
    tally.add(0, windowOf([[100, 101, 99, 100]]))
    expect(tally.length).toBe(0)
  })

  it('grows beyond its first columns without losing a row', () => {
    expect(played(3000).rows()[1]).toMatchObject({ n: 3000 })
    expect(played(3000).rows()[1]!.meanReturnNetPct).toBeCloseTo(-4 - 100 * cost * 1.96, 6)
  })
})
