import { hours, minutes, seconds, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { Decimal, firstMarketAt } from './bars.ts'
import { poolFigures, type Pool } from './pools.ts'
import { Instant } from './quote.ts'
import { figuresOf, hazardsOf, toldOf } from './seen.ts'
import { percentOf } from './shares.ts'
import type { Source } from './source.ts'
import { isServedContract, type EvmChain, type WatchAsk } from './watch.ts'

const host = 'https://api.geckoterminal.com/api/v2'
const headers = { accept: 'application/json;version=20230302' }

/** The catalogue's chains by the vendor's names. */
const networks: Readonly<Record<EvmChain | 'solana', string>> = {
  ethereum: 'eth',
  'binance-smart-chain': 'bsc',
  'polygon-pos': 'polygon_pos',
  base: 'base',
  'arbitrum-one': 'arbitrum',
  solana: 'solana',
}

const Trades = z
  .object({
    buys: z.int().nonnegative().nullish(),
    sells: z.int().nonnegative().nullish(),
    buyers: z.int().nonnegative().nullish(),
    sellers: z.int().nonnegative().nullish(),
  })
  .nullish()
const Named = z.object({ data: z.object({ id: z.string() }) })

const PoolRow = z.object({
  attributes: z.object({
    address: z.string().min(1),
    base_token_price_usd: Decimal.nullish(),
    quote_token_price_usd: Decimal.nullish(),
    market_cap_usd: Decimal.nullish(),
    pool_created_at: Instant.refine((at) => at > firstMarketAt, 'expected an instant after the first market').nullish(),
    transactions: z.object({ h1: Trades, h24: Trades }).nullish(),
    volume_usd: z.object({ h1: Decimal.nullish(), h24: Decimal.nullish() }).nullish(),
    reserve_in_usd: Decimal.nullish(),
  }),
  relationships: z.object({ base_token: Named, quote_token: Named }),
})
type PoolRow = z.output<typeof PoolRow>
const Pools = z.object({ data: z.array(PoolRow) })

/** `yes`, `no`, or that it is not known in several ways. */
const Answer = z.string().nullish()
const Info = z.object({
  data: z.object({
    attributes: z.object({
      address: z.string(),
      holders: z
        .object({
          count: z.int().nonnegative().nullish(),
          distribution_percentage: z.object({ top_10: Decimal.nullish() }).nullish(),
          last_updated: Instant.nullish(),
        })
        .nullish(),
      mint_authority: Answer,
      freeze_authority: Answer,
      is_honeypot: Answer,
      developer_holding_percentage: Decimal.nullish(),
    }),
  }),
})

export const geckoterminal: Source = {
  id: 'geckoterminal',
  docs: 'https://apiguide.geckoterminal.com/',
  key: 'none',
  budget: { calls: 30, perMs: minutes(1) },
  timeoutMs: seconds(10),
  throttledMs: minutes(1),
  readError,
  feeds: {},
  watches: [
    { name: 'pools', kind: 'onchain', about: 'token', calls: 1, serves: isServedContract, see: pools },
    {
      name: 'holders',
      kind: 'onchain',
      about: 'token',
      calls: 1,
      freshMs: hours(1),
      serves: isServedContract,
      see: holders,
    },
  ],
}

const addressOf = ({ chain, address }: Token): string =>
  `${host}/networks/${networks[chain as keyof typeof networks]}/tokens/${address}`

/** The first page: the twenty pools with the most volume and liquidity. */
async function pools({ token, now, get, abort }: WatchAsk & { token: Token }) {
  const url = `${addressOf(token)}/pools?page=1&sort=h24_volume_usd_liquidity_desc`
  const answer = await get.timed(url, Pools, { headers, abort })
  const prefix = `${networks[token.chain as keyof typeof networks]}_`
  const found = answer.body.data.map((row) => poolOf(row, prefix))
  return figuresOf(toldOf(geckoterminal.id, token.id, answer), poolFigures(found, token, now))
}

/** A token's id is its address behind the network's name. */
function poolOf({ attributes, relationships }: PoolRow, prefix: string): Pool {
  const { h1, h24 } = attributes.transactions ?? {}
  const address = ({ data: { id } }: z.output<typeof Named>) => (id.startsWith(prefix) ? id.slice(prefix.length) : '')
  return {
    id: attributes.address,
    base: address(relationships.base_token),
    quote: address(relationships.quote_token),
    priceUsd: attributes.base_token_price_usd ?? null,
    quotePriceUsd: attributes.quote_token_price_usd ?? null,
    marketCapUsd: attributes.market_cap_usd ?? null,
    liquidityUsd: attributes.reserve_in_usd ?? null,
    createdAt: attributes.pool_created_at ?? null,
    volume24hUsd: attributes.volume_usd?.h24 ?? null,
    volume1hUsd: attributes.volume_usd?.h1 ?? null,
    buys24h: h24?.buys ?? null,
    sells24h: h24?.sells ?? null,
    buys1h: h1?.buys ?? null,
    sells1h: h1?.sells ?? null,
    buyers24h: h24?.buyers ?? null,
    sellers24h: h24?.sellers ?? null,
  }
}

/** Holders are counted once in a while, and it says when. Its ten largest accounts may be pools. */
async function holders({ token, now, get, abort }: WatchAsk & { token: Token }) {
  const answer = await get.timed(`${addressOf(token)}/info`, Info, { headers, abort })
  const { holders: held, ...more } = answer.body.data.attributes
  const told = toldOf(geckoterminal.id, token.id, answer)
  const countedAt = held?.last_updated ?? told.observedAt
  const counted = countedAt > now ? {} : figuresOfHolders(held)
  return [
    ...figuresOf({ ...told, observedAt: countedAt }, counted),
    ...figuresOf(told, { developerRatio: percentOf(more.developer_holding_percentage) }),
    ...hazardsOf(told, {
      mintable: flag(more.mint_authority),
      freezable: flag(more.freeze_authority),
      honeypot: flag(more.is_honeypot),
    }),
  ]
}

const figuresOfHolders = (held: z.output<typeof Info>['data']['attributes']['holders']) => ({
  holders: held?.count,
  top10AccountsRatio: percentOf(held?.distribution_percentage?.top_10),
})

const flag = (said: string | null | undefined): boolean | null => (said === 'yes' ? true : said === 'no' ? false : null)

function readError(status: number): VendorError | null {
  return status === 404 ? { mishap: 'absent', reason: 'does not know the token' } : null
}
