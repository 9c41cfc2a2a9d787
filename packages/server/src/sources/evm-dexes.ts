import { reservePoolFacts, rangePoolFacts, type PoolFacts } from './evm-pools.ts'
import { AddressWord, callData, words } from './evm-words.ts'
import type { RpcCall } from './json-rpc.ts'
import type { EvmChain } from './watch.ts'

/** Nodes that answer without a key, in the order they are asked. */
export const evmHosts: Readonly<Record<EvmChain, readonly string[]>> = {
  ethereum: ['https://ethereum.publicnode.com', 'https://eth.merkle.io', 'https://1rpc.io/eth'],
  'binance-smart-chain': ['https://bsc-mainnet.public.blastapi.io', 'https://binance.llamarpc.com'],
  'polygon-pos': ['https://polygon-bor.publicnode.com', 'https://polygon.drpc.org'],
  base: ['https://base.publicnode.com', 'https://mainnet.base.org'],
  'arbitrum-one': ['https://arbitrum.meowrpc.com'],
}

/** Something tokens trade against: a coin by its pool with a dollar, or a dollar. */
type Quote = { address: string; decimals: number; isDollar: boolean }
export type Dex = {
  /** The factory of pools by reserves (Uniswap v2 and its likes), and of pools by ranges (v3). */
  reserves: string
  ranges: string | null
  /** The chain's own coin, wrapped, first; then the dollar that prices it. */
  quotes: readonly [Quote, Quote, ...Quote[]]
}

const coin = (address: string): Quote => ({ address, decimals: 18, isDollar: false })
const dollar = (address: string, decimals: number): Quote => ({ address, decimals, isDollar: true })

/** Chains whose exchanges are looked at. */
export const dexes = {
  ethereum: {
    reserves: '0x5c69bee701ef814a2b6a3edd4b1652cb9cc5aa6f',
    ranges: '0x1f98431c8ad98523631ae4a59f267346ea31f984',
    quotes: [
      coin('0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'),
      dollar('0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', 6),
      dollar('0xdac17f958d2ee523a2206206994597c13d831ec7', 6),
    ],
  },
  'binance-smart-chain': {
    reserves: '0xca143ce32fe78f1f7019d7d551a6402fc5350c73',
    ranges: null,
    quotes: [
      coin('0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c'),
      dollar('0x55d398326f99059ff775485246999027b3197955', 18),
    ],
  },
} as const satisfies Partial<Record<EvmChain, Dex>>

/** Fees of v3 pools in hundredths of a basis point; a fee of its own for pools of dollars is left out. */
const fees = [500, 3_000, 10_000] as const

/** Where a pool of the token would be. The reference is the coin's own pool with a dollar, which prices the others. */
export type Place = { isReference: boolean; quote: Quote; pool: string } & ({ kind: 'reserves' } | { kind: 'ranges' })
type Unplaced = Omit<Place, 'pool'>
type Asking = { place: Unplaced; call: RpcCall<typeof AddressWord> }

const asked = (to: string, data: string) => ({
  method: 'eth_call',
  params: [{ to, data }, 'latest'],
  result: AddressWord,
})

/** Asks both factories for every pool that is looked at. */
export function pairCalls({ reserves, ranges, quotes }: Dex, token: string): Asking[] {
  const [own, reference] = quotes
  const pairOf = (a: string, b: string) => asked(reserves, callData('0xe6a43905', a, b))
  const others = quotes.filter(({ address }) => address !== token)
  return [
    { place: { isReference: true, kind: 'reserves', quote: reference }, call: pairOf(own.address, reference.address) },
    ...others.map((quote): Asking => ({
      place: { isReference: false, kind: 'reserves', quote },
      call: pairOf(token, quote.address),
    })),
    ...others.slice(0, ranges === null ? 0 : 2).flatMap((quote) =>
      fees.map((fee): Asking => ({
        place: { isReference: false, kind: 'ranges', quote },
        call: asked(ranges!, callData('0x1698ee82', token, quote.address, fee)),
      })),
    ),
  ]
}

const view = (to: string, data: string, least: number) => ({
  method: 'eth_call',
  params: [{ to, data }, 'latest'],
  result: words(least),
})

/** What has to be known of a pool: its reserves, or its price and what lies in it. */
export const poolCalls = ({ kind, pool, quote }: Place, token: string) =>
  kind === 'reserves'
    ? [view(pool, callData('0x0902f1ac'), 2)]
    : [
        view(pool, callData('0x3850c7bd'), 1),
        view(token, callData('0x70a08231', pool), 1),
        view(quote.address, callData('0x70a08231', pool), 1),
      ]

type Traded = { address: string; decimals: number }

/** Facts of every pool of the token that is filled and whose other side has a price in dollars. */
export function poolFactsOf(
  places: readonly Place[],
  results: readonly (readonly (bigint[] | null)[])[],
  token: Traded,
): PoolFacts[] {
  const coinUsd = coinPrice(places, results)
  return places.flatMap((place, i) => {
    const quoteUsd = place.quote.isDollar ? 1 : coinUsd
    if (place.isReference || quoteUsd === null) return []
    const facts = factsOf(place, results[i]!, token, quoteUsd)
    return facts ? [facts] : []
  })
}

/** What the chain's coin costs by the reserves of its pool with a dollar; null where there is no such pool. */
function coinPrice(places: readonly Place[], results: readonly (readonly (bigint[] | null)[])[]): number | null {
  const at = places.findIndex(({ isReference }) => isReference)
  const own = Object.values(dexes).find(({ quotes }) => quotes[1].address === places[at]?.quote.address)?.quotes[0]
  if (!own) return null
  return factsOf(places[at]!, results[at]!, own, 1)?.priceUsd ?? null
}

function factsOf(
  { kind, quote }: Place,
  results: readonly (bigint[] | null)[],
  token: Traded,
  quoteUsd: number,
): PoolFacts | null {
  const side = {
    isToken0: token.address < quote.address,
    tokenDecimals: token.decimals,
    quoteDecimals: quote.decimals,
    quoteUsd,
  }
  const [first, tokens, quotes] = results
  if (!first) return null
  if (kind === 'reserves') return reservePoolFacts({ ...side, reserve0: first[0]!, reserve1: first[1]! })
  if (!tokens || !quotes) return null
  return rangePoolFacts({ ...side, sqrtPriceX96: first[0]!, tokenBalance: tokens[0]!, quoteBalance: quotes[0]! })
}
