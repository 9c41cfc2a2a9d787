import { days, hours, minutes, seconds, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { mishapFailure } from '../network/mishap.ts'
import { quotient } from './exact.ts'
import { askRpc, readRpcError } from './json-rpc.ts'
import { curveAddress, decodeCurve, isCurveOwner } from './pumpfun-curve.ts'
import { figuresOf, hazardsOf, toldOf } from './seen.ts'
import { accountOf, Address } from './solana-accounts.ts'
import { isWallet, topTenRatio, walletsOf, type Holding } from './solana-holders.ts'
import { heldADayAgo } from './solana-flows.ts'
import { largestOf } from './solana-largest.ts'
import type { Source } from './source.ts'
import { isSolanaToken, type Watch, type WatchAsk } from './watch.ts'

const url = 'https://mainnet.helius-rpc.com/'
const pagesAtMost = 10
const rowsAtMost = 1_000

type TokenAsk = WatchAsk & { token: Token }

function watch(name: string, calls: number, freshMs: number, see: (ask: TokenAsk) => Promise<Observation[]>): Watch {
  return { name, kind: 'onchain', about: 'token', calls, freshMs, serves: isSolanaToken, see }
}

export const helius: Source = {
  id: 'helius',
  docs: 'https://www.helius.dev/docs/api-reference',
  key: { query: 'api-key', required: true },
  // Its index answers twice a second on the free plan; a month has a million credits, of which a page takes ten.
  budget: { calls: 2, perMs: seconds(1) },
  quota: { calls: 3_000, perMs: days(1) },
  throttledMs: seconds(5),
  timeoutMs: seconds(10),
  readError,
  feeds: {},
  watches: [
    watch('asset', 1, minutes(30), asset),
    watch('holders', 12, hours(6), holders),
    watch('wallets', 12, hours(6), wallets),
    watch('whales', 23, hours(6), whales),
  ],
}

/** Raw amounts are JSON numbers: above 2^53 their last digits are lost, which no share shows. */
const Raw = z
  .number()
  .nonnegative()
  .refine(Number.isInteger, 'expected a whole number')
  .transform((value) => BigInt(value))
const Info = z.object({
  supply: Raw,
  decimals: z.int().min(0).max(255),
  mint_authority: z.string().nullish(),
  freeze_authority: z.string().nullish(),
  price_info: z.object({ price_per_token: z.number().positive(), currency: z.string() }).nullish(),
})
const Asset = z.object({ id: Address, token_info: Info.optional() })

/** What the index says of a mint; null where it is no token. An authority that is not told was given up. */
async function infoOf({ token, get, abort }: TokenAsk) {
  const call = { method: 'getAsset', params: { id: token.address }, result: Asset }
  const answer = await askRpc(get, url, [call], { abort })
  const [{ id, token_info: info }] = answer.body
  if (id !== token.address) throw mishapFailure({ source: helius.id, mishap: 'drift' }, 'answered of another token')
  if (!info) throw mishapFailure({ source: helius.id, mishap: 'absent' }, 'has no token at this address')
  return { info, told: toldOf(helius.id, token.id, answer) }
}

async function asset(ask: TokenAsk): Promise<Observation[]> {
  const { info, told } = await infoOf(ask)
  const { price_info: price } = info
  return [
    ...figuresOf(told, {
      supply: quotient(info.supply, 1n, -info.decimals),
      // USDC is taken for the dollar.
      priceUsd: price && price.currency === 'USDC' ? price.price_per_token : null,
    }),
    ...hazardsOf(told, { mintable: Boolean(info.mint_authority), freezable: Boolean(info.freeze_authority) }),
  ]
}

const Page = z.object({
  token_accounts: z.array(z.object({ owner: Address, amount: Raw })),
  cursor: z.string().nullish(),
})

async function pageOf({ token, get, abort }: TokenAsk, cursor: string | null): Promise<z.output<typeof Page>> {
  const params = { mint: token.address, limit: rowsAtMost, ...(cursor && { cursor }) }
  const call = { method: 'getTokenAccounts', params, result: Page }
  const [page] = (await askRpc(get, url, [call], { abort })).body
  return page
}

/** Every account of a token, page by page; of one with more than we read there is no answer. */
async function accountsOf(ask: TokenAsk): Promise<Holding[]> {
  const holdings: Holding[] = []
  let cursor: string | null = null
  for (let page = 0; page < pagesAtMost; page++) {
    const { token_accounts: rows, cursor: next } = await pageOf(ask, cursor)
    holdings.push(...rows)
    if (!next || rows.length < rowsAtMost) return holdings
    cursor = next
  }
  const why = `has more accounts of this token than the ${pagesAtMost * rowsAtMost} we read`
  throw mishapFailure({ source: helius.id, mishap: 'absent' }, why)
}

const CurveAccount = accountOf(isCurveOwner, decodeCurve)

/** How many hold it, and how much the largest and the maker do. */
async function holders(ask: TokenAsk): Promise<Observation[]> {
  const { token, get, abort } = ask
  const { info, told } = await infoOf(ask)
  const holdings = await accountsOf(ask)
  if (holdings.length === 0 || info.supply === 0n) return []
  const params = [curveAddress(token.address), { encoding: 'base64', commitment: 'confirmed' }]
  const call = { method: 'getAccountInfo', params, result: CurveAccount }
  const [curve] = (await askRpc(get, url, [call], { abort })).body
  const held = holdings.filter(({ owner }) => owner === curve?.creator).reduce((sum, { amount }) => sum + amount, 0n)
  return figuresOf(told, {
    holders: new Set(holdings.filter(({ amount }) => amount > 0n).map(({ owner }) => owner)).size,
    top10Ratio: topTenRatio(holdings, info.supply, true),
    developerRatio: curve?.creator ? quotient(held, info.supply) : null,
  })
}

/** A wallet is fresh for a week, and while it has signed so few times that one page shows its first. */
const freshForMs = days(7)
const signaturesAtMost = 100
const Signatures = z.array(z.object({ blockTime: z.int().nullable() }))

/** The share of the supply that lies with wallets made within the last week, of the ten largest. */
async function wallets({ token, now, get, abort }: TokenAsk): Promise<Observation[]> {
  const { supply, holdings, heard } = await largestOf({ url, mint: token.address, get, abort })
  if (holdings.length === 0 || supply === 0n) return []
  let fresh = 0n
  for (const { owner, amount } of walletsOf(holdings).slice(0, 10)) {
    const call = { method: 'getSignaturesForAddress', params: [owner, { limit: signaturesAtMost }], result: Signatures }
    const [signatures] = (await askRpc(get, url, [call], { abort })).body
    const first = signatures.at(-1)?.blockTime
    // Who never signed was only sent to: nobody knows how old the wallet is, and it costs nothing to make.
    const isFresh = signatures.length < signaturesAtMost && (first ?? now / 1_000) * 1_000 > now - freshForMs
    if (isFresh) fresh += amount
  }
  return figuresOf(toldOf(helius.id, token.id, heard), { freshWalletRatio: quotient(fresh, supply) })
}

/** What the ten largest accounts of wallets took in less what they gave away within a day, in dollars of now. */
async function whales(ask: TokenAsk): Promise<Observation[]> {
  const { token, get, abort, now } = ask
  const { info, told } = await infoOf(ask)
  const price = info.price_info
  if (price?.currency !== 'USDC')
    throw mishapFailure({ source: helius.id, mishap: 'absent' }, 'has no price of this token')
  const { holdings } = await largestOf({ url, mint: token.address, get, abort })
  const largest = holdings.filter(({ owner }) => isWallet(owner)).slice(0, 10)
  if (largest.length === 0) return []
  let net = 0n
  for (const one of largest) {
    const before = await heldADayAgo({ get, now, abort, url, mint: token.address }, one)
    if (before === null)
      throw mishapFailure({ source: helius.id, mishap: 'absent' }, 'has too many transactions of a day')
    net += one.amount - before
  }
  return figuresOf(told, { whaleNet24hUsd: quotient(net, 1n, -info.decimals) * price.price_per_token })
}

/** A key that is not taken, and a month's credits that are gone, say so in the status. */
function readError(status: number, body: unknown): VendorError | null {
  if (status === 401 || status === 403) return { mishap: 'refused', reason: `does not take our key (HTTP ${status})` }
  if (status === 429) return { mishap: 'throttled', reason: 'says that we ask too often, or that the month is used up' }
  return readRpcError(status, body)
}
