import { minutes, round } from '@pumpiq/domain'
import { createChainValues } from '../chain-values.ts'
import { contractOf } from '../pools.ts'
import type { SimToken } from '../universe.ts'
import { answer, answerText, createBucket, type Vendor, type VendorNeeds } from './answer.ts'

/** DefiLlama without a key: api-docs.defillama.com. */

/** What is told is renewed this often. */
const renewedMs = minutes(5)
const prefixes: Readonly<Record<string, string>> = {
  ethereum: '',
  'binance-smart-chain': 'bsc:',
  base: 'base:',
  solana: 'solana:',
}
const chainNames: Readonly<Record<string, string>> = {
  ethereum: 'Ethereum',
  'binance-smart-chain': 'BSC',
  base: 'Base',
  solana: 'Solana',
}

export function createDefillama({ market, clock, limits }: VendorNeeds): Vendor {
  const values = createChainValues(market)
  const bucket = createBucket({ size: 300, perMs: 300 / minutes(1) })

  const chains = (at: number) =>
    values.chains(at).map(({ token, name, lockedUsd }) => ({
      gecko_id: token.key,
      tvl: round(lockedUsd, 4),
      tokenSymbol: token.symbol,
      cmcId: null,
      name,
      chainId: name === 'Ethereum' ? 1 : null,
    }))

  /** Volume of exchanges or fees in a day: of all chains, or of one; null where there is no such chain. */
  function overview(what: 'dexs' | 'fees', name: string | undefined, at: number): unknown {
    const all = values.chains(at)
    const asked = name === undefined ? all : all.filter((chain) => chain.name.toLowerCase() === name.toLowerCase())
    if (asked.length === 0) return null
    const total = asked.reduce((sum, { tradedUsd, feesUsd }) => sum + (what === 'dexs' ? tradedUsd : feesUsd), 0)
    return {
      totalDataChart: [],
      totalDataChartBreakdown: [],
      breakdown24h: null,
      chain: name === undefined ? null : asked[0]!.name,
      allChains: all.map((chain) => chain.name),
      total24h: round(total, 2),
      protocols: [],
    }
  }

  const protocols = (at: number) =>
    values.protocols(at).map(({ token, name, category, lockedUsd, changeRatio }, i) => ({
      id: String(i + 1),
      name,
      address: addressOf(token),
      symbol: token.symbol,
      url: 'https://defillama.com',
      chain: chainNames[contractOf(token)?.chain ?? ''] ?? 'Multi-Chain',
      category,
      slug: token.key,
      tvl: round(lockedUsd, 4),
      change_1h: null,
      change_1d: changeRatio === null ? null : 100 * changeRatio,
      change_7d: null,
      mcap: round(values.capUsd(token, at), 2),
      gecko_id: token.key,
    }))

  const stablecoins = (at: number) => ({
    peggedAssets: values.dollars(at).map(({ token, priceUsd, circulating }, i) => ({
      id: String(i + 1),
      name: token.name,
      symbol: token.symbol,
      gecko_id: token.key,
      pegType: 'peggedUSD',
      pegMechanism: 'fiat-backed',
      circulating: { peggedUSD: Math.round(circulating) },
      chains: ['Ethereum'],
      price: priceUsd,
    })),
  })

  function tell(pathname: string, at: number): unknown {
    const [, what, name] = /^\/overview\/(dexs|fees)(?:\/([^/]+))?$/.exec(pathname) ?? []
    if (what === 'dexs' || what === 'fees')
      return overview(what, name === undefined ? name : decodeURIComponent(name), at)
    if (pathname === '/v2/chains') return chains(at)
    if (pathname === '/protocols') return protocols(at)
    return pathname === '/stablecoins' ? stablecoins(at) : null
  }

  return function defillama(request) {
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    if (limits && !bucket(now)) return answerText('', { status: 429, headers, type: 'text/plain' })
    const body = tell(new URL(request.url).pathname, now - (now % renewedMs))
    return body === null
      ? answerText('Not Found', { status: 404, headers, type: 'text/plain' })
      : answer(body, { headers })
  }
}

/** Plain on Ethereum, behind the chain's name elsewhere; null without a contract. */
function addressOf(token: SimToken): string | null {
  const contract = contractOf(token)
  return contract && `${prefixes[contract.chain]}${contract.address}`
}
