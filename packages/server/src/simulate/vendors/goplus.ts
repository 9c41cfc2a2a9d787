import { days, minutes } from '@pumpiq/domain'
import { addressOf } from '../address.ts'
import { chanceOf, purpose } from '../chance.ts'
import { contractOf, createPools, type SimPool } from '../pools.ts'
import { createSpot } from '../spot.ts'
import type { SimToken } from '../universe.ts'
import { answer, createBucket, type Vendor, type VendorNeeds } from './answer.ts'
import { evmReport, solanaReport, type Facts, type Holder } from './goplus-reports.ts'

/** GoPlus Security without a key: docs.gopluslabs.io. */

const chainNumbers: Readonly<Record<string, string>> = { '1': 'ethereum', '56': 'binance-smart-chain', '8453': 'base' }
/** Chains that the vendor knows and this market has no token on. */
const emptyChains: ReadonlySet<string> = new Set(['137', '42161', '10', '43114'])
const dead = {
  evm: '0x000000000000000000000000000000000000dead',
  solana: '1nc1nerator11111111111111111111111111111111',
}

export function createGoplus({ market, clock, limits }: VendorNeeds): Vendor {
  const pools = createPools(market)
  const spot = createSpot(market)
  const bucket = createBucket({ size: 30, perMs: 30 / minutes(1) })

  /** Ten who hold less and less of it: the first is the deepest pool. */
  function holdersOf(token: SimToken, chain: string, pool: SimPool | undefined): Holder[] {
    const index = spot.indexOf(token)
    const chance = chanceOf(market.seed, purpose.contract, index)
    return Array.from({ length: 10 }, (_, i) => ({
      address: i === 0 && pool ? pool.address : addressOf(market.seed, chain, index, 100 + i),
      share: 0.045 * 0.82 ** i * (0.8 + 0.4 * chance.uniform()),
      isPool: i === 0 && pool !== undefined,
    }))
  }

  /** Whose the pool's tokens are: burnt by whoever means well, kept by whoever will pull it. */
  function poolHolders(maker: string, form: 'evm' | 'solana', isTrap: boolean): Facts['poolHolders'] {
    const [burnt, kept] = isTrap ? [0, 0.97] : [0.96, 0.004]
    return [
      { address: dead[form], share: burnt, isLocked: true },
      { address: maker, share: kept, isLocked: false },
    ].filter(({ share }) => share > 0)
  }

  function factsOf(token: SimToken, chain: string, now: number): Facts {
    const index = spot.indexOf(token)
    const found = pools.of(token, now)
    const isTrap = token.role === 'honeypot'
    const maker = addressOf(market.seed, chain, index, 99)
    const { circulating, total } = token.supply
    const capUsd = (circulating ?? 0) * token.anchorUsd
    const ageDays = (now - token.listedAt) / days(1)
    return {
      token,
      isTrap,
      maker,
      pools: found,
      totalSupply: total,
      holderCount: Math.round(40 * Math.sqrt(Math.max(1e5, capUsd)) * (1 + 0.0003 * ageDays)),
      holders: holdersOf(token, chain, found[0]),
      poolHolders: poolHolders(maker, chain === 'solana' ? 'solana' : 'evm', isTrap),
    }
  }

  /** By address, EVM ones in small letters; what the vendor does not know is not in it. */
  function reports(chain: string, addresses: string, now: number): Record<string, unknown> {
    const isSolana = chain === 'solana'
    // Without a key it answers for the first address alone.
    const [first = ''] = addresses.split(',')
    const asked = isSolana ? first : first.toLowerCase()
    const token = market.tokens.find((one) => {
      const contract = contractOf(one)
      return contract?.chain === chain && contract.address === asked && spot.isTraded(one, now)
    })
    if (!token) return {}
    const facts = factsOf(token, chain, now)
    return { [asked]: isSolana ? solanaReport(facts) : evmReport(facts) }
  }

  function tell({ pathname, searchParams }: URL, now: number): Said {
    const chainId = /^\/api\/v1\/token_security\/(\w+)$/.exec(pathname)?.[1]
    const isSolana = pathname === '/api/v1/solana/token_security'
    if (chainId === undefined && !isSolana) return [5006, 'Parameter error']
    const chain = isSolana ? 'solana' : chainNumbers[chainId!]
    if (chain === undefined) return emptyChains.has(chainId!) ? [1, 'OK', {}] : [2018, 'ChainID not supported']
    const asked = searchParams.get('contract_addresses') ?? ''
    const shape = isSolana ? /^[1-9A-HJ-NP-Za-km-z]{32,44}(,|$)/ : /^0x[0-9a-fA-F]{40}(,|$)/
    return shape.test(asked) ? [1, 'OK', reports(chain, asked, now)] : [2004, 'Contract address format error']
  }

  return function goplus(request) {
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    if (limits && !bucket(now)) return tooOftenAsked(headers)
    const [code, message, result = null] = tell(new URL(request.url), now)
    return answer({ code, message, result }, { headers })
  }
}

type Said = readonly [code: number, message: string, result?: unknown]

/** With HTTP 200, as all it says. */
export const tooOftenAsked = (headers: Record<string, string> = {}): Response =>
  answer({ code: 4029, message: 'Request limit reached', result: null }, { headers })
