import { fromIso } from '@pumpiq/domain'

/** The market's first instant: nothing traded before it. */
export const epochAt = fromIso('2020-01-01T00:00:00.000Z')

export type Venue = 'binance' | 'coinbase' | 'kraken' | 'okx' | 'bybit'
/** A new one goes to the end: its position is the key of its chance. */
export const venues: readonly Venue[] = ['binance', 'coinbase', 'kraken', 'okx', 'bybit']

/** Where a price is seen: a venue, or all of them as an aggregator averages them. */
export type Place = Venue | 'composite'
export const places: readonly Place[] = ['composite', ...venues]

/** What the token is there to show beside an ordinary price. */
export type Role = 'pump' | 'split' | 'collapse' | 'honeypot'

/** A token of the simulated market. Real names stand for familiar ids and contracts only: every price is invented. */
export type SimToken = {
  /** The catalogue's id. */
  key: string
  symbol: string
  name: string
  /** Contract address by the catalogue's platform id; empty for a coin of its own chain. */
  platforms: Readonly<Record<string, string>>
  /** USD around which the price wanders. */
  anchorUsd: number
  /** Share of the market's return that the token's return follows. */
  beta: number
  /** Standard deviation of the token's own daily log return. */
  ownVolatility: number
  /** Usual turnover of all venues, USD a day. */
  dailyUsd: number
  supply: { circulating: number | null; total: number | null; max: number | null }
  /** Decimals of the price on every venue, unless the venue differs below. */
  decimals: number
  venueDecimals: Readonly<Partial<Record<Venue, number>>>
  /** Decimals of the smallest amount; negative for lots of tens: a month's volume stays a safe integer of lots. */
  lotDecimals: number
  /** Share of the minutes in which it trades at all. */
  activity: number
  /** Where it is listed, with the venue's share of the turnover. */
  venues: Readonly<Partial<Record<Venue, number>>>
  listedAt: number
  delistedAt: number | null
  /** The catalogue's category of pegged and wrapped coins. */
  category: 'stablecoins' | 'wrapped-tokens' | null
  /** The token whose price this one has, by key: a wrapped coin. */
  tracks: string | null
  role: Role | null
}

type Given = Partial<Omit<SimToken, 'key' | 'symbol' | 'name' | 'anchorUsd' | 'supply'>> & {
  supply?: number | null
  max?: number
  on?: string
}

const everywhere = 'bckoy'
const shares: Record<string, [Venue, number]> = {
  b: ['binance', 0.5],
  c: ['coinbase', 0.18],
  k: ['kraken', 0.07],
  o: ['okx', 0.25],
  // Beside the whole: with a part of it the other venues would change every amount that a seed gives.
  y: ['bybit', 0.1],
}

function token(key: string, symbol: string, name: string, anchorUsd: number, given: Given): SimToken {
  const { supply = null, max = null, on = everywhere, ...rest } = given
  return {
    key,
    symbol,
    name,
    anchorUsd,
    platforms: {},
    beta: 1.1,
    ownVolatility: 0.028,
    dailyUsd: 2e8,
    decimals: Math.max(2, 4 - Math.floor(Math.log10(anchorUsd))),
    venueDecimals: {},
    lotDecimals: Math.max(0, Math.min(6, 1 + Math.round(Math.log10(anchorUsd)))),
    activity: 1,
    venues: Object.fromEntries(on.split('').map((letter) => shares[letter]!)),
    listedAt: epochAt,
    delistedAt: null,
    category: null,
    tracks: null,
    role: null,
    ...rest,
    supply: { circulating: supply, total: supply === null ? null : (max ?? supply), max },
  }
}

const ethereum = (address: string) => ({ platforms: { ethereum: address } })

export const tokens: readonly SimToken[] = [
  token('bitcoin', 'BTC', 'Bitcoin', 78_000, {
    beta: 1,
    ownVolatility: 0.004,
    dailyUsd: 2e10,
    supply: 19_900_000,
    max: 21_000_000,
    venueDecimals: { kraken: 1, okx: 1 },
  }),
  token('ethereum', 'ETH', 'Ethereum', 2_900, {
    beta: 1.15,
    ownVolatility: 0.016,
    dailyUsd: 1.1e10,
    supply: 120_700_000,
  }),
  token('tether', 'USDT', 'Tether', 1, {
    ...ethereum('0xdac17f958d2ee523a2206206994597c13d831ec7'),
    beta: 0,
    ownVolatility: 0.0004,
    dailyUsd: 3e10,
    supply: 1.6e11,
    on: 'ck',
    category: 'stablecoins',
  }),
  token('ripple', 'XRP', 'XRP', 1.9, { supply: 5.9e10, max: 1e11, dailyUsd: 3e9, ownVolatility: 0.03 }),
  token('binancecoin', 'BNB', 'BNB', 640, {
    supply: 1.39e8,
    max: 2e8,
    dailyUsd: 1.2e9,
    beta: 0.9,
    ownVolatility: 0.015,
    on: 'bo',
  }),
  token('solana', 'SOL', 'Solana', 140, { supply: 5.4e8, dailyUsd: 4e9, beta: 1.35, ownVolatility: 0.024 }),
  token('usd-coin', 'USDC', 'USDC', 1, {
    ...ethereum('0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'),
    beta: 0,
    ownVolatility: 0.0003,
    dailyUsd: 6e9,
    supply: 6.1e10,
    on: 'bko',
    category: 'stablecoins',
  }),
  token('dogecoin', 'DOGE', 'Dogecoin', 0.16, { supply: 1.48e11, dailyUsd: 1.4e9, beta: 1.3, ownVolatility: 0.035 }),
  token('cardano', 'ADA', 'Cardano', 0.62, { supply: 3.54e10, max: 4.5e10, dailyUsd: 8e8 }),
  token('tron', 'TRX', 'TRON', 0.24, { supply: 9.5e10, dailyUsd: 7e8, beta: 0.6, ownVolatility: 0.02, on: 'bko' }),
  token('avalanche-2', 'AVAX', 'Avalanche', 22, { supply: 4.2e8, max: 7.2e8, dailyUsd: 4e8, beta: 1.35 }),
  token('chainlink', 'LINK', 'Chainlink', 15, {
    ...ethereum('0x514910771af9ca656af840dff83e8264ecf986ca'),
    supply: 6.8e8,
    max: 1e9,
    dailyUsd: 6e8,
  }),
  token('polkadot', 'DOT', 'Polkadot', 4.4, { supply: 1.6e9, dailyUsd: 2e8 }),
  token('litecoin', 'LTC', 'Litecoin', 92, {
    supply: 7.6e7,
    max: 8.4e7,
    dailyUsd: 5e8,
    beta: 0.95,
    ownVolatility: 0.02,
  }),
  token('bitcoin-cash', 'BCH', 'Bitcoin Cash', 410, { supply: 1.99e7, max: 2.1e7, dailyUsd: 3e8, beta: 0.95 }),
  token('near', 'NEAR', 'NEAR Protocol', 2.6, { supply: 1.22e9, dailyUsd: 2e8, beta: 1.3, ownVolatility: 0.033 }),
  token('uniswap', 'UNI', 'Uniswap', 7.4, {
    ...ethereum('0x1f9840a85d5af5bf1d1762f925bdaddc4201f984'),
    supply: 6e8,
    max: 1e9,
    dailyUsd: 2e8,
    beta: 1.2,
  }),
  token('aave', 'AAVE', 'Aave', 190, {
    ...ethereum('0x7fc66500c84a76ad7e9c93437bfc5ac33e2ddae9'),
    supply: 1.5e7,
    max: 1.6e7,
    dailyUsd: 3e8,
    beta: 1.25,
  }),
  token('stellar', 'XLM', 'Stellar', 0.26, { supply: 3.1e10, max: 5e10, dailyUsd: 2e8 }),
  token('cosmos', 'ATOM', 'Cosmos Hub', 4.3, { supply: 4.5e8, dailyUsd: 1.2e8 }),
  token('filecoin', 'FIL', 'Filecoin', 2.9, { supply: 6.6e8, max: 1.96e9, dailyUsd: 1.5e8, beta: 1.3 }),
  token('aptos', 'APT', 'Aptos', 5.2, { supply: 6.4e8, dailyUsd: 2e8, listedAt: fromIso('2022-10-19T00:00:00.000Z') }),
  token('sui', 'SUI', 'Sui', 3.1, {
    supply: 3.3e9,
    max: 1e10,
    dailyUsd: 8e8,
    beta: 1.4,
    listedAt: fromIso('2023-05-03T00:00:00.000Z'),
  }),
  token('shiba-inu', 'SHIB', 'Shiba Inu', 0.0000125, {
    ...ethereum('0x95ad61b0a150d79219dcf64e1e6cc01f0b64c29e'),
    supply: 5.89e14,
    dailyUsd: 2e8,
    beta: 1.3,
    ownVolatility: 0.035,
    decimals: 8,
    lotDecimals: -1,
  }),
  token('pepe', 'PEPE', 'Pepe', 0.0000093, {
    ...ethereum('0x6982508145454ce325ddbe47a25d4ec3d2311933'),
    supply: 4.2069e14,
    dailyUsd: 6e8,
    beta: 1.5,
    ownVolatility: 0.045,
    decimals: 8,
    lotDecimals: -2,
    venueDecimals: { kraken: 9, okx: 10 },
    listedAt: fromIso('2023-05-05T00:00:00.000Z'),
  }),
  token('wrapped-bitcoin', 'WBTC', 'Wrapped Bitcoin', 78_000, {
    ...ethereum('0x2260fac5e5542a773aa44fbcfedf7c193bc2c599'),
    tracks: 'bitcoin',
    beta: 1,
    ownVolatility: 0.004,
    supply: 128_000,
    dailyUsd: 1.5e8,
    on: 'bc',
    category: 'wrapped-tokens',
  }),
  // From here on invented tokens, each for what it shows.
  token('harbor-dollar', 'HBUSD', 'Harbor Dollar', 1, {
    ...ethereum('0x5100000000000000000000000000000000000001'),
    beta: 0,
    ownVolatility: 0.0012,
    dailyUsd: 4e7,
    supply: 2.2e9,
    category: 'stablecoins',
  }),
  token('gigapup', 'GPUP', 'Gigapup', 0.000000001234, {
    platforms: { solana: 'GigaPup5imu1ated11111111111111111111111111' },
    beta: 1.6,
    ownVolatility: 0.06,
    dailyUsd: 3e6,
    supply: 4.2e17,
    decimals: 15,
    lotDecimals: -3,
    on: 'cko',
  }),
  token('quiet-harbor', 'QHBR', 'Quiet Harbor', 0.83, {
    ...ethereum('0x5100000000000000000000000000000000000002'),
    beta: 0.5,
    ownVolatility: 0.03,
    dailyUsd: 45_000,
    supply: 3.1e7,
    activity: 0.3,
    on: 'ck',
  }),
  token('rocket-mule', 'RMULE', 'Rocket Mule', 0.042, {
    platforms: { solana: 'RocketMu1e5imu1ated11111111111111111111111' },
    beta: 0.8,
    ownVolatility: 0.05,
    dailyUsd: 600_000,
    supply: 9.4e8,
    activity: 0.8,
    role: 'pump',
  }),
  token('fallen-star', 'FSTAR', 'Fallen Star', 11.5, {
    ...ethereum('0x5100000000000000000000000000000000000003'),
    dailyUsd: 9e7,
    supply: 3.4e8,
    delistedAt: fromIso('2026-03-15T12:00:00.000Z'),
    role: 'collapse',
  }),
  token('orbit-protocol', 'ORB', 'Orbit Protocol', 3.7, {
    ...ethereum('0x5100000000000000000000000000000000000004'),
    dailyUsd: 6e7,
    supply: 8.1e8,
    max: 1e9,
  }),
  token('orbit-inu', 'ORB', 'Orbit Inu', 0.0019, {
    platforms: { solana: 'orbit1nu5imu1ated1111111111111111111111111' },
    beta: 1.4,
    ownVolatility: 0.06,
    dailyUsd: 2.5e7,
    supply: 7.5e11,
    on: '',
  }),
  token('twinlake', 'TWIN', 'Twinlake', 0.94, {
    ...ethereum('0x5100000000000000000000000000000000000005'),
    dailyUsd: 1.4e7,
    supply: 4.4e8,
    activity: 0.95,
    role: 'split',
  }),
  token('paper-crane', 'CRANE', 'Paper Crane', 0.31, {
    platforms: { base: '0x5100000000000000000000000000000000000006' },
    ownVolatility: 0.05,
    dailyUsd: 8e6,
    on: 'co',
    activity: 0.9,
  }),
  token('dawn-chorus', 'DAWN', 'Dawn Chorus', 6.3, {
    platforms: { 'binance-smart-chain': '0x5100000000000000000000000000000000000007' },
    ownVolatility: 0.045,
    dailyUsd: 3e7,
    supply: 9e7,
    max: 5e8,
    on: 'bo',
    listedAt: fromIso('2026-06-01T08:00:00.000Z'),
  }),
  token('amber-snare', 'SNARE', 'Amber Snare', 0.021, {
    platforms: { 'binance-smart-chain': '0x51000000000000000000000000000000000000a8' },
    beta: 0.9,
    ownVolatility: 0.055,
    dailyUsd: 350_000,
    supply: 4.8e8,
    activity: 0.9,
    on: 'co',
    listedAt: fromIso('2026-02-10T10:00:00.000Z'),
    role: 'honeypot',
  }),
]
