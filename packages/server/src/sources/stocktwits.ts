import { minutes, seconds, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { plainText } from './plain.ts'
import { postsOf } from './posts.ts'
import { Instant } from './quote.ts'
import { figuresOf, toldOf } from './seen.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

const Count = z.int().nonnegative()

const User = z.looseObject({
  id: z.int().positive(),
  username: z.string().min(1),
  followers: Count.nullish(),
  following: Count.nullish(),
  ideas: Count.nullish(),
  official: z.boolean().nullish(),
})

const Message = z.looseObject({
  id: z.int().positive(),
  body: z.string(),
  created_at: Instant,
  user: User,
  symbols: z.array(z.looseObject({ symbol: z.string() })).nullish(),
  entities: z.looseObject({ sentiment: z.looseObject({ basic: z.enum(['Bullish', 'Bearish']) }).nullish() }).nullish(),
  likes: z.looseObject({ total: Count }).nullish(),
  reshares: z.looseObject({ reshared_count: Count }).nullish(),
})
type Message = z.output<typeof Message>

const Stream = z.looseObject({
  symbol: z.looseObject({ symbol: z.string(), watchlist_count: Count.nullish() }),
  messages: z.array(Message),
})

const ErrorBody = z.looseObject({ response: z.looseObject({ status: z.int() }) })

export const stocktwits: Source = {
  id: 'stocktwits',
  docs: 'https://api.stocktwits.com/developers/docs',
  optIn: 'its programme for developers takes nobody new, and nothing published says that others may ask',
  key: 'none',
  // Long ago 200 an hour were documented; nothing is today.
  budget: { calls: 1, perMs: seconds(20) },
  throttledMs: minutes(10),
  readError,
  feeds: {},
  watches: [
    { name: 'messages', kind: 'social', about: 'token', freshMs: minutes(15), calls: 1, serves, see: messages },
  ],
}

/** It knows tickers only, so it is asked of those that hardly another coin bears. */
function serves({ marketCapRank, symbol }: Token): boolean {
  return marketCapRank !== null && marketCapRank <= 300 && /^[A-Z0-9]{2,10}$/.test(symbol)
}

/** The newest 30 messages about a coin, and how many watch it. */
async function messages({ token, now, get, abort }: WatchAsk & { token: Token }) {
  // Coins end in .X; without it the ticker is a share's.
  const symbol = `${token.symbol}.X`
  const { body, ...heard } = await get.timed(
    `https://api.stocktwits.com/api/2/streams/symbol/${encodeURIComponent(symbol)}.json?limit=30`,
    Stream,
    { check: ({ symbol: told }) => (told.symbol === symbol ? null : 'the answer is of another symbol'), abort },
  )
  const told = toldOf(stocktwits.id, token.id, heard)
  return [
    ...figuresOf(told, { watchers: body.symbol.watchlist_count }),
    ...postsOf({ ...told, now }, body.messages.map(postOf)),
  ]
}

const postOf = ({ id, body, created_at, user, symbols, entities, likes, reshares }: Message) => ({
  id: String(id),
  at: created_at,
  text: plainText(body),
  publisher: 'stocktwits.com',
  author: {
    id: String(user.id),
    name: user.username,
    followers: user.followers ?? null,
    following: user.following ?? null,
    posts: user.ideas ?? null,
    verified: user.official ?? null,
  },
  tags: (symbols ?? []).map(({ symbol }) => symbol),
  // Only counts above 0 are told.
  likes: likes?.total ?? 0,
  reposts: reshares?.reshared_count ?? 0,
  vendorSentiment: entities?.sentiment ? (entities.sentiment.basic === 'Bullish' ? 1 : -1) : null,
})

/** `{ response: { status } }` is in every answer; the status there is the HTTP one. */
function readError(_status: number, body: unknown): VendorError | null {
  const status = ErrorBody.safeParse(body).data?.response.status
  if (status === undefined || status === 200) return null
  if (status === 404) return { mishap: 'absent', reason: 'knows no such symbol' }
  if (status === 429) return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (status >= 500) return { mishap: 'server', reason: `is in trouble (status ${status})` }
  return { mishap: 'refused', reason: `refused the request (status ${status})` }
}
