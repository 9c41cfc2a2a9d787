import { describe, expect, it } from 'vitest'
import { days, hours } from '../words/time.ts'
import { annualised, avoidance, riskOf } from './risk.ts'
import { facts } from './testing.ts'

describe('the risk of a token', () => {
  it('grows with volatility, thin trade, a short history and missing evidence, and says which', () => {
    const calm = facts({ sigma: 0.005, quotePerDay: 1e9 })
    expect(riskOf(calm, hours(1), 1)).toEqual({
      rating: 'LOW',
      reasons: ['volatility 47 % a year', 'traded a day about 1,000,000,000 in quote units'],
    })
    expect(riskOf({ ...calm, sigma: 0.012 }, hours(1), 1).rating).toBe('MEDIUM')
    expect(riskOf({ ...calm, sigma: 0.012, quotePerDay: 1e6 }, hours(1), 1).rating).toBe('HIGH')
    const worst = riskOf(facts({ sigma: 0.05, quotePerDay: 1e5, bars: 260 }), hours(1), 0.25)
    expect(worst.rating).toBe('VERY_HIGH')
    expect(worst.reasons).toContain('only 260 candles of history')
    expect(worst.reasons).toContain('less than half of the asked evidence is there')
  })

  it('takes a year of 365 days', () => {
    expect(annualised(0.01, hours(1))).toBeCloseTo(0.01 * Math.sqrt(8_760), 12)
    expect(annualised(0.03, days(1))).toBeCloseTo(0.03 * Math.sqrt(365), 12)
  })
})

describe('a token is to be avoided', () => {
  it('when nobody trades it, when it stands still, or when it is pumped; else not', () => {
    expect(avoidance(facts())).toBeNull()
    expect(avoidance(facts({ quotePerDay: 50_000, idleShare: 0.3, surge: 1.59, volumeSurge: 100 }))).toBeNull()
    expect(avoidance(facts({ surge: 3, volumeSurge: 7.9 }))).toBeNull()
    expect(avoidance(facts({ quotePerDay: 49_999 }))).toContain('49,999 a day is below the floor of 50,000')
    expect(avoidance(facts({ idleShare: 0.31 }))).toBe('no trade in 31 % of the last candles')
    expect(avoidance(facts({ surge: 1.6, volumeSurge: 8 }))).toContain('price up 60 % within days on 8 times')
    expect(avoidance(facts({ pump: { since: Date.UTC(2020, 5, 7, 16), score: 0.9 } }))).toBe(
      'inside a pump seen at 2020-06-07T16:00:00.000Z: price and volume burst together, and what rose so falls back',
    )
  })
})
