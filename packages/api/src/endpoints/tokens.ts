import { z } from 'zod'
import { isFailure, Token, tokenId } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { page, paging } from '../page.ts'

/** A token by identity, `chain:address`; an EVM address may come in any case. */
export const TokenIdText = z
  .string()
  .max(200)
  .transform((text, context) => {
    try {
      return tokenId(text)
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown
      context.addIssue({ code: 'custom', message: 'must be written chain:address, such as bitcoin:native' })
      return z.NEVER
    }
  })

/** How a person names a token: identity or ticker. A ticker with several serious candidates is a conflict that lists them. */
export const TokenRef = z.string().trim().min(1).max(200)

/** PostgreSQL keeps no NUL in a text and refuses to look for one. */
const Search = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !text.includes('\0'), 'must be text without NUL characters')

export const tokens = {
  list: endpoint({
    method: 'GET',
    path: '/tokens',
    access: 'public',
    summary: 'Tokens of the catalogue, largest first; `q` searches symbol, name and address.',
    query: z.strictObject({ q: Search.optional(), ...paging(100, 25) }),
    reply: page(Token),
  }),
  one: endpoint({
    method: 'GET',
    path: '/tokens/:id',
    access: 'public',
    summary: 'One token by its identity, `chain:address`.',
    params: z.object({ id: TokenIdText }),
    reply: Token,
  }),
}
