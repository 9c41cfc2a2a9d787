import { z } from 'zod'
import { intervalNames, isFailure, IsoInstant, Price, Token, tokenId, type Interval } from '@pumpiq/domain'
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

/** A closed candle. `ts` is the epoch ms of its open, volume in base units; `minutes` of trading are known of it, and nothing is filled in. */
export const HistoryCandle = z.object({
  ts: z.int().nonnegative(),
  open: Price,
  high: Price,
  low: Price,
  close: Price,
  volume: Price,
  minutes: z.int().positive(),
})
export type HistoryCandle = z.output<typeof HistoryCandle>

export const TokenHistory = page(HistoryCandle).extend({
  token: z.string(),
  interval: z.enum(intervalNames as readonly [Interval, ...Interval[]]),
  /** The venue they are from, one for all pages: the one most is known of in the span. Null where nothing is kept. */
  source: z.string().nullable(),
  /** Why there are none, or null. */
  why: z.string().nullable(),
})
export type TokenHistory = z.output<typeof TokenHistory>

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
  history: endpoint({
    method: 'GET',
    path: '/tokens/:id/history',
    access: 'public',
    summary: 'Closed candles of a token that are kept, newest first, of the venue most is known of.',
    params: z.object({ id: TokenIdText }),
    query: z.strictObject({
      interval: z.enum(intervalNames as readonly [Interval, ...Interval[]]).default('1h'),
      /** The first open, included. */
      from: IsoInstant.optional(),
      /** The last open, not included. */
      to: IsoInstant.optional(),
      ...paging(1_000, 500),
    }),
    reply: TokenHistory,
  }),
}
