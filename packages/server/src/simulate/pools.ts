import { days, hours, minutes } from '@pumpiq/domain'
import { addressOf } from './address.ts'
import { chanceOf, purpose } from './chance.ts'
import { wandering } from './drift.ts'
import type { Market } from './market.ts'
import { createRecent } from './recent.ts'
import { createSpot } from './spot.ts'
import type { SimToken } from './universe.ts'

/** What pools trade against: real addresses of wrapped coins and dollars, priced as the token of that key. */
type Quote = { address: string; symbol: string; name: string; key: string }
const quote = (address: string, symbol: string, name: string, key: string): Quote => ({ address, symbol, name, key })

/** Quotes and exchanges by chain, in the order in which a token gets them. */
const chains: Readonly<Record<string, { quotes: readonly [Quote, Quote]; dexes: readonly string[] }>> = {
  ethereum: {
    quotes: [
      quote('0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2', 'WETH', 'Wrapped Ether', 'ethereum'),
      quote('0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', 'USDC', 'USD Coin', 'usd-coin'),
    ],
    dexes: ['uniswap', 'uniswap', 'sushiswap', 'uniswap'],
  },
  base: {
    quotes: [
      quote('0x4200000000000000000000000000000000000006', 'WETH', 'Wrapped Ether', 'ethereum'),
      quote('0x833589fcd6edb6e08f4c7c32d4f71b54bda02913', 'USDC', 'USD Coin', 'usd-coin'),
    ],
    dexes: ['aerodrome', 'uniswap'],
  },
  'binance-smart-chain': {
    quotes: [
      quote('0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c', 'WBNB', 'Wrapped BNB', 'binancecoin'),
      quote('0x55d398326f99059ff775485246999027b3197955', 'USDT', 'Tether USD', 'tether'),
    ],
    dexes: ['pancakeswap', 'pancakeswap'],
  },
  solana: {
    quotes: [
      quote('So11111111111111111111111111111111111111112', 'SOL', 'Wrapped SOL', 'solana'),
      quote('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', 'USDC', 'USD Coin', 'usd-coin'),
    ],
    dexes: ['raydium', 'orca', 'meteora'],
  },
}

/** The part of a token's turnover that pools have, and of their depth each of at most four. */
const pooledShare = 0.06
const parts = [0.62, 0.23, 0.1, 0.05]
const usdATrade = 640
const windows = { m5: minutes(5), h1: hours(1), h6: hours(6), h24: hours(24) }
export type Window = keyof typeof windows

/** A pool at an instant; money in USD, buys and sells are of the token. */
export type SimPool = {
  address: string
  dex: string
  quote: Quote
  /** Whether the pool names its quote first. */
  turned: boolean
  openedAt: number
  priceUsd: number
  quoteUsd: number
  liquidityUsd: number
  traded: Readonly<Record<Window, { usd: number; buys: number; sells: number; moved: number }>>
}

/** The token's contract: where it was made first. Null for coins of their own chain and on chains without pools here. */
export function contractOf({ platforms }: SimToken): { chain: string; address: string } | null {
  const found = Object.entries(platforms).find(([chain]) => Object.hasOwn(chains, chain))
  return found ? { chain: found[0], address: found[1] } : null
}

/** Pools of contracts: their prices follow the venues', their depth the token's size, their trades its turnover. */
export function createPools(market: Market) {
  const { seed } = market
  const spot = createSpot(market)
  const recent = createRecent<SimPool[]>(256)
  const byKey = new Map(market.tokens.map((token) => [token.key, token]))

  function depthUsd(token: SimToken, priceUsd: number, at: number): number {
    const capUsd = (token.supply.circulating ?? 0) * priceUsd
    const usual = Math.max(90_000, 0.012 * capUsd, pooledShare * token.dailyUsd)
    return usual * Math.exp(0.08 * wandering(seed, [purpose.pool, spot.indexOf(token), 0], at, hours(12)))
  }

  function tradedIn(token: SimToken, part: number, at: number): SimPool['traded'] {
    const of = (lengthMs: number) => {
      const usd = spot.volumeUsd(token, at, lengthMs) * pooledShare * part
      const before = spot.priceUsd(token, at - lengthMs)
      const moved = before === null ? 0 : spot.priceUsd(token, at)! / before - 1
      const trades = Math.round(usd / usdATrade)
      const own = chanceOf(seed, purpose.pool, spot.indexOf(token), 1, Math.floor(at / lengthMs)).normal()
      const buys = Math.round(trades * (0.5 + 0.2 * Math.tanh(12 * moved) + 0.03 * Math.tanh(own)))
      return { usd, buys, sells: trades - buys, moved }
    }
    return { m5: of(windows.m5), h1: of(windows.h1), h6: of(windows.h6), h24: of(windows.h24) }
  }

  function poolsAt(token: SimToken, at: number): SimPool[] {
    const contract = contractOf(token)
    const priceUsd = spot.priceUsd(token, at)
    if (!contract || priceUsd === null) return []
    const { quotes, dexes } = chains[contract.chain]!
    const index = spot.indexOf(token)
    const count = Math.min(dexes.length, 1 + Math.floor(Math.log10(token.dailyUsd / 1e5)), parts.length)
    const whole = depthUsd(token, priceUsd, at)
    return parts.slice(0, Math.max(1, count)).flatMap((part, i): SimPool[] => {
      const against = quotes[i % 2]!
      const quoteUsd = spot.priceUsd(byKey.get(against.key)!, at)
      const openedAt = token.listedAt + days(3 * i) + hours(2 + i)
      if (against.address === contract.address || quoteUsd === null || openedAt > at) return []
      const apart = 1 + 0.0015 * Math.tanh(wandering(seed, [purpose.pool, index, 2 + i], at, hours(1)))
      const liquidityUsd = whole * part
      const address = addressOf(seed, contract.chain, index, i)
      const traded = tradedIn(token, part, at)
      const priced = { priceUsd: priceUsd * apart, quoteUsd, liquidityUsd, traded }
      return [{ address, dex: dexes[i]!, quote: against, turned: i === 2, openedAt, ...priced }]
    })
  }

  return {
    /** The token's pools at the instant's minute, the deepest first. */
    of(token: SimToken, at: number): SimPool[] {
      const minute = Math.floor(at / minutes(1))
      const key = minute * market.tokens.length + spot.indexOf(token)
      return recent(key, () => poolsAt(token, minute * minutes(1)))
    },
  }
}
