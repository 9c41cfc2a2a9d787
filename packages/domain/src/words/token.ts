import { z } from 'zod'
import { Failure } from './failure.ts'
import { Price } from './price.ts'

/** `chain:address`, a native coin `chain:native`, a recorded file's `file:SYMBOL`. Identity is never the ticker. */
export const TokenId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}:[A-Za-z0-9._-]{1,128}$/, 'a token is written chain:address, such as bitcoin:native')
  .brand('TokenId')
export type TokenId = z.output<typeof TokenId>

export function tokenId(text: string): TokenId {
  const parsed = TokenId.safeParse(canonicalCase(text))
  if (!parsed.success)
    throw new Failure(
      'invalid',
      `token must be written chain:address, such as bitcoin:native, not ${JSON.stringify(text)}`,
    )
  return parsed.data
}

/** EVM addresses are written in lower case; other chains' addresses keep theirs, which carries information. */
const canonicalCase = (text: string): string => (/^[^:]+:0x[0-9a-fA-F]{40}$/.test(text) ? text.toLowerCase() : text)

/** What the catalogue knows of a token. `marketCapRank` is null for what is not ranked. */
export const Token = z.object({
  id: TokenId,
  chain: z.string(),
  address: z.string(),
  symbol: z.string().min(1).max(32),
  name: z.string().min(1).max(120),
  catalogueId: z.string().nullable(),
  marketCapRank: z.number().int().positive().nullable(),
  marketCapUsd: z.number().nonnegative().nullable(),
  /** What the catalogue, which knows it by identity, last said: a venue's ticker must mean the same token. */
  priceUsd: Price.nullable(),
})
export type Token = z.output<typeof Token>

/** A coin of its own chain, or a contract on one: what is known of them differs. A recorded file is taken for a coin of its own. */
export type TokenForm = 'native' | 'contract'

export const tokenForm = ({ chain, address }: Pick<Token, 'chain' | 'address'>): TokenForm =>
  address === 'native' || chain === 'file' ? 'native' : 'contract'
