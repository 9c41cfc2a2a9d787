import { minutes, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { postsOf } from './posts.ts'
import { Instant } from './quote.ts'
import { searchWords } from './search-words.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

const Count = z.int().nonnegative()

const Cast = z.looseObject({
  hash: z.string().regex(/^0x[0-9a-f]{40}$/),
  author: z.looseObject({
    fid: z.int().positive(),
    username: z.string().nullish(),
    follower_count: Count.nullish(),
    following_count: Count.nullish(),
  }),
  text: z.string(),
  timestamp: Instant,
  reactions: z.looseObject({ likes_count: Count, recasts_count: Count }).nullish(),
  channel: z.looseObject({ id: z.string().min(1) }).nullish(),
})
type Cast = z.output<typeof Cast>

const Found = z.looseObject({ result: z.looseObject({ casts: z.array(Cast) }) })

const ErrorBody = z.looseObject({ message: z.string(), code: z.string().nullish() })

export const farcaster: Source = {
  id: 'farcaster',
  docs: 'https://docs.neynar.com/reference/search-casts',
  // A key of Neynar's; the network itself offers no search.
  key: { header: 'x-api-key', required: true },
  // The search has a limit of its own, which of the free plan is not told: the lowest of those that are.
  budget: { calls: 60, perMs: minutes(1) },
  throttledMs: minutes(1),
  readError,
  feeds: {},
  watches: [{ name: 'casts', kind: 'social', about: 'token', freshMs: minutes(15), calls: 1, serves, see: casts }],
}

function serves(token: Token): boolean {
  return token.marketCapRank !== null && queryOf(token) !== ''
}

/** `|` is or, and a dollar sign is no operator. */
function queryOf(token: Token): string {
  const { phrase, cashtag } = searchWords(token)
  return [phrase, cashtag && `"${cashtag}"`].filter((part) => part !== null).join(' | ')
}

/** The newest 100 casts in which a token is named. */
async function casts({ token, now, get, abort }: WatchAsk & { token: Token }) {
  const query = new URLSearchParams({ q: queryOf(token), mode: 'literal', sort_type: 'desc_chron', limit: '100' })
  const { body, fetchedAt } = await get.timed(`https://api.neynar.com/v2/farcaster/cast/search/?${query}`, Found, {
    abort,
  })
  return postsOf({ source: farcaster.id, token: token.id, now, fetchedAt }, body.result.casts.map(postOf))
}

const postOf = ({ hash, author, text, timestamp, reactions, channel }: Cast) => ({
  id: hash,
  at: timestamp,
  text,
  publisher: channel ? `farcaster.xyz/${channel.id}` : 'farcaster.xyz',
  author: {
    id: String(author.fid),
    name: author.username ?? null,
    followers: author.follower_count ?? null,
    following: author.following_count ?? null,
  },
  likes: reactions?.likes_count ?? null,
  reposts: reactions?.recasts_count ?? null,
})

/** `{ code?, message }` beside a status that says the rest. */
function readError(status: number, body: unknown): VendorError | null {
  if (status < 400 || status === 429 || status >= 500 || !ErrorBody.safeParse(body).success) return null
  if (status === 401) return { mishap: 'refused', reason: 'does not know the key' }
  if (status === 402) return { mishap: 'refused', reason: "says that the key's plan does not cover this or is used up" }
  return { mishap: 'refused', reason: `refused the request (HTTP ${status})` }
}
