import { z } from 'zod'
import { CallType, IsoInstant, Price, TokenId, type Tier } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { AmountUsd, Note, TokenIdText, TokenRef } from './tokens.ts'

/** What a token cost when it was last seen, by whom, and how long ago that is. */
export const LastPrice = z.object({
  value: Price,
  source: z.string(),
  at: IsoInstant,
  ageMs: z.number().nonnegative(),
})
export type LastPrice = z.output<typeof LastPrice>

/** The house's newest call of a token, in short. */
export const HouseCall = z.object({
  id: z.uuid(),
  type: CallType,
  /** Null, or why no call could be made. */
  abstained: z.string().nullable(),
  issuedAt: IsoInstant,
  expiresAt: IsoInstant,
  confidence: z.number().min(0).max(1).nullable(),
  actionable: z.boolean(),
})
export type HouseCall = z.output<typeof HouseCall>

export const WatchedToken = z.object({
  /** The token, `chain:address`. */
  id: TokenId,
  symbol: z.string(),
  name: z.string(),
  chain: z.string(),
  note: z.string().nullable(),
  targetPrice: Price.nullable(),
  addedAt: IsoInstant,
  /** Null where nobody has told one lately. */
  price: LastPrice.nullable(),
  /** How far the price has to go to the target, in percent of the price. */
  toTargetPct: z.number().nullable(),
  /** Null where the house has made none. */
  call: HouseCall.nullable(),
})
export type WatchedToken = z.output<typeof WatchedToken>

/** How many tokens an account may watch. */
export const watchAtMost: Readonly<Record<Tier, number>> = { free: 20, basic: 50, premium: 200, pro: 500 }

const ById = z.strictObject({ id: TokenIdText })
const Wish = z.strictObject({
  note: Note.nullable().optional(),
  targetPrice: AmountUsd.refine((price) => price !== '0', 'must be above 0')
    .nullable()
    .optional(),
})

/** What a user keeps an eye on. Nobody else sees it. */
export const watchlist = {
  list: endpoint({
    method: 'GET',
    path: '/user/watchlist',
    access: 'user',
    summary:
      'The tokens you watch, the newest first, each with its price and the house’s newest call; `most` is how many you may watch.',
    reply: z.object({ items: z.array(WatchedToken), most: z.int().positive() }),
  }),
  one: endpoint({
    method: 'GET',
    path: '/user/watchlist/:id',
    access: 'user',
    summary: 'One token you watch.',
    params: ById,
    reply: WatchedToken,
  }),
  add: endpoint({
    method: 'POST',
    path: '/user/watchlist',
    access: 'user',
    summary: 'Watches a token. One that is watched already stays, with what is said of it now.',
    body: Wish.extend({ token: TokenRef }),
    reply: WatchedToken,
    creates: true,
    idempotent: true,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/user/watchlist/:id',
    access: 'user',
    summary: 'Changes the note or the target price of a token you watch; null takes it away.',
    params: ById,
    body: Wish,
    reply: WatchedToken,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/user/watchlist/:id',
    access: 'user',
    summary: 'Watches a token no longer.',
    params: ById,
    reply: z.object({ id: TokenId }),
  }),
}
