import { round, seconds } from '@pumpiq/domain'
import { capitalised, isSameAddress } from '../address.ts'
import { contractOf, createPools, type SimPool, type Window } from '../pools.ts'
import type { SimToken } from '../universe.ts'
import { answer, answerText, createBucket, type Vendor, type VendorNeeds } from './answer.ts'

/** DexScreener without a key: docs.dexscreener.com/api/reference. */

/** The catalogue's chains by the vendor's names. */
const chainIds: Readonly<Record<string, string>> = {
  ethereum: 'ethereum',
  base: 'base',
  'binance-smart-chain': 'bsc',
  solana: 'solana',
}
const pairsAtMost = 30
const addressesAtMost = 30
const windows: readonly Window[] = ['m5', 'h1', 'h6', 'h24']

export function createDexscreener({ market, clock, limits }: VendorNeeds): Vendor {
  const pools = createPools(market)
  const bucket = createBucket({ size: 300, perMs: 300 / seconds(60) })
  const contracts = market.tokens.flatMap((token) => {
    const contract = contractOf(token)
    return contract ? [{ token, chainId: chainIds[contract.chain]!, address: contract.address }] : []
  })
  type Contract = (typeof contracts)[number]

  const pairsOf = (found: readonly Contract[], now: number) =>
    found.flatMap(({ token, chainId, address }) =>
      pools.of(token, now).map((pool) => pairOf({ pool, token, chainId, address })),
    )
  const inside = (pairs: readonly unknown[]) => ({ schemaVersion: '1.0.0', pairs: pairs.slice(0, pairsAtMost) })
  const byAddresses = (text: string, chainId?: string) => {
    const asked = text.split(',').slice(0, addressesAtMost)
    return contracts.filter(
      (one) => (!chainId || one.chainId === chainId) && asked.some((address) => isSameAddress(address, one.address)),
    )
  }

  /** By ticker or a part of the name, or by address; the deepest first. */
  function search(text: string, now: number): unknown {
    const asked = text.trim().toLowerCase()
    const found = contracts.filter(
      ({ token: { symbol, name }, address }) =>
        symbol.toLowerCase() === asked || name.toLowerCase().includes(asked) || isSameAddress(address, text.trim()),
    )
    return inside(pairsOf(found, now).toSorted((a, b) => b.liquidity.usd - a.liquidity.usd))
  }

  /** Whoever was listed last has paid for a profile. */
  function profiles(now: number): unknown {
    return contracts
      .filter(({ token: { listedAt, delistedAt } }) => listedAt <= now && (delistedAt === null || now < delistedAt))
      .toSorted((a, b) => b.token.listedAt - a.token.listedAt)
      .slice(0, 5)
      .map(({ token, chainId, address }) => ({
        url: `https://dexscreener.com/${chainId}/${address.toLowerCase()}`,
        chainId,
        tokenAddress: capitalised(address),
        description: `${token.name}, a token of the simulated market`,
        links: [],
      }))
  }

  function tell({ pathname, searchParams }: URL, now: number): unknown {
    if (pathname === '/latest/dex/search') return search(searchParams.get('q') ?? '', now)
    if (pathname === '/token-profiles/latest/v1') return profiles(now)
    const across = /^\/latest\/dex\/tokens\/([^/]+)$/.exec(pathname)
    if (across) return inside(pairsOf(byAddresses(across[1]!), now))
    const [, list, chainId = '', addresses = ''] = /^\/(token-pairs|tokens)\/v1\/([^/]+)\/([^/]+)$/.exec(pathname) ?? []
    return list ? pairsOf(byAddresses(addresses, chainId), now).slice(0, pairsAtMost) : null
  }

  return function dexscreener(request) {
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString(), 'cache-control': 'public, max-age=60' }
    if (limits && !bucket(now)) return answerText('', { status: 429, headers, type: 'text/plain' })
    const body = tell(new URL(request.url), now)
    return body === null ? answer({ message: 'Not Found' }, { status: 404, headers }) : answer(body, { headers })
  }
}

type Known = { pool: SimPool; token: SimToken; chainId: string; address: string }

/** A pool as the vendor shows it: of a turned one, everything is of the quote's side. */
function pairOf({ pool, token, chainId, address }: Known) {
  const { quote, turned, priceUsd, quoteUsd, liquidityUsd, traded } = pool
  const own = { address: capitalised(address), name: token.name, symbol: token.symbol, usd: priceUsd }
  const other = { address: capitalised(quote.address), name: quote.name, symbol: quote.symbol, usd: quoteUsd }
  const [{ usd: baseUsd, ...baseToken }, { usd: againstUsd, ...quoteToken }] = turned ? [other, own] : [own, other]
  const each = <Value>(of: (window: Window) => Value) => Object.fromEntries(windows.map((name) => [name, of(name)]))
  const { circulating, total } = token.supply
  return {
    chainId,
    dexId: pool.dex,
    url: `https://dexscreener.com/${chainId}/${pool.address.toLowerCase()}`,
    pairAddress: capitalised(pool.address),
    baseToken,
    quoteToken,
    priceNative: decimal(baseUsd / againstUsd),
    priceUsd: decimal(baseUsd),
    txns: each((name) => {
      const { buys, sells } = traded[name]
      return turned ? { buys: sells, sells: buys } : { buys, sells }
    }),
    volume: each((name) => round(traded[name].usd, 2)),
    // A turned pool's change is the quote's, which is not told here.
    ...(!turned && { priceChange: each((name) => round(100 * traded[name].moved, 2)) }),
    liquidity: {
      usd: round(liquidityUsd, 2),
      base: round(liquidityUsd / 2 / baseUsd, 4),
      quote: round(liquidityUsd / 2 / againstUsd, 4),
    },
    ...(!turned && total !== null && { fdv: Math.round(total * priceUsd) }),
    ...(!turned && circulating !== null && { marketCap: Math.round(circulating * priceUsd) }),
    pairCreatedAt: pool.openedAt,
  }
}

/** Eight digits of a number, without exponent. */
function decimal(value: number): string {
  const places = Math.max(0, Math.min(30, 8 - Math.ceil(Math.log10(value))))
  const text = value.toFixed(places)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
