import { isFailure, type Figure, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import { mishapFailure, mishapOf } from '../network/mishap.ts'
import { DecimalText } from './bars.ts'
import { figuresOf, type Told } from './seen.ts'
import { isPriceOf } from './ticker-identity.ts'

/** Beyond them the perpetuals are few, and a ticker more often means another token. */
const lowestRank = 300
/** From this price on nobody makes contracts of many coins at once. */
const tinyUsd = 0.01

/** Venues know perpetuals by ticker alone. */
export const servesPerpetual = ({ symbol, marketCapRank }: Token): boolean =>
  marketCapRank !== null && marketCapRank <= lowestRank && /^[A-Z0-9]{1,20}$/.test(symbol)

/** A venue's name of a contract, and of how many coins its prices are. */
export type Contract = { name: string; coins: number }

/** The names under which a venue may list a token's perpetual, the likeliest first; `multiples` are names for many coins at once. */
export const contractsOf = ({ priceUsd }: Token, name: string, multiples: readonly Contract[] = []): Contract[] => [
  { name, coins: 1 },
  ...(priceUsd !== null && Number(priceUsd) < tinyUsd ? multiples : []),
]

/** What the first of the contracts says that the venue lists. */
export async function firstListed<Said>(
  source: string,
  contracts: readonly Contract[],
  ask: (contract: Contract) => Promise<Said>,
): Promise<{ contract: Contract; said: Said }> {
  for (const contract of contracts)
    try {
      return { contract, said: await ask(contract) }
    } catch (thrown) {
      if (!isFailure(thrown) || mishapOf(thrown) !== 'absent') throw thrown
    }
  throw notListed(source, contracts[0]!.name)
}

export const notListed = (source: string, name: string) =>
  mishapFailure({ source, mishap: 'absent' }, `lists no perpetual ${name}`)

/** Throws unless the price of one coin is the token's, as far as the catalogue knows it. */
export function assureSame(source: string, token: Token, coinUsd: number): void {
  if (isPriceOf(token, coinUsd)) return
  const why = `means another token than ${token.id} by ${token.symbol}: its price is far off`
  throw mishapFailure({ source, mishap: 'absent' }, why)
}

/** What a perpetual's moment is, in the venue's own units: the funding of one interval, both prices in USD. */
export type Perpetual = {
  markUsd: number
  indexUsd: number
  fundingRatio: number | null
  /** Null where the venue does not say: then the funding means nothing. */
  intervalHours: number | null
}

export const perpetualFigures = (told: Told, { markUsd, indexUsd, fundingRatio, intervalHours }: Perpetual): Figure[] =>
  figuresOf(told, {
    fundingRatio8h: fundingRatio === null || intervalHours === null ? null : (fundingRatio * 8) / intervalHours,
    basisRatio: (markUsd - indexUsd) / indexUsd,
  })

/** A price of a contract in a string. */
export const PriceNumber = DecimalText.transform(Number).refine(
  (value) => value > 0 && value < 1e15,
  'expected a price above 0 and below 1e15',
)

/** A decimal number in a string, or null for the empty one by which venues say that there is none. */
export const MaybeDecimal = z.union([z.literal('').transform(() => null), DecimalText.transform(Number)])
export const MaybeSigned = z.union([
  z.literal('').transform(() => null),
  z
    .string()
    .regex(/^-?\d{1,30}(\.\d{1,40})?([eE][+-]?\d{1,3})?$/, 'expected a decimal number in a string')
    .transform(Number),
])

/** Epoch ms, as a number or in a string. */
export const MillisLike = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,16}$/, 'expected epoch ms')
    .transform(Number),
])
