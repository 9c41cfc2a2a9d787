import type { z } from 'zod'
import { costRatioPerSide, type Costs, type Profile, type RiskTolerance } from '../words/profile.ts'
import { add, compare, divide, multiply, priceOf, subtract, zero, type Price } from '../words/price.ts'
import type { PositionSize } from './recommendation.ts'

type Size = z.output<typeof PositionSize>

/** Of the portfolio, lost at the stop; and at most this much of it in one position unless the profile says otherwise. Percent. */
const riskPct: Record<RiskTolerance, number> = { conservative: 0.5, moderate: 1, aggressive: 2 }
const maximumPositionPct = 10

/** What a size is held to: percents are of the portfolio, costs are of one side. */
export type SizeBounds = {
  readonly portfolioQuote: Price
  readonly riskPct: number
  readonly maxPositionPct: number
  readonly costs: Costs
}

/** What a profile holds sizes to. */
export const sizeBounds = ({ portfolioQuote, riskTolerance, limits, costs }: SizedBy): SizeBounds => ({
  portfolioQuote,
  riskPct: riskPct[riskTolerance],
  maxPositionPct: limits?.maxPositionPct ?? maximumPositionPct,
  costs,
})
type SizedBy = Pick<Profile, 'portfolioQuote' | 'riskTolerance' | 'limits' | 'costs'>

export const positionSize = (profile: Profile, entry: Price, stop: Price): Size | null =>
  sizeWithin(sizeBounds(profile), entry, stop)

/**
 * Units so that a stop costs the risk that is allowed, both sides' costs included, held under the maximum position. `entry` is the worst
 * edge of the entry zone; rounded down to eight significant decimals.
 */
export function sizeWithin(bounds: SizeBounds, entry: Price, stop: Price): Size | null {
  const portfolio = bounds.portfolioQuote
  if (compare(portfolio, zero) <= 0) return null
  const distance = compare(entry, stop) > 0 ? subtract(entry, stop) : subtract(stop, entry)
  const costs = multiply(add(entry, stop), priceOf(costRatioPerSide(bounds.costs)))
  const lossPerUnit = add(distance, costs)
  const allowed = multiply(portfolio, priceOf(bounds.riskPct / 100))
  const most = multiply(portfolio, priceOf(bounds.maxPositionPct / 100))
  const decimals = unitDecimals(Number(entry))
  const byRisk = divide(allowed, lossPerUnit, decimals, 'down')
  const byCap = divide(most, entry, decimals, 'down')
  const limitedBy = compare(byRisk, byCap) <= 0 ? 'risk' : 'maximum position'
  const units = limitedBy === 'risk' ? byRisk : byCap
  return {
    units,
    quoteAmount: cents(multiply(units, entry)),
    worstCaseLossQuote: cents(multiply(units, lossPerUnit)),
    riskPct: bounds.riskPct,
    limitedBy,
  }
}

/** Dear coins need decimals, cheap ones none. */
const unitDecimals = (price: number): number => Math.min(8, Math.max(0, 4 + Math.ceil(Math.log10(price))))

const cents = (amount: Price): Price => divide(amount, '1' as Price, 2, 'up')
