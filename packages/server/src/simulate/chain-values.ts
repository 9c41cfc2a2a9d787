import { days } from '@pumpiq/domain'
import { purpose } from './chance.ts'
import { wandering } from './drift.ts'
import type { Market } from './market.ts'
import { createSpot } from './spot.ts'
import type { SimToken } from './universe.ts'

/** What is locked on a chain, traded and paid there: each as a share of the market cap of its coin. */
const chainShares: Readonly<Record<string, { name: string; locked: number; traded: number; fees: number }>> = {
  ethereum: { name: 'Ethereum', locked: 0.19, traded: 0.006, fees: 0.00003 },
  solana: { name: 'Solana', locked: 0.12, traded: 0.035, fees: 0.00009 },
  binancecoin: { name: 'BSC', locked: 0.07, traded: 0.02, fees: 0.00002 },
  tron: { name: 'Tron', locked: 0.2, traded: 0.004, fees: 0.00006 },
  bitcoin: { name: 'Bitcoin', locked: 0.003, traded: 0.000_001, fees: 0.000_000_5 },
  'avalanche-2': { name: 'Avalanche', locked: 0.14, traded: 0.02, fees: 0.00002 },
  sui: { name: 'Sui', locked: 0.17, traded: 0.03, fees: 0.00001 },
  aptos: { name: 'Aptos', locked: 0.24, traded: 0.02, fees: 0.00001 },
  near: { name: 'Near', locked: 0.05, traded: 0.003, fees: 0.00001 },
  cardano: { name: 'Cardano', locked: 0.014, traded: 0.0002, fees: 0.000_002 },
}
/** What protocols hold for each dollar of their token's market cap. */
const protocolShares: Readonly<Record<string, { name: string; category: string; locked: number }>> = {
  aave: { name: 'Aave', category: 'Lending', locked: 7 },
  uniswap: { name: 'Uniswap', category: 'Dexs', locked: 1.1 },
  'orbit-protocol': { name: 'Orbit Protocol', category: 'Lending', locked: 0.8 },
  twinlake: { name: 'Twinlake', category: 'Dexs', locked: 0.5 },
  'dawn-chorus': { name: 'Dawn Chorus', category: 'Yield', locked: 0.3 },
}

/** What is locked on chains and in protocols: it follows the price of the coin, and wanders by itself over days. */
export function createChainValues(market: Market) {
  const spot = createSpot(market)
  const capUsd = (token: SimToken, at: number) => (spot.priceUsd(token, at) ?? 0) * (token.supply.circulating ?? 0)
  const worth = (token: SimToken, share: number, which: number, at: number) =>
    share *
    capUsd(token, at) *
    Math.exp(0.04 * wandering(market.seed, [purpose.chainValue, spot.indexOf(token), which], at, days(3)))

  return {
    capUsd,
    chains: (at: number) =>
      market.tokens.flatMap((token) => {
        const shares = chainShares[token.key]
        if (!shares || !spot.isTraded(token, at)) return []
        const lockedUsd = worth(token, shares.locked, 0, at)
        const tradedUsd = worth(token, shares.traded, 1, at) * Math.sqrt(busyness(token, at))
        const feesUsd = worth(token, shares.fees, 2, at) * Math.sqrt(busyness(token, at))
        return [{ token, name: shares.name, lockedUsd, tradedUsd, feesUsd }]
      }),
    protocols: (at: number) =>
      market.tokens.flatMap((token) => {
        const shares = protocolShares[token.key]
        if (!shares || !spot.isTraded(token, at)) return []
        const before = worth(token, shares.locked, 3, at - days(1))
        const lockedUsd = worth(token, shares.locked, 3, at)
        const changeRatio = before > 0 ? lockedUsd / before - 1 : null
        return [{ token, name: shares.name, category: shares.category, lockedUsd, changeRatio }]
      }),
    dollars: (at: number) =>
      market.tokens.flatMap((token) => {
        const priceUsd = token.category === 'stablecoins' ? spot.priceUsd(token, at) : null
        if (priceUsd === null) return []
        const wander = wandering(market.seed, [purpose.chainValue, spot.indexOf(token), 4], at, days(5))
        return [{ token, priceUsd, circulating: (token.supply.circulating ?? 0) * Math.exp(0.004 * wander) }]
      }),
  }

  /** The day's turnover against the usual. */
  function busyness(token: SimToken, at: number): number {
    return spot.volumeUsd(token, at, days(1)) / token.dailyUsd
  }
}
