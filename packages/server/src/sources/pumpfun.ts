import { isFailure, minutes, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { mishapOf } from '../network/mishap.ts'
import { skewMs } from './bars.ts'
import { listedToken } from './listed.ts'
import { curveFacts, mayHaveCurve } from './pumpfun-curve.ts'
import { figuresOf, toldOf } from './seen.ts'
import { Address } from './solana-accounts.ts'
import type { FreshAsk, LookupAsk, Source } from './source.ts'
import { isSolanaToken, type WatchAsk } from './watch.ts'

const coins = 'https://frontend-api-v3.pump.fun'
const trades = 'https://swap-api.pump.fun'
const native = '11111111111111111111111111111111'
const tokenDecimals = 6

type TokenAsk = WatchAsk & { token: Token }

export const pumpfun: Source = {
  id: 'pumpfun',
  docs: 'https://github.com/pump-fun/pump-public-docs',
  key: 'none',
  // Its trades' host blocks an address at 20 a minute, the other one counts 60.
  budget: { calls: 15, perMs: minutes(1) },
  throttledMs: minutes(1),
  readError,
  optIn: 'its web API is not documented for others, changes without notice, and no terms allow it',
  feeds: { fresh, lookup },
  watches: [
    { name: 'coin', kind: 'onchain', about: 'token', calls: 1, serves, see: coin },
    { name: 'holders', kind: 'onchain', about: 'token', calls: 1, serves, see: holders },
    { name: 'activity', kind: 'onchain', about: 'token', calls: 1, serves, see: activity },
  ],
}

function serves(token: Token): boolean {
  return isSolanaToken(token) && mayHaveCurve(token)
}

/** Members that are not set are left out since 2026, and were null before. Reserves are whole numbers below 2^53. */
const Reserve = z.int().nonnegative()
const Coin = z.object({
  mint: Address,
  name: z.string(),
  symbol: z.string(),
  created_timestamp: z.int(),
  complete: z.boolean(),
  is_banned: z.boolean().nullish(),
  virtual_sol_reserves: Reserve,
  virtual_token_reserves: Reserve,
  real_sol_reserves: Reserve.nullish(),
  real_token_reserves: Reserve.nullish(),
  total_supply: z.int().positive(),
  usd_market_cap: z.number().nonnegative().nullish(),
  quote_mint: z.string().nullish(),
})
type Coin = z.output<typeof Coin>

const isOf =
  ({ address }: Token) =>
  ({ mint }: { mint: string }): string | null =>
    mint === address ? null : 'the answer is of another coin'

/** What the site says of the coin. A coin that left the curve is worth what its pool says, which the site follows. */
async function coin({ token, get, abort }: TokenAsk): Promise<Observation[]> {
  const answer = await get.timed(`${coins}/coins-v3/${token.address}`, Coin, { check: isOf(token), abort })
  const { usd_market_cap, total_supply, real_token_reserves, complete } = answer.body
  const progress = real_token_reserves == null ? null : factsOf(answer.body).progressRatio
  const marketCapUsd = usd_market_cap || null
  return figuresOf(toldOf(pumpfun.id, token.id, answer), {
    marketCapUsd,
    priceUsd: marketCapUsd && marketCapUsd / (total_supply / 10 ** tokenDecimals),
    curveProgressRatio: complete ? 1 : progress !== null && progress >= 0 ? progress : null,
    curveComplete: complete ? 1 : 0,
  })
}

/** The site's reserves as what the account would say. */
const factsOf = (said: Coin) =>
  curveFacts({
    virtualTokens: BigInt(said.virtual_token_reserves),
    virtualQuote: BigInt(said.virtual_sol_reserves),
    realTokens: BigInt(said.real_token_reserves ?? 0),
    realQuote: BigInt(said.real_sol_reserves ?? 0),
    supply: BigInt(said.total_supply),
    complete: said.complete,
    creator: null,
    isMayhem: false,
    isCashback: false,
    quote: !said.quote_mint || said.quote_mint === native ? 'sol' : 'other',
  })

const Percent = z.number().nonnegative().nullish()
const Stats = z.object({
  mint: Address,
  totalHolders: z.int().nonnegative().nullish(),
  top10HoldersPercent: Percent,
  devHoldingsPercent: Percent,
  snipersHoldingsPercent: Percent,
  bundlersHoldingsPercent: Percent,
})

/** Of a coin whose agent had a second supply made (mayhem) shares go above 100 %: those say nothing. */
const shareOf = (percent: number | null | undefined): number | null =>
  percent === null || percent === undefined || percent > 100 ? null : percent / 100

/** Nulls all over are a coin of another program. */
async function holders({ token, get, abort }: TokenAsk): Promise<Observation[]> {
  const answer = await get.timed(`${coins}/coins/holder-stats/${token.address}`, Stats, { check: isOf(token), abort })
  const said = answer.body
  const insiders = [said.snipersHoldingsPercent, said.bundlersHoldingsPercent].map(shareOf).filter((x) => x !== null)
  return figuresOf(toldOf(pumpfun.id, token.id, answer), {
    holders: said.totalHolders,
    top10Ratio: shareOf(said.top10HoldersPercent),
    developerRatio: shareOf(said.devHoldingsPercent),
    // Who snipes may bundle too: the larger share is what is sure.
    insiderRatio: insiders.length === 0 ? null : Math.max(...insiders),
  })
}

const Count = z.int().nonnegative()
const Window = z
  .object({ numBuys: Count, numSells: Count, numBuyers: Count, numSellers: Count, volumeUSD: z.number().nonnegative() })
  .nullable()
const Activity = z.object({ '1h': Window, '24h': Window })
const quiet = { numBuys: 0, numSells: 0, numBuyers: 0, numSellers: 0, volumeUSD: 0 }

/** A window without trades is null; a coin of another program has nothing but such windows. */
async function activity({ token, get, abort }: TokenAsk): Promise<Observation[]> {
  const answer = await get.timed(`${trades}/v1/coins/${token.address}/market-activity`, Activity, { abort })
  const day = answer.body['24h']
  if (!day) return []
  const hour = answer.body['1h'] ?? quiet
  return figuresOf(toldOf(pumpfun.id, token.id, answer), {
    volume24hUsd: day.volumeUSD,
    volume1hUsd: hour.volumeUSD,
    buys24h: day.numBuys,
    sells24h: day.numSells,
    buyers24h: day.numBuyers,
    sellers24h: day.numSellers,
    buys1h: hour.numBuys,
    sells1h: hour.numSells,
  })
}

/** The newest fifty coins; what cannot be shown is left out, and what was banned. */
async function fresh({ now, get, abort }: FreshAsk): Promise<Token[]> {
  const query = 'offset=0&limit=50&sort=created_timestamp&order=DESC&includeNsfw=false'
  return tokensOf(await get(`${coins}/coins?${query}`, z.array(Coin), { abort }), now)
}

/** By address, else by words of name or ticker, the largest first. */
async function lookup({ query, now, get, abort }: LookupAsk): Promise<Token[]> {
  if (Address.safeParse(query).success) {
    const found = await get(`${coins}/coins-v3/${query}`, Coin, { abort }).catch((thrown: unknown) => {
      if (isFailure(thrown) && mishapOf(thrown) === 'absent') return null
      throw thrown
    })
    return found ? tokensOf([found], now) : []
  }
  const words = `searchTerm=${encodeURIComponent(query)}&offset=0&limit=20&sort=market_cap&order=DESC&includeNsfw=false`
  return tokensOf(await get(`${coins}/coins?${words}`, z.array(Coin), { abort }), now)
}

function tokensOf(said: readonly Coin[], now: number): Token[] {
  const tokens = said
    .filter((one) => !one.is_banned && one.created_timestamp <= now + skewMs)
    .map(({ mint, symbol, name }) => listedToken({ chain: 'solana', address: mint, symbol, name }))
    .filter((token) => token !== null)
  return [...new Map(tokens.map((token) => [token.id, token])).values()]
}

const Cannot = z.object({ message: z.string() })

/** Pages come and go: "Cannot GET" is one that went, any other 404 a coin that is not there. */
function readError(status: number, body: unknown): VendorError | null {
  if (status !== 404) return null
  const isPage = Cannot.safeParse(body).data?.message.startsWith('Cannot ') ?? false
  return isPage
    ? { mishap: 'refused', reason: 'has no such page any more (HTTP 404)' }
    : { mishap: 'absent', reason: 'knows no such coin' }
}
