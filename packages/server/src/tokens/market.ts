import { price, toIso } from '@pumpiq/domain'
import type { TokenMarket } from '@pumpiq/api'
import type { Newest, NewestName } from './newest.ts'

/** A change of the price is of the hour in which it was told; older ones are of another day. */
export const changeKnownMs = 2 * 3_600_000

/** What is known of a token's market, out of what was last told of it. */
export function marketOf(told: ReadonlyMap<NewestName, Newest> | undefined, now: number): TokenMarket {
  const seen = <T>(name: NewestName, valueOf: (value: string) => T) => {
    const found = told?.get(name)
    if (!found) return null
    return { value: valueOf(found.value), source: found.source, observedAt: toIso(found.observedAt) }
  }
  const change = (name: NewestName) => {
    const found = told?.get(name)
    if (!found || now - found.observedAt > changeKnownMs) return null
    return seen(name, (value) => Math.round(Number(value) * 1e6) / 1e4)
  }
  const createdAt = seen('firstPoolAt', (value) => toIso(Number(value)))
  return {
    priceUsd: seen('priceUsd', price),
    marketCapUsd: seen('marketCapUsd', Number),
    liquidityUsd: seen('liquidityUsd', Number),
    volume24hUsd: seen('volume24hUsd', Number),
    holders: seen('holders', Number),
    bondingCurvePct: seen('curveProgressRatio', (value) => Math.round(Number(value) * 1e6) / 1e4),
    isGraduated: seen('curveComplete', (value) => Number(value) === 1),
    createdAt,
    ageMs: createdAt && Math.max(0, now - Date.parse(createdAt.value)),
    change24hPct: change('change24hRatio'),
    change7dPct: change('change7dRatio'),
  }
}
