import { days, hours, minutes, seconds, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { Decimal } from './bars.ts'
import { EvmAddress, Whole } from './etherscan-like.ts'
import { quotient } from './exact.ts'
import { figuresOf, toldOf } from './seen.ts'
import { isBurnt } from './shares.ts'
import type { Source } from './source.ts'
import { evmChains, isEvmToken, isNative, type EvmChain, type WatchAsk } from './watch.ts'

type TokenAsk = WatchAsk & { token: Token }

export const blockscout: Source = {
  id: 'blockscout',
  docs: 'https://docs.blockscout.com/devs/pro-api',
  // Answers came without a key too; five a second and 100,000 credits a day are what a free key is promised.
  key: {
    query: 'apikey',
    required: false,
    budget: { calls: 4, perMs: seconds(1) },
    quota: { calls: 4_000, perMs: days(1) },
  },
  budget: { calls: 2, perMs: seconds(1) },
  quota: { calls: 2_000, perMs: days(1) },
  timeoutMs: seconds(10),
  readError,
  feeds: {},
  watches: [
    { name: 'token', kind: 'onchain', about: 'token', calls: 1, freshMs: minutes(30), serves, see: token },
    { name: 'holders', kind: 'onchain', about: 'token', calls: 2, freshMs: hours(2), serves, see: holders },
    { name: 'chain', kind: 'onchain', about: 'token', calls: 1, freshMs: minutes(10), serves: isCoin, see: chain },
  ],
}

/** It has no explorer of BNB Smart Chain. */
const isServed = ({ chain: name }: Token): boolean => name in evmChains && name !== 'binance-smart-chain'

function serves(of: Token): boolean {
  return isEvmToken(of) && isServed(of)
}

function isCoin(of: Token): boolean {
  return isNative(of) && isServed(of)
}

const api = ({ chain: name }: Token): string =>
  `https://api.blockscout.com/${evmChains[name as EvmChain].number}/api/v2`

const Usd = Decimal.nullish()
/** `holders` became `holders_count`; either may be there. Amounts are raw, worths in dollars. */
const Info = z.object({
  address_hash: EvmAddress.optional(),
  address: EvmAddress.optional(),
  decimals: z
    .string()
    .regex(/^\d{1,2}$/, 'expected decimals')
    .transform(Number)
    .nullable(),
  total_supply: Whole.nullable(),
  holders_count: Whole.nullish(),
  holders: Whole.nullish(),
  exchange_rate: Usd,
  circulating_market_cap: Usd,
  volume_24h: Usd,
})

async function infoOf({ token: of, get, abort }: TokenAsk) {
  const check = ({ address_hash, address }: z.output<typeof Info>) =>
    (address_hash ?? address)?.toLowerCase() === of.address ? null : 'the answer is of another token'
  const answer = await get.timed(`${api(of)}/tokens/${of.address}`, Info, { check, abort })
  return { said: answer.body, told: toldOf(blockscout.id, of.id, answer) }
}

async function token(ask: TokenAsk): Promise<Observation[]> {
  const { said, told } = await infoOf(ask)
  const { decimals, total_supply: supply } = said
  const count = said.holders_count ?? said.holders
  return figuresOf(told, {
    supply: supply === null || decimals === null ? null : quotient(supply, 1n, -decimals),
    holders: count === null || count === undefined ? null : Number(count),
    // What nobody trades is told as 0: that is no price.
    priceUsd: said.exchange_rate || null,
    marketCapUsd: said.circulating_market_cap || null,
    volume24hUsd: said.volume_24h,
  })
}

const Holder = z.object({
  address: z.object({ hash: EvmAddress, is_contract: z.boolean().nullish(), proxy_type: z.string().nullish() }),
  value: Whole,
})
type Holder = z.output<typeof Holder>
const Holders = z.object({ items: z.array(Holder) })

/** A wallet that lent its address to code (EIP-7702) is one still; any other contract is a pool, a lock or a vault. */
const isWallet = ({ address: { hash, is_contract, proxy_type } }: Holder): boolean =>
  !isBurnt(hash) && (!is_contract || proxy_type === 'eip7702')

/** The largest fifty: the ten first of them as they stand, and without contracts and what is burnt. */
async function holders(ask: TokenAsk): Promise<Observation[]> {
  const { said, told } = await infoOf(ask)
  const { items } = await ask.get(`${api(ask.token)}/tokens/${ask.token.address}/holders`, Holders, {
    abort: ask.abort,
  })
  const supply = said.total_supply
  if (items.length === 0 || !supply) return []
  const share = (of: readonly Holder[]) =>
    quotient(
      of.slice(0, 10).reduce((sum, { value }) => sum + value, 0n),
      supply,
    )
  const largest = items.toSorted((a, b) => (a.value > b.value ? -1 : a.value < b.value ? 1 : 0))
  const people = largest.filter(isWallet)
  const hasTen = people.length >= 10 || items.length < itemsAPage
  return figuresOf(told, { top10Ratio: hasTen ? share(people) : null, top10AccountsRatio: share(largest) })
}
const itemsAPage = 50

const Stats = z.object({
  coin_price: Usd,
  gas_prices: z.object({ average: z.number().nonnegative().nullable() }).nullable(),
})

/** The chain's own coin. */
async function chain({ token: of, get, abort }: TokenAsk): Promise<Observation[]> {
  const answer = await get.timed(`${api(of)}/stats`, Stats, { abort })
  return figuresOf(toldOf(blockscout.id, of.id, answer), {
    priceUsd: answer.body.coin_price || null,
    gasPriceGwei: answer.body.gas_prices?.average,
  })
}

const ErrorBody = z.object({ message: z.string() })

function readError(status: number, body: unknown): VendorError | null {
  if (status === 401 || status === 402 || status === 403)
    return { mishap: 'refused', reason: `wants a key, or another one (HTTP ${status})` }
  if (status !== 404 && status !== 422) return null
  return ErrorBody.safeParse(body).success
    ? { mishap: 'absent', reason: 'knows no such token' }
    : { mishap: 'refused', reason: `has no such page (HTTP ${status})` }
}
