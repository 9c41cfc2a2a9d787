import { minutes, seconds, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { postsOf, type Post } from './posts.ts'
import { redditAgent, subreddits } from './reddit-rooms.ts'
import { searchWords } from './search-words.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

const Count = z.int().nonnegative()

const Submission = z.looseObject({
  kind: z.literal('t3'),
  data: z.looseObject({
    name: z.string().regex(/^t3_\w+$/),
    title: z.string(),
    selftext: z.string(),
    author: z.string().min(1),
    author_fullname: z.string().min(1).nullish(),
    subreddit: z.string().min(1),
    permalink: z.string(),
    created_utc: z.number().positive(),
    /** Never below 0, unlike the score; both are blurred. */
    ups: Count.nullish(),
    num_crossposts: Count.nullish(),
    removed_by_category: z.string().nullish(),
  }),
})
type Submission = z.output<typeof Submission>

const Listing = z.looseObject({
  kind: z.literal('Listing'),
  data: z.looseObject({ children: z.array(Submission) }),
})

const ErrorBody = z.looseObject({ reason: z.string().nullish(), error: z.union([z.int(), z.string()]).nullish() })

export const reddit: Source = {
  id: 'reddit',
  docs: 'https://www.reddit.com/dev/api',
  // `id:secret` of an application, which the vendor approves by hand.
  key: { tokenUrl: 'https://www.reddit.com/api/v1/access_token', required: true },
  budget: { calls: 100, perMs: minutes(1) },
  throttledMs: minutes(1),
  readError,
  feeds: {},
  watches: [{ name: 'search', kind: 'social', about: 'token', freshMs: minutes(15), calls: 1, serves, see: search }],
}

function serves(token: Token): boolean {
  return token.marketCapRank !== null && queryOf(token) !== ''
}

function queryOf(token: Token): string {
  const { phrase, cashtag } = searchWords(token)
  return [phrase, cashtag && `"${cashtag}"`].filter((part) => part !== null).join(' OR ')
}

/** The newest 100 posts of a week in which a token is named. */
async function search({ token, now, get, abort }: WatchAsk & { token: Token }) {
  const query = new URLSearchParams({
    q: queryOf(token),
    restrict_sr: 'true',
    sort: 'new',
    t: 'week',
    type: 'link',
    limit: '100',
    // Without it texts are escaped.
    raw_json: '1',
  })
  const { body, fetchedAt } = await get.timed(`https://oauth.reddit.com/r/${subreddits}/search?${query}`, Listing, {
    headers: redditAgent,
    abort,
  })
  // What was removed there is not kept here.
  const shown = body.data.children.filter(({ data }) => (data.removed_by_category ?? null) === null)
  return postsOf({ source: reddit.id, token: token.id, now, fetchedAt }, shown.map(postOf))
}

const postOf = ({ data }: Submission): Post => ({
  id: data.name,
  at: Math.round(seconds(data.created_utc)),
  title: data.title,
  text: /^\[(deleted|removed)\]$/.test(data.selftext) ? '' : data.selftext,
  publisher: `r/${data.subreddit}`,
  url: /^\/(r|user)\/[\w%/-]+$/.test(data.permalink) ? `https://www.reddit.com${data.permalink}` : null,
  author: data.author === '[deleted]' ? null : { id: data.author_fullname ?? data.author, name: data.author },
  likes: data.ups ?? null,
  reposts: data.num_crossposts ?? null,
})

/** `{ reason?, message?, error? }` beside a status; a refusal for asking too often is a web page. */
function readError(status: number, body: unknown): VendorError | null {
  const said = ErrorBody.safeParse(body).data
  if (status < 400 || status === 429 || status >= 500 || !said) return null
  if (status === 401) return { mishap: 'refused', reason: 'does not know the token it gave for the key' }
  if (said.reason === 'private' || said.reason === 'banned')
    return { mishap: 'refused', reason: `has closed one of the rooms (${said.reason})` }
  return { mishap: 'refused', reason: `refused the request (HTTP ${status})` }
}
