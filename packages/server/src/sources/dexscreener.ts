import { minutes, seconds, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import { Decimal, firstMarketAt } from './bars.ts'
import { listedToken } from './listed.ts'
import { poolFigures, sameAddress, type Pool } from './pools.ts'
import { figuresOf, toldOf } from './seen.ts'
import type { FreshAsk, LookupAsk, Source } from './source.ts'
import { isServedContract, type EvmChain, type WatchAsk } from './watch.ts'

const host = 'https://api.dexscreener.com'
const addressesAtMost = 30

/** The catalogue's chains by the vendor's names. */
const chains: Readonly<Record<EvmChain | 'solana', string>> = {
  ethereum: 'ethereum',
  'binance-smart-chain': 'bsc',
  'polygon-pos': 'polygon',
  base: 'base',
  'arbitrum-one': 'arbitrum',
  solana: 'solana',
}
const ourName = new Map(Object.entries(chains).map(([chain, theirs]) => [theirs, chain]))

const Usd = z.number().nonnegative()
const Trades = z.object({ buys: z.int().nonnegative(), sells: z.int().nonnegative() }).optional()
const Side = z.object({ address: z.string(), name: z.string().nullish(), symbol: z.string().nullish() })

/** What a pool does not tell is left out of it: prices of unknown tokens, liquidity of bonding curves, hours without trades. */
const Pair = z.object({
  chainId: z.string(),
  pairAddress: z.string().min(1),
  baseToken: Side,
  quoteToken: Side,
  priceNative: Decimal,
  priceUsd: Decimal.nullish(),
  txns: z.object({ h1: Trades, h24: Trades }).optional(),
  volume: z.object({ h1: Usd.optional(), h24: Usd.optional() }).optional(),
  liquidity: z.object({ usd: Usd.nullish() }).nullish(),
  marketCap: Usd.nullish(),
  pairCreatedAt: z.int().min(firstMarketAt, 'expected epoch ms').nullish(),
})
type Pair = z.output<typeof Pair>
const Pairs = z.array(Pair)
const PairsInside = z.object({ pairs: Pairs.nullable() })
const Profiles = z.array(z.object({ chainId: z.string(), tokenAddress: z.string() }))

export const dexscreener: Source = {
  id: 'dexscreener',
  docs: 'https://docs.dexscreener.com/api/reference',
  key: 'none',
  // 60 or 300 a minute by path; one a second in the mean is within all of them.
  budget: { calls: 10, perMs: seconds(10) },
  throttledMs: minutes(1),
  feeds: { lookup, fresh },
  watches: [
    {
      name: 'pools',
      kind: 'onchain',
      about: 'token',
      calls: 1,
      serves: isServedContract,
      see: pools,
    },
  ],
}

async function pools({ token, now, get, abort }: WatchAsk & { token: Token }) {
  const chain = chains[token.chain as keyof typeof chains]
  const answer = await get.timed(`${host}/token-pairs/v1/${chain}/${token.address}`, Pairs, { abort })
  const found = answer.body.filter(({ chainId }) => chainId === chain).map(poolOf)
  return figuresOf(toldOf(dexscreener.id, token.id, answer), poolFigures(found, token, now))
}

/** `priceNative` is the price of the base token in the quote token, so the quote token's own price follows from both. */
function poolOf({ pairAddress, baseToken, quoteToken, priceNative, txns, volume, ...pair }: Pair): Pool {
  const priceUsd = pair.priceUsd ?? null
  return {
    id: pairAddress,
    base: baseToken.address,
    quote: quoteToken.address,
    priceUsd,
    quotePriceUsd: priceUsd !== null && priceNative > 0 ? priceUsd / priceNative : null,
    marketCapUsd: pair.marketCap ?? null,
    liquidityUsd: pair.liquidity?.usd ?? null,
    createdAt: pair.pairCreatedAt ?? null,
    volume24hUsd: volume?.h24 ?? null,
    volume1hUsd: volume?.h1 ?? null,
    buys24h: txns?.h24?.buys ?? null,
    sells24h: txns?.h24?.sells ?? null,
    buys1h: txns?.h1?.buys ?? null,
    sells1h: txns?.h1?.sells ?? null,
    buyers24h: null,
    sellers24h: null,
  }
}

const addressShape = /^(0x[0-9a-fA-F]{40}|[1-9A-HJ-NP-Za-km-z]{32,44})$/

/** By address: that contract on each chain that has it. By words: what the vendor's search finds, the deepest first. */
async function lookup({ query, now, get, abort }: LookupAsk): Promise<Token[]> {
  const asked = query.trim()
  if (asked === '') return []
  const path = addressShape.test(asked) ? `tokens/${asked}` : `search?q=${encodeURIComponent(asked.slice(0, 100))}`
  const { pairs } = await get(`${host}/latest/dex/${path}`, PairsInside, { abort })
  const found = tokensOf(pairs ?? [], now)
  return addressShape.test(asked) ? found.filter(({ address }) => sameAddress(address, asked)) : found
}

/** The tokens whose makers have just paid for a profile; they bear their names only in their pools. */
async function fresh({ now, get, abort }: FreshAsk): Promise<Token[]> {
  const profiles = await get(`${host}/token-profiles/latest/v1`, Profiles, { abort })
  const tokens: Token[] = []
  for (const chain of ourName.keys()) {
    const addresses = [...new Set(profiles.filter(({ chainId }) => chainId === chain).map((each) => each.tokenAddress))]
      .filter((address) => addressShape.test(address))
      .slice(0, addressesAtMost)
    if (addresses.length === 0) continue
    const pairs = await get(`${host}/tokens/v1/${chain}/${addresses.join(',')}`, Pairs, { abort })
    tokens.push(...tokensOf(pairs, now).filter(({ address }) => addresses.some((asked) => sameAddress(asked, address))))
  }
  return tokens
}

/** The base tokens of pools that were there by `now`, each once, those with the deepest pool first. */
function tokensOf(pairs: readonly Pair[], now: number): Token[] {
  const tokens = new Map<string, Token>()
  const depth = ({ liquidity }: Pair): number => liquidity?.usd ?? 0
  for (const pair of pairs.toSorted((a, b) => depth(b) - depth(a))) {
    const chain = ourName.get(pair.chainId)
    if (chain === undefined || (pair.pairCreatedAt ?? 0) > now) continue
    const token = listedToken({ ...pair.baseToken, chain, marketCapUsd: pair.marketCap, priceUsd: pair.priceUsd })
    if (token && !tokens.has(token.id)) tokens.set(token.id, token)
  }
  return [...tokens.values()]
}
