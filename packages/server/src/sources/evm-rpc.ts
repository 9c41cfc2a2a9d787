import { minutes, seconds, type Observation, type Token } from '@pumpiq/domain'
import type { Answer } from '../network/asked.ts'
import { mishapFailure, mishapOf } from '../network/mishap.ts'
import { dexes, evmHosts, pairCalls, poolCalls, poolFactsOf, type Dex } from './evm-dexes.ts'
import { callData, Quantity, Word } from './evm-words.ts'
import { quotient } from './exact.ts'
import { askRpc, readRpcError, type RpcCall } from './json-rpc.ts'
import { figuresOf, hazardsOf, toldOf } from './seen.ts'
import { poolsTogether } from './evm-pools.ts'
import type { Source } from './source.ts'
import { isEvmToken, isNative, type EvmChain, type WatchAsk } from './watch.ts'

const gweiDecimals = 9
/** Decimals are a byte, but no supply of 256 bits has more digits than this. */
const decimalsAtMost = 77n
/** Where a proxy keeps the address of its code (EIP-1967). */
const codeSlot = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc'

type TokenAsk = WatchAsk & { token: Token }

export const evmRpc: Source = {
  id: 'evm-rpc',
  docs: 'https://ethereum.org/developers/docs/apis/json-rpc',
  key: 'none',
  // Public nodes promise no number: five a second were kept to.
  budget: { calls: 4, perMs: seconds(1) },
  throttledMs: seconds(10),
  readError: readRpcError,
  feeds: {},
  watches: [
    {
      name: 'contract',
      kind: 'onchain',
      about: 'token',
      calls: 3,
      freshMs: minutes(30),
      serves: isEvmToken,
      see: contract,
    },
    { name: 'pools', kind: 'onchain', about: 'token', calls: 6, serves: isTraded, see: pools },
    { name: 'gas', kind: 'onchain', about: 'token', calls: 3, serves: isChain, see: gas },
  ],
}

function isTraded(token: Token): boolean {
  return isEvmToken(token) && token.chain in dexes
}

function isChain(token: Token): boolean {
  return isNative(token) && token.chain in evmHosts
}

/** Asks the chain's nodes one after the other until one of them answers; what another node would say too is not asked again. */
async function askChain<const C extends readonly RpcCall[]>({ token, get, abort }: TokenAsk, calls: C) {
  const hosts = evmHosts[token.chain as EvmChain]
  for (const [i, host] of hosts.entries()) {
    const isLast = i === hosts.length - 1
    try {
      return await askRpc(get, host, calls, isLast ? { abort } : { abort, attempts: 1 })
    } catch (thrown) {
      if (isLast || ['absent', 'busy', 'aborted', null].includes(mishapOf(thrown))) throw thrown
    }
  }
  throw mishapFailure({ source: evmRpc.id, mishap: 'absent' }, `has no node of ${token.chain}`)
}

const view = (to: string, data: string) => ({ method: 'eth_call', params: [{ to, data }, 'latest'], result: Word })
const decimalsCall = (token: Token) => view(token.address, callData('0x313ce567'))

function decimalsOf(word: bigint | null): number {
  if (word !== null && word <= decimalsAtMost) return Number(word)
  throw mishapFailure({ source: evmRpc.id, mishap: 'absent' }, 'has no ERC-20 contract at this address')
}

/** Supply, and whether the code behind the address can be changed; other kinds of proxies than EIP-1967 are not seen. */
async function contract(ask: TokenAsk): Promise<Observation[]> {
  const { token } = ask
  const answer = await askChain(ask, [
    decimalsCall(token),
    view(token.address, callData('0x18160ddd')),
    { method: 'eth_getStorageAt', params: [token.address, codeSlot, 'latest'], result: Word },
  ])
  const [decimals, supply, code] = answer.body
  const told = toldOf(evmRpc.id, token.id, answer)
  const shift = -decimalsOf(decimals)
  return [
    ...figuresOf(told, { supply: supply === null ? null : quotient(supply, 1n, shift) }),
    ...hazardsOf(told, { upgradeable: code === null || code === 0n ? null : true }),
  ]
}

/** Price and liquidity of the usual pools; empty where the exchanges have none. */
async function pools(ask: TokenAsk): Promise<Observation[]> {
  const { token } = ask
  const dex: Dex = dexes[token.chain as keyof typeof dexes]
  const asked = pairCalls(dex, token.address)
  const first = await askChain(ask, [decimalsCall(token), ...asked.map(({ call }) => call)])
  const [decimals, ...found] = first.body
  const tokenDecimals = decimalsOf(decimals)
  const places = asked.flatMap(({ place }, i) => (found[i] ? [{ ...place, pool: found[i] }] : []))
  if (!places.some(({ isReference }) => !isReference)) return []
  if (!places.some(({ isReference }) => isReference))
    throw mishapFailure({ source: evmRpc.id, mishap: 'drift' }, 'knows pools of the token and none of the coin’s')
  const calls = places.map((place) => poolCalls(place, token.address))
  const second: Answer<readonly unknown[]> = await askChain(ask, calls.flat())
  const results = calls.map((own, i) => {
    const from = calls.slice(0, i).flat().length
    return second.body.slice(from, from + own.length) as (bigint[] | null)[]
  })
  const facts = poolFactsOf(places, results, { address: token.address, decimals: tokenDecimals })
  const together = poolsTogether(facts)
  return figuresOf(toldOf(evmRpc.id, token.id, second), {
    priceUsd: together?.priceUsd || null,
    liquidityUsd: together?.liquidityUsd,
  })
}

/** What a unit of gas costs now. */
async function gas(ask: TokenAsk): Promise<Observation[]> {
  const answer = await askChain(ask, [{ method: 'eth_gasPrice', params: [], result: Quantity }])
  const gasPriceGwei = quotient(answer.body[0], 1n, -gweiDecimals)
  return figuresOf(toldOf(evmRpc.id, ask.token.id, answer), { gasPriceGwei })
}
