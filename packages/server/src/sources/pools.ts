import type { FigureName, Token } from '@pumpiq/domain'

/**
 * One pool as a vendor tells it; null is what he does not say. `priceUsd` and `marketCapUsd` are of the base token, `quotePriceUsd` of the
 * other; buys and sells are of the base token too. `createdAt` is epoch ms.
 */
export type Pool = {
  id: string
  base: string
  quote: string
  priceUsd: number | null
  quotePriceUsd: number | null
  marketCapUsd: number | null
  liquidityUsd: number | null
  createdAt: number | null
} & Record<CountName, number | null>

const counts = [
  'volume24hUsd',
  'volume1hUsd',
  'buys24h',
  'sells24h',
  'buys1h',
  'sells1h',
  'buyers24h',
  'sellers24h',
] as const
type CountName = (typeof counts)[number]

/** Whose buys are the other side's sells. */
const turned: Partial<Record<CountName, CountName>> = {
  buys24h: 'sells24h',
  sells24h: 'buys24h',
  buys1h: 'sells1h',
  sells1h: 'buys1h',
  buyers24h: 'sellers24h',
  sellers24h: 'buyers24h',
}

/** More than all pools of all chains hold: such liquidity is a worthless token counted at a price of its own making. */
const liquidityAtMostUsd = 1e11
/** By how much the price in a pool may differ from that of the others before it is a pool where nobody trades. */
const priceFactorAtMost = 2

/** Addresses of EVM chains mean the same in capitals and in small letters; others do not. */
export const sameAddress = (one: string, other: string): boolean =>
  one === other || (/^0x/i.test(one) && one.toLowerCase() === other.toLowerCase())

/** What the pool says of our token, whichever side it is on; null where it is on neither. */
function ourSide(pool: Pool, address: string): Pool | null {
  if (sameAddress(pool.base, address)) return pool
  if (!sameAddress(pool.quote, address)) return null
  const sides = counts.map((name) => [name, pool[turned[name] ?? name]] as const)
  return { ...pool, ...Object.fromEntries(sides), priceUsd: pool.quotePriceUsd, marketCapUsd: null }
}

/** The pools that count: each once, made by `now`, with our token on a side by its address, and not empty. */
function ours(pools: readonly Pool[], address: string, now: number): Pool[] {
  const known = new Map<string, Pool>()
  for (const pool of pools) {
    const side = ourSide(pool, address)
    const id = /^0x/i.test(pool.id) ? pool.id.toLowerCase() : pool.id
    if (!side || known.has(id) || (pool.createdAt ?? 0) > now) continue
    if (pool.liquidityUsd === 0 || (pool.liquidityUsd ?? 0) > liquidityAtMostUsd) continue
    known.set(id, side)
  }
  return likePriced([...known.values()])
}

/** Without the pools whose price lies far from the one at which half of the liquidity stands. */
function likePriced(pools: readonly Pool[]): Pool[] {
  const priced = pools
    .filter(({ priceUsd, liquidityUsd }) => priceUsd !== null && priceUsd > 0 && liquidityUsd !== null)
    .toSorted((a, b) => a.priceUsd! - b.priceUsd!)
  const half = sum(priced.map(({ liquidityUsd }) => liquidityUsd!)) / 2
  let below = 0
  const middle = priced.find(({ liquidityUsd }) => (below += liquidityUsd!) >= half)?.priceUsd
  if (middle === undefined || middle === null) return [...pools]
  return pools.filter(
    ({ priceUsd }) =>
      priceUsd === null || (priceUsd <= middle * priceFactorAtMost && priceUsd >= middle / priceFactorAtMost),
  )
}

/**
 * What the pools of a token come to: sums, the price weighted by liquidity, the age of the oldest and the market cap as told by the deepest
 * pool. Of a figure no pool tells, nothing.
 */
export function poolFigures(pools: readonly Pool[], { address }: Token, now: number): PoolFigures {
  const found = ours(pools, address, now)
  if (found.length === 0) return {}
  const deepest = found.toSorted((a, b) => (b.liquidityUsd ?? -1) - (a.liquidityUsd ?? -1))
  const created = found.flatMap(({ createdAt }) => (createdAt === null ? [] : [createdAt]))
  return {
    ...Object.fromEntries(counts.map((name) => [name, told(found.map((pool) => pool[name]))])),
    liquidityUsd: told(found.map(({ liquidityUsd }) => liquidityUsd)),
    priceUsd: weightedPrice(found),
    marketCapUsd: deepest.find(({ marketCapUsd }) => marketCapUsd !== null)?.marketCapUsd ?? null,
    pools: found.length,
    poolAgeMs: created.length === 0 ? null : now - Math.min(...created),
  }
}

export type PoolFigures = Partial<Record<FigureName, number | null>>

/** By liquidity; where no pool tells its own, the price of the one most traded. */
function weightedPrice(pools: readonly Pool[]): number | null {
  const priced = pools.filter(({ priceUsd }) => priceUsd !== null && priceUsd > 0)
  const depth = sum(priced.map(({ liquidityUsd }) => liquidityUsd ?? 0))
  if (depth > 0) return sum(priced.map(({ priceUsd, liquidityUsd }) => priceUsd! * ((liquidityUsd ?? 0) / depth)))
  return priced.toSorted((a, b) => (b.volume24hUsd ?? 0) - (a.volume24hUsd ?? 0))[0]?.priceUsd ?? null
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/** The sum of those that are told; null when none is. */
function told(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : sum(known)
}
