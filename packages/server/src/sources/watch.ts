import type { Kind, Observation, Token } from '@pumpiq/domain'
import type { Get } from '../network/asked.ts'

/** What a watch is asked. `now` is the instant (epoch ms) the caller stands at: nothing observed later comes out. */
export type WatchAsk = { now: number; get: Get; abort?: AbortSignal | undefined }

type Common = {
  /** Names it among its source's: `pools`, `safety`, `posts`. */
  name: string
  kind: Kind
  /** Asked again after so long at the earliest; the kind's refresh unless said. For what changes slowly or costs much. */
  freshMs?: number
  /** The most calls of the budget that one asking takes. */
  calls: number
}

/**
 * One thing a vendor tells when asked, other than candles and prices. Answers empty only when the vendor says that there is none, and
 * throws when it could not ask: notFound where the vendor does not know the token.
 */
export type Watch =
  | (Common & {
      about: 'token'
      /** Whether the vendor could know the token at all; of others it is not asked, and that is no gap. */
      serves(token: Token): boolean
      see(ask: WatchAsk & { token: Token }): Promise<Observation[]>
    })
  | (Common & { about: 'market'; see(ask: WatchAsk): Promise<Observation[]> })

/** Chains by the names our tokens bear (the catalogue's). */
export const evmChains = {
  ethereum: { number: 1 },
  'binance-smart-chain': { number: 56 },
  'polygon-pos': { number: 137 },
  base: { number: 8453 },
  'arbitrum-one': { number: 42161 },
} as const satisfies Readonly<Record<string, { number: number }>>
export type EvmChain = keyof typeof evmChains

export const isEvmToken = ({ chain, address }: Token): boolean => chain in evmChains && /^0x[0-9a-f]{40}$/.test(address)

export const isSolanaToken = ({ chain, address }: Token): boolean =>
  chain === 'solana' && /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(address)

/** A contract on one of the chains that vendors of tokens serve. */
export const isServedContract = (token: Token): boolean => isEvmToken(token) || isSolanaToken(token)

export const isNative = ({ address }: Token): boolean => address === 'native'
