import type { Facts } from '../dossier/facts.ts'
import { days, toIso } from '../words/time.ts'
import type { z } from 'zod'
import type { RiskRating } from './recommendation.ts'

type Rating = z.output<typeof RiskRating>

const step = (value: number, steps: readonly number[]): number => steps.filter((limit) => value >= limit).length

/** Annualised volatility of the log return, as a fraction; the year has 365 trading days. */
export const annualised = (sigma: number, intervalMs: number): number => sigma * Math.sqrt(days(365) / intervalMs)

/** Points for volatility, liquidity, age and missing evidence; the reasons name what earned them. */
export function riskOf(facts: Facts, intervalMs: number, completeness: number): { rating: Rating; reasons: string[] } {
  const yearly = annualised(facts.sigma, intervalMs)
  const volatility = step(yearly, [0.6, 1, 1.6])
  const illiquidity = 3 - step(facts.quotePerDay, [500_000, 5_000_000, 50_000_000])
  const youth = facts.bars < 400 ? 1 : 0
  const thin = completeness < 0.5 ? 1 : 0
  const points = volatility + illiquidity + youth + thin
  const reasons = [
    `volatility ${Math.round(yearly * 100)} % a year`,
    `traded a day about ${Math.round(facts.quotePerDay).toLocaleString('en-US')} in quote units`,
    ...(youth ? [`only ${facts.bars} candles of history`] : []),
    ...(thin ? ['less than half of the asked evidence is there'] : []),
  ]
  return { rating: points <= 1 ? 'LOW' : points <= 3 ? 'MEDIUM' : points <= 5 ? 'HIGH' : 'VERY_HIGH', reasons }
}

/** Below this traded value a day nobody can trade without moving the price. */
export const liquidityFloor = 50_000

/** Why a token must be avoided whatever its score says, or null. */
export function avoidance({ quotePerDay, idleShare, surge, volumeSurge, pump }: Facts): string | null {
  if (quotePerDay < liquidityFloor)
    return `traded value of ${Math.round(quotePerDay).toLocaleString('en-US')} a day is below the floor of ${liquidityFloor.toLocaleString('en-US')}`
  if (idleShare > 0.3) return `no trade in ${Math.round(idleShare * 100)} % of the last candles`
  if (surge >= 1.6 && volumeSurge >= 8)
    return `price up ${Math.round((surge - 1) * 100)} % within days on ${Math.round(volumeSurge)} times the usual volume: the mark of a pump`
  if (pump)
    return `inside a pump seen at ${toIso(pump.since)}: price and volume burst together, and what rose so falls back`
  return null
}
