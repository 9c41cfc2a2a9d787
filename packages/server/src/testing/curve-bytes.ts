import type { Curve } from '../sources/pumpfun-curve.ts'
import { keyOf } from '../sources/solana-address.ts'

const quotes = {
  sol: '11111111111111111111111111111111',
  usdc: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
  other: 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB',
} as const

type Told = Pick<Curve, 'virtualTokens' | 'virtualQuote' | 'realTokens' | 'realQuote' | 'supply'> &
  Partial<Pick<Curve, 'complete' | 'isMayhem' | 'isCashback' | 'quote' | 'creator'>>

/** A bonding-curve account as the program writes it, so many bytes long. */
export function curveBytes(told: Told, length = 151): Uint8Array {
  const bytes = Buffer.alloc(Math.max(length, 151))
  bytes.write('17b7f83760d8ac60', 0, 'hex')
  bytes.writeBigUInt64LE(told.virtualTokens, 8)
  bytes.writeBigUInt64LE(told.virtualQuote, 16)
  bytes.writeBigUInt64LE(told.realTokens, 24)
  bytes.writeBigUInt64LE(told.realQuote, 32)
  bytes.writeBigUInt64LE(told.supply, 40)
  bytes[48] = told.complete ? 1 : 0
  bytes.set(keyOf(told.creator ?? quotes.other), 49)
  bytes[81] = told.isMayhem ? 1 : 0
  bytes[82] = told.isCashback ? 1 : 0
  bytes.set(keyOf(quotes[told.quote ?? 'sol']), 83)
  return new Uint8Array(bytes.subarray(0, length))
}
