import { days, hours, isFailure, minutes, type Token } from '@pumpiq/domain'
import type { Get, VendorError } from '../network/asked.ts'
import { searchWords } from './search-words.ts'
import { figuresOf } from './seen.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'
import { Counts, countsOf, faultOfCounts } from './x-counts.ts'
import { Found, xPosts } from './x-posts.ts'
import { z } from 'zod'

const host = 'https://api.x.com/2/tweets'

/** What a search costs most: so many posts at 0.005 USD and their authors at 0.010 USD. */
const postsASearch = 10

const Problem = z.looseObject({
  type: z.string().nullish(),
  title: z.string().nullish(),
  errors: z
    .array(z.looseObject({ parameters: z.record(z.string(), z.unknown()).nullish(), code: z.int().nullish() }))
    .nullish(),
})

const oldNames = "no longer knows posts by the name 'tweet'"

export const x: Source = {
  id: 'x',
  docs: 'https://docs.x.com/x-api/introduction',
  optIn: 'every question is paid from credits: a count 0.005 USD, a search up to 0.15 USD',
  key: { header: 'authorization', prefix: 'Bearer ', required: true },
  // An app may count 300 times and search 450 times in 15 minutes.
  budget: { calls: 300, perMs: minutes(15) },
  // Our own bound. As often as the watches below let it be asked, a day costs 2 USD: ten searches and ninety counts.
  quota: { calls: 100, perMs: days(1) },
  throttledMs: minutes(15),
  readError,
  feeds: {},
  watches: [
    {
      name: 'counts',
      kind: 'social',
      about: 'token',
      freshMs: hours(8),
      calls: 1,
      serves: servesAbove(100),
      see: counts,
    },
    // Twice where the vendor has renamed its fields.
    {
      name: 'posts',
      kind: 'social',
      about: 'token',
      freshMs: hours(24),
      calls: 2,
      serves: servesAbove(10),
      see: posts,
    },
  ],
}

/** Only tokens of some rank: each costs. */
function servesAbove(rank: number): (token: Token) => boolean {
  return (token) => token.marketCapRank !== null && token.marketCapRank <= rank && queryOf(token) !== ''
}

/** The operators behind the words leave out advertisements and what is only passed on. */
function queryOf(token: Token): string {
  const { phrase, cashtag } = searchWords(token)
  const words = [phrase, cashtag].filter((part) => part !== null)
  return words.length === 0 ? '' : `(${words.join(' OR ')}) -is:retweet -is:nullcast`
}

/** How often a token was named: by far the cheapest thing to ask. */
async function counts({ token, now, get, abort }: WatchAsk & { token: Token }) {
  const query = new URLSearchParams({ query: queryOf(token), granularity: 'hour' })
  const { body, fetchedAt } = await get.timed(`${host}/counts/recent?${query}`, Counts, { check: faultOfCounts, abort })
  const { observedAt, ...figures } = countsOf(body, now)
  return observedAt === null ? [] : figuresOf({ source: x.id, token: token.id, observedAt, fetchedAt }, figures)
}

/** The newest posts in which a token is named, with their authors. */
async function posts({ token, now, get, abort }: WatchAsk & { token: Token }) {
  const { body, fetchedAt } = await eitherNames(
    get,
    (fields) =>
      `${host}/search/recent?${new URLSearchParams({
        query: queryOf(token),
        max_results: String(postsASearch),
        [fields]: 'created_at,public_metrics,author_id,entities,note_tweet',
        expansions: 'author_id',
        'user.fields': 'created_at,public_metrics,verified,username',
      })}`,
    abort,
  )
  return xPosts({ source: x.id, token: token.id, now, fetchedAt }, body)
}

/** The vendor is about to rename its fields: asked by the old name, and by the new one only where it refuses the old. */
async function eitherNames(get: Get, url: (fields: string) => string, abort: AbortSignal | undefined) {
  try {
    return await get.timed(url('tweet.fields'), Found, { abort })
  } catch (thrown) {
    if (!isFailure(thrown) || !thrown.message.endsWith(oldNames)) throw thrown
    return get.timed(url('post.fields').replace('note_tweet', 'note_post'), Found, { abort })
  }
}

/** The last part of `type` names the problem; a 200 may tell of parts that failed beside its data. */
function readError(status: number, body: unknown): VendorError | null {
  const problem = status >= 400 ? Problem.safeParse(body).data : undefined
  if (!problem) return null
  const name = problem.type?.split('/').at(-1)
  if (status === 402 || name === 'credits') return { mishap: 'refused', reason: 'has no credits left for this key' }
  if (name === 'usage-capped') return { mishap: 'refused', reason: "says that this month's posts are used up" }
  if (status === 429) return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (name === 'client-forbidden') return { mishap: 'refused', reason: 'does not let this key ask' }
  if (status === 400 && problem.errors?.some(({ parameters }) => parameters && 'tweet.fields' in parameters))
    return { mishap: 'refused', reason: oldNames }
  if (status >= 500) return { mishap: 'server', reason: `is in trouble (HTTP ${status})` }
  return { mishap: 'refused', reason: `refused the request (HTTP ${status})` }
}
