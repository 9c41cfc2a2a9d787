import type { z } from 'zod'
import { costRatioPerSide, type Profile, type RiskTolerance } from '../words/profile.ts'
import { add, compare, divide, multiply, priceOf, subtract, zero, type Price } from '../words/price.ts'
import type { PositionSize } from './recommendation.ts'

type Size = z.output<typeof PositionSize>

/** Of the portfolio, lost at the stop; and at most this much of it in one position unless the profile says otherwise. Percent. */
const riskPct: Record<RiskTolerance, number> = { conservative: 0.5, moderate: 1, aggressive: 2 }
const maximumPositionPct = 10

/**
 * Units so that a stop costs the profile's risk, both sides' costs included, held under the maximum position. Counted from the worst
 * edge of the entry zone, rounded down to eight significant decimals.
 */
export function positionSize(profile: Profile, entry: Price, stop: Price): Size | null {
  const portfolio = profile.portfolioQuote
  if (compare(portfolio, zero) <= 0) return null
  const distance = compare(entry, stop) > 0 ? subtract(entry, stop) : subtract(stop, entry)
  const costs = multiply(add(entry, stop), priceOf(costRatioPerSide(profile.costs)))
  const lossPerUnit = add(distance, costs)
  const allowed = multiply(portfolio, priceOf(riskPct[profile.riskTolerance] / 100))
  const most = multiply(portfolio, priceOf((profile.limits?.maxPositionPct ?? maximumPositionPct) / 100))
  const decimals = unitDecimals(Number(entry))
  const byRisk = divide(allowed, lossPerUnit, decimals, 'down')
  const byCap = divide(most, entry, decimals, 'down')
  const limitedBy = compare(byRisk, byCap) <= 0 ? 'risk' : 'maximum position'
  const units = limitedBy === 'risk' ? byRisk : byCap
  return {
    units,
    quoteAmount: cents(multiply(units, entry)),
    worstCaseLossQuote: cents(multiply(units, lossPerUnit)),
    riskPct: riskPct[profile.riskTolerance],
    limitedBy,
  }
}

/** Dear coins need decimals, cheap ones none. */
const unitDecimals = (price: number): number => Math.min(8, Math.max(0, 4 + Math.ceil(Math.log10(price))))

const cents = (amount: Price): Price => divide(amount, '1' as Price, 2, 'up')
