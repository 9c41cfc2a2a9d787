import { minutes, priceOf, seconds, Token, TokenId } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { showable } from './listed.ts'
import type { CatalogueAsk, Source } from './source.ts'

const host = 'https://api.coingecko.com/api/v3'
const coinsPerPage = 250
const pagesAtMost = 40

const Markets = z.array(
  z.object({
    id: z.string().min(1),
    symbol: z.string(),
    name: z.string(),
    current_price: z.number().nonnegative().nullable(),
    market_cap: z.number().nonnegative().nullable(),
    market_cap_rank: z.int().positive().nullable(),
  }),
)
type Coin = z.output<typeof Markets>[number]

const Platforms = z.record(z.string(), z.string().nullable())
type Platforms = z.output<typeof Platforms>
const Coins = z.array(z.object({ id: z.string(), platforms: Platforms.optional() }))

const Chains = z.array(
  z.object({ id: z.string(), chain_identifier: z.int().nullable(), native_coin_id: z.string().nullable() }),
)
type Chain = z.output<typeof Chains>[number]

export const coingecko: Source = {
  id: 'coingecko',
  docs: 'https://docs.coingecko.com/reference/introduction',
  key: { header: 'x-cg-demo-api-key', required: false, budget: { calls: 80, perMs: minutes(1) } },
  // Without a key there is no promised number: 5 to 15 a minute an address were seen.
  budget: { calls: 5, perMs: minutes(1) },
  timeoutMs: seconds(20),
  throttledMs: minutes(1),
  readError,
  feeds: { catalogue },
}

/** The largest coins by market cap, each under the chain it is at home on. */
async function catalogue({ pages, get, abort, omit = () => {} }: CatalogueAsk): Promise<Token[]> {
  const chains = await get(`${host}/asset_platforms`, Chains, { check: notEmpty, abort })
  const listed = await get(`${host}/coins/list?include_platform=true`, Coins, { check: notEmpty, abort })
  const platformsOf = new Map(listed.map(({ id, platforms }) => [id, platforms]))
  const tokens = new Map<string, Token>()
  for (let page = 1; page <= Math.min(pages, pagesAtMost); page++) {
    const query = `vs_currency=usd&order=market_cap_desc&per_page=${coinsPerPage}&page=${page}`
    const coins = await get(`${host}/coins/markets?${query}`, Markets, { abort })
    for (const coin of coins) {
      const token = tokenOf(coin, platformsOf.get(coin.id), chains)
      if (typeof token === 'string') omit(coin.id, token)
      else if (tokens.has(token.id)) omit(coin.id, `${token.id} is already ${tokens.get(token.id)!.catalogueId}`)
      else tokens.set(token.id, token)
    }
    if (coins.length === 0) break
  }
  return [...tokens.values()]
}

/** These two lists are never empty: an empty one would turn every contract into a coin of its own. */
const notEmpty = (rows: readonly unknown[]): string | null => (rows.length === 0 ? 'the list is empty' : null)

/** The token, or why the coin cannot be one of ours. */
function tokenOf(coin: Coin, platforms: Platforms | undefined, chains: readonly Chain[]): Token | string {
  if (![coin.id, coin.symbol, coin.name].every(showable))
    return 'its id, ticker or name has characters that cannot be shown or kept'
  const home = platforms ? homeOf(coin, platforms, chains) : knownHome(coin.id, chains)
  if (!home) return 'the list of coins does not say where it is at home'
  const id = TokenId.safeParse(`${home.chain}:${home.address}`)
  if (!id.success) return `its address on ${home.chain} has characters that a token's name cannot have`
  const token = Token.safeParse({
    id: id.data,
    ...home,
    symbol: coin.symbol.trim().toUpperCase(),
    name: coin.name.trim(),
    catalogueId: coin.id,
    marketCapRank: coin.market_cap_rank,
    marketCapUsd: coin.market_cap,
    // A coin that nobody trades is told as 0: that is no price.
    priceUsd: coin.current_price ? priceOf(coin.current_price) : null,
  })
  return token.success ? token.data : `its ${String(token.error.issues[0]?.path[0])} is empty or too long`
}

/**
 * Where a coin is at home. A coin without contracts is the native one of its chain; of a chain the catalogue does not know, the chain
 * bears the coin's own id. A coin with contracts is the first of them, which is how the catalogue says where it was issued, unless that
 * is the very chain whose native coin it is.
 */
function homeOf(coin: Coin, platforms: Platforms, chains: readonly Chain[]): { chain: string; address: string } {
  const first = Object.entries(platforms).find(([chain, address]) => chain !== '' && address)
  if (!first) return { chain: nativeChain(coin.id, chains), address: 'native' }
  const [chain, address] = first
  if (chains.some(({ id, native_coin_id }) => id === chain && native_coin_id === coin.id))
    return { chain, address: 'native' }
  return { chain, address: /^0x[0-9a-fA-F]{40}$/.test(address!) ? address!.toLowerCase() : address! }
}

/** The home of a coin of which the list says nothing: known only when it is the native coin of a chain. */
const knownHome = (coinId: string, chains: readonly Chain[]) =>
  coinId in homes || chains.some(({ native_coin_id }) => native_coin_id === coinId)
    ? { chain: nativeChain(coinId, chains), address: 'native' }
    : null

/** Coins that pay for other chains too, where the catalogue's data do not tell which chain is theirs. */
const homes: Readonly<Record<string, string>> = { bitcoin: 'bitcoin', binancecoin: 'binance-smart-chain' }

/**
 * Of the chains that a coin pays for: its known home, the chain of its own name, one that is no EVM chain (it has no chain number: side
 * chains of other coins have one), the lowest chain number.
 */
function nativeChain(coinId: string, chains: readonly Chain[]): string {
  const known = homes[coinId]
  if (known) return known
  const own = chains
    .filter(({ native_coin_id }) => native_coin_id === coinId)
    .toSorted((a, b) => (a.chain_identifier ?? -1) - (b.chain_identifier ?? -1) || (a.id < b.id ? -1 : 1))
  return (own.find(({ id }) => id === coinId) ?? own[0])?.id ?? coinId
}

const Status = z.object({ error_code: z.int() })
const ErrorBody = z.union([z.object({ status: Status }), z.object({ error: z.object({ status: Status }) })])

/** Three envelopes: `{ error: text }`, `{ error: { status } }`, `{ status }`; only the last two have a code. */
function readError(status: number, body: unknown): VendorError | null {
  const parsed = status >= 400 ? ErrorBody.safeParse(body).data : undefined
  if (!parsed) return null
  const code = ('status' in parsed ? parsed.status : parsed.error.status).error_code
  if (status === 429 || code === 429) return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (status >= 500) return { mishap: 'server', reason: `is in trouble (code ${code})` }
  return { mishap: 'refused', reason: `refused the request (HTTP ${status}, code ${code})` }
}
