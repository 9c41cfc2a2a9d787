import { days, hours, minutes, seconds, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { sameAddress } from './pools.ts'
import { figuresOf, hazardsOf, toldOf } from './seen.ts'
import { shareOf } from './shares.ts'
import type { Source } from './source.ts'
import { isServedContract, isSolanaToken, type EvmChain, type WatchAsk } from './watch.ts'

const host = 'https://public-api.birdeye.so/defi'

/** The catalogue's chains by the vendor's names. */
const chains: Readonly<Record<EvmChain | 'solana', string>> = {
  ethereum: 'ethereum',
  'binance-smart-chain': 'bsc',
  'polygon-pos': 'polygon',
  base: 'base',
  'arbitrum-one': 'arbitrum',
  solana: 'solana',
}

const Usd = z.number().nonnegative().nullish()
const Count = z.number().nonnegative().nullish()

const Overview = z.object({
  data: z
    .object({
      address: z.string(),
      price: Usd,
      liquidity: Usd,
      marketCap: Usd,
      mc: Usd,
      holder: Count,
      v24hUSD: Usd,
      buy24h: Count,
      sell24h: Count,
      uniqueWallet24h: Count,
    })
    .nullable(),
})

/** Shares are fractions here; null is no and not known at once. */
const Security = z.object({
  data: z
    .object({
      creatorPercentage: z.number().nonnegative().nullable(),
      top10UserPercent: z.number().nonnegative().nullable(),
      totalSupply: z.number().nonnegative().nullable(),
      freezeable: z.boolean().nullish(),
      freezeAuthority: z.string().nullish(),
      nonTransferable: z.boolean().nullish(),
      isToken2022: z.boolean().nullish(),
    })
    .nullable(),
})

export const birdeye: Source = {
  id: 'birdeye',
  docs: 'https://docs.birdeye.so/reference/intro/welcome',
  key: { header: 'X-API-KEY', required: true },
  budget: { calls: 1, perMs: seconds(1) },
  // The free plan has 30,000 units a month; one of these calls weighs up to 50.
  quota: { calls: 600, perMs: days(30) },
  timeoutMs: seconds(10),
  throttledMs: minutes(1),
  readError,
  feeds: {},
  watches: [
    {
      name: 'overview',
      kind: 'onchain',
      about: 'token',
      calls: 1,
      freshMs: hours(6),
      serves: isServedContract,
      see: overview,
    },
    {
      name: 'safety',
      kind: 'onchain',
      about: 'token',
      calls: 1,
      freshMs: hours(24),
      serves: isSolanaToken,
      see: safety,
    },
  ],
}

const headersOf = ({ chain }: Token) => ({ 'x-chain': chains[chain as keyof typeof chains] })

async function overview({ token, get, abort }: WatchAsk & { token: Token }) {
  const check = ({ data }: z.output<typeof Overview>) =>
    !data || sameAddress(data.address, token.address) ? null : 'the answer is of another token'
  const url = `${host}/token_overview?address=${token.address}`
  const answer = await get.timed(url, Overview, { headers: headersOf(token), check, abort })
  const { data } = answer.body
  if (!data) return []
  return figuresOf(toldOf(birdeye.id, token.id, answer), {
    priceUsd: data.price || null,
    liquidityUsd: data.liquidity,
    marketCapUsd: data.marketCap ?? data.mc,
    holders: data.holder,
    volume24hUsd: data.v24hUSD,
    buys24h: data.buy24h,
    sells24h: data.sell24h,
    traders24h: data.uniqueWallet24h,
  })
}

/** Whether pools are among the ten holders is not said, so they are taken for accounts. */
async function safety({ token, get, abort }: WatchAsk & { token: Token }) {
  const url = `${host}/token_security?address=${token.address}`
  const answer = await get.timed(url, Security, { headers: headersOf(token), abort })
  const { data } = answer.body
  if (!data) return []
  const told = toldOf(birdeye.id, token.id, answer)
  return [
    ...hazardsOf(told, {
      freezable: data.freezeAuthority ? true : data.freezeable,
      // A token of the first programme can always be passed on.
      sellRestricted: data.nonTransferable ?? (data.isToken2022 === false ? false : null),
    }),
    ...figuresOf(told, {
      developerRatio: shareOf(data.creatorPercentage),
      top10AccountsRatio: shareOf(data.top10UserPercent),
      supply: data.totalSupply,
    }),
  ]
}

const ErrorBody = z.object({ success: z.literal(false) })

/** `{ success: false, message }`, with a status that says it already but where that is 200. */
function readError(status: number, body: unknown): VendorError | null {
  if (status >= 400 || !ErrorBody.safeParse(body).success) return null
  return { mishap: 'refused', reason: 'refused the request' }
}
