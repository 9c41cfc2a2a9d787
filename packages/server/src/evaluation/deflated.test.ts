import { normalCdf } from '@pumpiq/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seededRandom } from '../platform/random.ts'
import { coinFlips } from './coins.ts'
import { deflatedSharpe, luckySharpe, normalQuantile, shapeOf } from './deflated.ts'
import { measured } from './intervals.ts'
import type { Trade } from './record.ts'

it('the normal quantile is the inverse of the distribution function', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 9)
  expect(normalQuantile(0.5)).toBeCloseTo(0, 9)
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (share) => {
      expect(Math.abs(normalCdf(normalQuantile(share)) - share)).toBeLessThan(1e-9)
    }),
  )
  expect(() => normalQuantile(1)).toThrow('share must be above 0 and below 1')
})

it('gives the worked example of the paper: an annual Sharpe ratio of 2.5 out of 100 tries deflates to 0.90', () => {
  // Bailey and Lopez de Prado 2014, "A numerical example": 1250 daily results, skewness -3, kurtosis 10, variance of tries 1/2 a year.
  const lucky = luckySharpe(100, 0.5 / 250)
  expect(lucky).toBeCloseTo(0.1132, 4)
  const shape = { n: 1_250, sharpe: 2.5 / Math.sqrt(250), skew: -3, kurtosis: 10 }
  expect(deflatedSharpe(shape, lucky)).toBeCloseTo(0.9004, 4)
})

it('more tries never make the same record more likely', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      (tries, sharpe) => {
        const shape = { n: 60, sharpe, skew: -0.3, kurtosis: 4 }
        const [few, more] = [luckySharpe(tries, 0.01), luckySharpe(tries + 1, 0.01)]
        expect(deflatedSharpe(shape, more)).toBeLessThanOrEqual(deflatedSharpe(shape, few) + 1e-12)
      },
    ),
  )
})

it('a shape is told of what varies only', () => {
  expect(shapeOf([1, 1, 1])).toBeNull()
  expect(shapeOf([1, 2])).toBeNull()
  expect(shapeOf([-1, 0, 1])).toMatchObject({ n: 3, sharpe: 0, skew: 0 })
})

const day = 86_400_000
const sample = (values: number[]) => ({ token: values.map(() => 0), at: values.map((_, i) => i * day), values })

it('an interval holds the mean, the wide one holds the interval, and more tries widen it', () => {
  const random = seededRandom(3)
  const values = Array.from({ length: 300 }, () => random() - 0.4)
  const of = (tries: number) => measured(sample(values), { blockMs: 7 * day, random: seededRandom(1), tries })
  const [one, many] = [of(1), of(50)]
  expect(one.value!).toBeGreaterThan(one.low!)
  expect(one.value!).toBeLessThan(one.high!)
  expect(many.wideHigh! - many.wideLow!).toBeGreaterThan(1.4 * (one.wideHigh! - one.wideLow!))
  expect(many.wideLow!).toBeLessThan(many.low!)
  expect(one).toMatchObject({ n: 300, effectiveN: 43, note: null })
})

it('nothing is told of fewer than thirty independent windows', () => {
  expect(measured(sample([1, 2, 3]), { blockMs: day, random: seededRandom(1), tries: 1 })).toMatchObject({
    value: null,
    low: null,
    n: 3,
    note: 'too few: 3 independent windows, 30 are needed',
  })
})

/** Calls in runs of twenty, each side right when the market went its way. */
const trades = (skilled: boolean): Trade[] => {
  const random = seededRandom(11)
  return Array.from({ length: 400 }, (_, i) => {
    const up = Math.floor(i / 20) % 2 === 0
    const buyR = (up ? 0.5 : -0.5) + random() - 0.5
    const type = (skilled ? up : random() < 0.5) ? ('BUY' as const) : ('SELL' as const)
    const r = type === 'BUY' ? buyR : -buyR
    return {
      token: 0,
      issuedAt: i * day,
      type,
      filledAt: i,
      endedAt: i,
      hit: r > 0,
      r,
      buyR,
      sellR: -buyR,
      baselineR: [],
    }
  })
}

it('coins with as many BUYs and SELLs tell skill from luck', () => {
  const skill = coinFlips(trades(true), seededRandom(1))!
  const luck = coinFlips(trades(false), seededRandom(1))!
  expect(skill.shuffled.percentile).toBe(100)
  expect(skill.inRuns.percentile).toBeGreaterThan(97)
  expect(luck.inRuns.percentile).toBeGreaterThan(2)
  expect(luck.inRuns.percentile).toBeLessThan(98)
  // Runs make chance wider than single coins do: that is why they are the honest ones.
  expect(skill.inRuns.high - skill.inRuns.low).toBeGreaterThan(2 * (skill.shuffled.high - skill.shuffled.low))
})

it('there are no coins for one side alone', () => {
  expect(
    coinFlips(
      trades(true).filter(({ type }) => type === 'BUY'),
      seededRandom(1),
    ),
  ).toBeNull()
})
