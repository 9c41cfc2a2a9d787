import { Failure, type Token } from '@pumpiq/domain'
import { quotient } from './exact.ts'
import { addressOf, derivedAddress, keyOf } from './solana-address.ts'

/** A bonding-curve account of the Pump.fun program (docs/idl of pump-fun/pump-public-docs). Tokens have 6 decimals. */
export type Curve = {
  virtualTokens: bigint
  virtualQuote: bigint
  realTokens: bigint
  realQuote: bigint
  supply: bigint
  complete: boolean
  /** Null in accounts from before it was kept. */
  creator: string | null
  isMayhem: boolean
  isCashback: boolean
  /** What is paid with; other than these two its decimals are not known here. */
  quote: 'sol' | 'usdc' | 'other'
}

/** What a curve comes to. Prices are in whole units of what is paid with. */
export type CurveFacts = {
  /** Null once trading has left the curve, and where the quote is not known. */
  price: number | null
  marketCap: number | null
  /** What was paid in and lies there. */
  raised: number | null
  /** Below 0 where an agent sold back more than was ever sold (mayhem); null for curves of other parameters. */
  progressRatio: number | null
  /** Sold out, and its reserves moved to a pool: `complete` alone may still wait for that. */
  isGraduated: boolean
}

const program = '6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P'
const discriminator = '17b7f83760d8ac60'
const tokenDecimals = 6
const quotes = { sol: 9, usdc: 6, other: null } as const
const usdc = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'

/** Where fields end: a shorter account lacks the later ones, none is cut in two. Behind the quote's mint the program appends. */
const ends = { complete: 49, creator: 81, mayhem: 82, cashback: 83, quote: 115, longest: 256 } as const

const initialTokens = 793_100_000_000_000n
/** Virtual less real tokens of every curve with the initial 793.1 M. */
const heldBack = 279_900_000_000_000n

/** Where the curve of a mint lies. */
export const curveAddress = (mint: string): string =>
  derivedAddress([new TextEncoder().encode('bonding-curve'), keyOf(mint)], program)

/** Whether an account is the program's, by its owner. */
export const isCurveOwner = (owner: string): boolean => owner === program

/** Whether a coin may be the program's: its mints end so since 2024, and older ones that grew large are in the catalogue. */
export const mayHaveCurve = ({ address, marketCapRank }: Pick<Token, 'address' | 'marketCapRank'>): boolean =>
  address.endsWith('pump') || marketCapRank === null

const refused = (why: string) => new Failure('invalid', `the bytes are no bonding curve of Pump.fun: ${why}`)

/** Whether an account of so many bytes ends where a field ends. */
const isKnownLength = (length: number): boolean =>
  length >= ends.quote
    ? length <= ends.longest
    : [ends.complete, ends.creator, ends.mayhem, ends.cashback].some((end) => end === length)

/** Reads an account; throws for what is none, or has a length that no layout has. */
export function decodeCurve(bytes: Uint8Array): Curve {
  if (bytes.length < ends.complete) throw refused(`${bytes.length} bytes, at least ${ends.complete} expected`)
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const first = view.subarray(0, 8).toString('hex')
  if (first !== discriminator) throw refused(`they begin with ${first}, not ${discriminator}`)
  if (!isKnownLength(bytes.length)) throw refused(`no layout of it has ${bytes.length} bytes`)
  const flag = (at: number): boolean => {
    if (at >= view.length) return false
    if (view[at]! > 1) throw refused(`the flag at ${at} is ${view[at]}`)
    return view[at] === 1
  }
  const curve: Curve = {
    virtualTokens: view.readBigUInt64LE(8),
    virtualQuote: view.readBigUInt64LE(16),
    realTokens: view.readBigUInt64LE(24),
    realQuote: view.readBigUInt64LE(32),
    supply: view.readBigUInt64LE(40),
    complete: flag(48),
    creator: view.length >= ends.creator ? addressOf(view.subarray(49, ends.creator)) : null,
    isMayhem: flag(81),
    isCashback: flag(82),
    quote: view.length >= ends.quote ? quoteOf(view.subarray(83, ends.quote)) : 'sol',
  }
  const fault = faultOf(curve)
  if (fault) throw refused(fault)
  return curve
}

function quoteOf(key: Uint8Array): Curve['quote'] {
  if (key.every((byte) => byte === 0)) return 'sol'
  return addressOf(key) === usdc ? 'usdc' : 'other'
}

function faultOf({ virtualTokens, virtualQuote, realTokens, supply, complete }: Curve): string | null {
  if (supply === 0n) return 'the supply is 0'
  if (!complete && (virtualTokens === 0n || virtualQuote === 0n)) return 'it trades without virtual reserves'
  if (realTokens > supply) return 'it holds more tokens than there are'
  return null
}

/** Price, market cap and progress of a curve; one division each, of whole numbers. */
export function curveFacts(curve: Curve): CurveFacts {
  const { virtualTokens, virtualQuote, realTokens, realQuote, supply, complete } = curve
  const decimals = quotes[curve.quote]
  const trades = !complete && decimals !== null
  const isUsual = virtualTokens - realTokens === heldBack
  const sold = quotient(initialTokens - realTokens, initialTokens)
  return {
    price: trades ? quotient(virtualQuote, virtualTokens, tokenDecimals - decimals) : null,
    marketCap: trades ? quotient(virtualQuote * supply, virtualTokens, -decimals) : null,
    raised: decimals === null ? null : quotient(realQuote, 1n, -decimals),
    progressRatio: complete ? 1 : isUsual ? sold : null,
    isGraduated: complete && realQuote === 0n,
  }
}
