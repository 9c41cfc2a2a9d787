import { days, hours, minutes, seconds, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { mishapFailure } from '../network/mishap.ts'
import { skewMs } from './bars.ts'
import { quotient } from './exact.ts'
import { figuresOf, hazardsOf, toldOf } from './seen.ts'
import { Address } from './solana-accounts.ts'
import { topTenRatio, walletsOf, type Holding } from './solana-holders.ts'
import type { Source } from './source.ts'
import { isSolanaToken, type WatchAsk } from './watch.ts'

const host = 'https://pro-api.solscan.io/v2.0'
const holdersAPage = 40
const transfersAPage = 100
const transferPagesAtMost = 5

type TokenAsk = WatchAsk & { token: Token }

export const solscan: Source = {
  id: 'solscan',
  docs: 'https://pro-api.solscan.io/pro-api-docs/v2.0',
  // Paid: without a key there is nothing.
  key: { header: 'token', required: true },
  // What a plan allows is not published: a thousand a minute is told, we stay far below.
  budget: { calls: 5, perMs: seconds(1) },
  throttledMs: minutes(1),
  timeoutMs: seconds(10),
  readError,
  feeds: {},
  watches: [
    { name: 'meta', kind: 'onchain', about: 'token', calls: 1, freshMs: minutes(30), serves: isSolanaToken, see: meta },
    {
      name: 'holders',
      kind: 'onchain',
      about: 'token',
      calls: 2,
      freshMs: hours(2),
      serves: isSolanaToken,
      see: holders,
    },
    {
      name: 'whales',
      kind: 'onchain',
      about: 'token',
      calls: 7,
      freshMs: hours(6),
      serves: isSolanaToken,
      see: whales,
    },
  ],
}

const enveloped = <S extends z.ZodType>(data: S) => z.object({ success: z.literal(true), data })

const Positive = z.number().nonnegative().nullish()
const Meta = enveloped(
  z.object({
    address: Address,
    decimals: z.int().min(0).max(255),
    supply: z
      .string()
      .regex(/^\d{1,30}$/, 'expected a whole number in a string')
      .transform((text) => BigInt(text)),
    holder: z.int().nonnegative().nullish(),
    creator: z.string().nullish(),
    mint_authority: z.string().nullable(),
    freeze_authority: z.string().nullable(),
    price: Positive,
    volume_24h: Positive,
    market_cap: Positive,
  }),
)

async function metaOf({ token, get, abort }: TokenAsk) {
  const check = ({ data }: z.output<typeof Meta>) =>
    data.address === token.address ? null : 'the answer is of another token'
  const answer = await get.timed(`${host}/token/meta?address=${token.address}`, Meta, { check, abort })
  return { said: answer.body.data, told: toldOf(solscan.id, token.id, answer) }
}

async function meta(ask: TokenAsk): Promise<Observation[]> {
  const { said, told } = await metaOf(ask)
  return [
    ...figuresOf(told, {
      supply: quotient(said.supply, 1n, -said.decimals),
      holders: said.holder,
      // A token nobody trades is told as 0: that is no price.
      priceUsd: said.price || null,
      marketCapUsd: said.market_cap || null,
      volume24hUsd: said.volume_24h,
    }),
    ...hazardsOf(told, { mintable: Boolean(said.mint_authority), freezable: Boolean(said.freeze_authority) }),
  ]
}

/** Raw amounts are JSON numbers: above 2^53 their last digits are lost, which no share shows. */
const Raw = z
  .number()
  .nonnegative()
  .refine(Number.isInteger, 'expected a whole number')
  .transform((value) => BigInt(value))
const Holders = enveloped(z.object({ items: z.array(z.object({ owner: Address, amount: Raw })) }))

async function holdingsOf({ token, get, abort }: TokenAsk): Promise<Holding[]> {
  const query = `address=${token.address}&page=1&page_size=${holdersAPage}`
  return (await get(`${host}/token/holders?${query}`, Holders, { abort })).data.items
}

/** What the ten largest hold, and who made it. */
async function holders(ask: TokenAsk): Promise<Observation[]> {
  const { said, told } = await metaOf(ask)
  const holdings = await holdingsOf(ask)
  if (holdings.length === 0 || said.supply === 0n) return []
  const isAll = holdings.length < holdersAPage
  const made = holdings.filter(({ owner }) => owner === said.creator)
  const held = made.reduce((sum, { amount }) => sum + amount, 0n)
  return figuresOf(told, {
    top10Ratio: topTenRatio(holdings, said.supply, isAll),
    // Who is not in a list that is cut off holds something that is not told.
    developerRatio: said.creator && (isAll || made.length > 0) ? quotient(held, said.supply) : null,
  })
}

const Transfers = enveloped(
  z.array(z.object({ block_time: z.int().positive(), from_address: z.string(), to_address: z.string(), amount: Raw })),
)
type Transfer = z.output<typeof Transfers>['data'][number]

/** Transfers of a day that move at least a ten-thousandth of the supply, newest first; where there are more than we read there is no answer. */
async function transfersOf({ token, now, get, abort }: TokenAsk, supply: bigint): Promise<Transfer[]> {
  const [from, to] = [now - days(1), now].map((at) => Math.floor(at / 1_000))
  const rows: Transfer[] = []
  for (let page = 1; page <= transferPagesAtMost; page++) {
    const query = new URLSearchParams({
      address: token.address,
      page: String(page),
      page_size: String(transfersAPage),
      sort_by: 'block_time',
      sort_order: 'desc',
    })
    query.append('activity_type[]', 'ACTIVITY_SPL_TRANSFER')
    for (const at of [from, to]) query.append('block_time[]', String(at))
    for (const amount of [supply / 10_000n, supply]) query.append('amount[]', String(amount))
    const { data } = await get(`${host}/token/transfer?${query}`, Transfers, { abort })
    if (data.some(({ block_time }) => block_time * 1_000 > now + skewMs))
      throw mishapFailure({ source: solscan.id, mishap: 'drift' }, 'answered a transfer from the future')
    rows.push(...data.filter(({ block_time }) => block_time >= from! && block_time * 1_000 <= now))
    if (data.length < transfersAPage) return rows
  }
  const why = `has more large transfers of a day than the ${transfersAPage * transferPagesAtMost} we read`
  throw mishapFailure({ source: solscan.id, mishap: 'absent' }, why)
}

/** What the largest wallets of now took in less what they gave away within a day, in dollars of now. */
async function whales(ask: TokenAsk): Promise<Observation[]> {
  const { said, told } = await metaOf(ask)
  if (!said.price || said.supply === 0n) return []
  const largest = new Set(walletsOf(await holdingsOf(ask)).map(({ owner }) => owner))
  const transfers = await transfersOf(ask, said.supply)
  if (largest.size === 0) return []
  const net = transfers.reduce((sum, { from_address: from, to_address: to, amount }) => {
    return sum + (largest.has(to) ? amount : 0n) - (largest.has(from) ? amount : 0n)
  }, 0n)
  return figuresOf(told, { whaleNet24hUsd: quotient(net, 1n, -said.decimals) * said.price })
}

const ErrorBody = z.object({ success: z.literal(false), errors: z.object({ code: z.int() }).optional() })

/** 1100 is an address that cannot be: ours always can, so it is one it does not know. */
function readError(status: number, body: unknown): VendorError | null {
  if (status === 401 || status === 403)
    return { mishap: 'refused', reason: `does not take our key, or not for this (HTTP ${status})` }
  const said = ErrorBody.safeParse(body).data
  if (!said || status >= 500 || status === 429) return null
  if (status === 404 || said.errors?.code === 1100) return { mishap: 'absent', reason: 'knows no such token' }
  return { mishap: 'refused', reason: `refused the request (code ${said.errors?.code ?? 'unknown'})` }
}
