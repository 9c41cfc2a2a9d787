import { z } from 'zod'

/** One figure a source may tell: its unit, and what it can be at all; what lies outside is no observation. */
export type FigureShape = { readonly unit: string; readonly low: number; readonly high: number }

const usd: FigureShape = { unit: 'USD', low: 0, high: 1e14 }
const signedUsd: FigureShape = { unit: 'USD', low: -1e14, high: 1e14 }
const count: FigureShape = { unit: 'count', low: 0, high: 1e12 }
const ratio: FigureShape = { unit: 'ratio', low: 0, high: 1 }
const amount: FigureShape = { unit: 'tokens', low: 0, high: 1e30 }

/**
 * Every figure there is, by name. Ratios are fractions (0.05 is five percent). `24h` and `1h` are the hours before `observedAt`.
 * Figures of the whole market or of a chain are told without a token.
 */
export const figures = {
  // Trading on decentral exchanges, summed over the token's pools.
  liquidityUsd: usd,
  volume24hUsd: usd,
  volume1hUsd: usd,
  buys24h: count,
  sells24h: count,
  buys1h: count,
  sells1h: count,
  buyers24h: count,
  sellers24h: count,
  /** Distinct wallets that bought or sold. */
  traders24h: count,
  pools: count,
  /** Age of the oldest pool. */
  poolAgeMs: { unit: 'ms', low: 0, high: 5e11 },
  priceUsd: { unit: 'USD', low: 1e-30, high: 1e12 },
  marketCapUsd: usd,
  // Who holds it.
  holders: count,
  /** Shares of the supply, without pools, burnt tokens and locks. */
  top10Ratio: ratio,
  /** The same of the ten largest accounts as they stand, pools, burnt tokens and locks among them: never less than `top10Ratio`. */
  top10AccountsRatio: ratio,
  developerRatio: ratio,
  freshWalletRatio: ratio,
  /** What the largest holders added less what they gave up. */
  whaleNet24hUsd: signedUsd,
  insiderRatio: ratio,
  supply: amount,
  circulatingSupply: amount,
  // Safety that is a number.
  lpLockedRatio: ratio,
  lpCreatorRatio: ratio,
  buyTaxRatio: ratio,
  sellTaxRatio: ratio,
  transferFeeRatio: ratio,
  // Bonding curve.
  curveProgressRatio: ratio,
  /** 1 once the curve is complete. */
  curveComplete: ratio,
  /** Of curves paid in SOL, whose dollars are another source's. */
  priceSol: { unit: 'SOL', low: 1e-30, high: 1e9 },
  marketCapSol: { unit: 'SOL', low: 0, high: 1e12 },
  /** What was paid into the curve and lies there. */
  curveRaisedSol: { unit: 'SOL', low: 0, high: 1e9 },
  // A chain, a protocol.
  tvlUsd: usd,
  tvlChange24hRatio: { unit: 'ratio', low: -1, high: 100 },
  chainTvlUsd: usd,
  fees24hUsd: usd,
  dexVolume24hUsd: usd,
  stablecoinsUsd: usd,
  transactions24h: count,
  activeAddresses24h: count,
  averageFeeUsd: usd,
  gasPriceGwei: { unit: 'gwei', low: 0, high: 1e6 },
  /** Into exchanges less out of them, in the token. */
  exchangeNetflow24h: { unit: 'tokens', low: -1e30, high: 1e30 },
  // Derivatives.
  /** Per 8 hours; positive: longs pay shorts. */
  fundingRatio8h: { unit: 'ratio', low: -0.5, high: 0.5 },
  openInterestUsd: usd,
  /** Of the open contracts counted in coins, so that the price alone moves nothing. */
  openInterestChange24hRatio: { unit: 'ratio', low: -1, high: 1_000 },
  /** Perpetual or future over spot, less 1. */
  basisRatio: { unit: 'ratio', low: -0.5, high: 0.5 },
  /** Accounts long over accounts short. */
  longShortRatio: { unit: 'ratio', low: 0, high: 100 },
  takerBuySellRatio: { unit: 'ratio', low: 0, high: 100 },
  longLiquidations24hUsd: usd,
  shortLiquidations24hUsd: usd,
  /** What options say of the coming 30 days: standard deviation of a year's return. */
  impliedVolatilityRatio: { unit: 'ratio', low: 0, high: 20 },
  // Against the market.
  /** The token's change of price within a day less that of bitcoin. */
  relativeStrength24hRatio: { unit: 'ratio', low: -1e3, high: 1e3 },
  // What came in by hooks: longs less shorts, by both.
  alertBalance24hRatio: { unit: 'ratio', low: -1, high: 1 },
  // Crowd figures that a vendor computes.
  mentions24h: count,
  mentions1h: count,
  contributors24h: count,
  engagement24h: count,
  watchers: count,
  socialDominanceRatio: ratio,
  /** A vendor's own sentiment. */
  vendorSentiment: { unit: 'score', low: -1, high: 1 },
  // The market as a whole.
  fearGreed: { unit: 'index, 0 to 100', low: 0, high: 100 },
} as const satisfies Readonly<Record<string, FigureShape>>

export type FigureName = keyof typeof figures
export const figureNames = Object.keys(figures) as readonly FigureName[]
export const FigureName = z.enum(figureNames as [FigureName, ...FigureName[]])

/** Why a figure cannot be true, or null. */
export function figureFault(name: FigureName, value: number): string | null {
  const { low, high, unit } = figures[name]
  if (Number.isFinite(value) && value >= low && value <= high) return null
  return `${name} is ${value}, which no ${unit} from ${low} to ${high} is`
}
