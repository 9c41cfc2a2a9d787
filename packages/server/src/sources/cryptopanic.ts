import { isFailure, minutes, seconds, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import type { MishapDetail } from '../network/mishap.ts'
import { articlesOf, domainOf, faultOfPublished, type Article } from './articles.ts'
import { FeedTime } from './feed-time.ts'
import type { Source } from './source.ts'
import type { Watch, WatchAsk } from './watch.ts'

/** A key is good for one plan, whose name is part of the path; of another plan's path it says that there is none. */
const plans = ['growth', 'growth_weekly', 'enterprise'] as const

const votes = z.int().nonnegative().optional().default(0)
const Votes = z.object({ negative: votes, positive: votes, liked: votes, disliked: votes, toxic: votes })
type Votes = z.output<typeof Votes>

/** Smaller plans tell less: what is optional here may not be there at all. */
const Post = z.object({
  id: z.int().nonnegative(),
  title: z.string(),
  published_at: FeedTime,
  slug: z.string().nullish(),
  description: z.string().nullish(),
  source: z.object({ domain: z.string().nullish() }).nullish(),
  original_url: z.string().nullish(),
  author: z.string().nullish(),
  instruments: z
    .array(z.object({ code: z.string(), title: z.string().nullish(), slug: z.string().nullish() }))
    .nullish(),
  votes: Votes.nullish(),
})
type Post = z.output<typeof Post>
const Posts = z.object({ results: z.array(Post) })
type Posts = z.output<typeof Posts>

/** For subscribers. */
export const cryptopanic: Source = {
  id: 'cryptopanic',
  docs: 'https://cryptopanic.com/developers/api/',
  key: { query: 'auth_token', required: true },
  // The limits of the plans are not public; its cache is half a minute old.
  budget: { calls: 1, perMs: seconds(1) },
  throttledMs: seconds(30),
  readError,
  feeds: {},
  watches: [articles()],
}

function serves({ symbol, marketCapRank }: Token): boolean {
  return marketCapRank !== null && /^[A-Z0-9]{1,15}$/.test(symbol)
}

function articles(): Watch {
  return {
    name: 'articles',
    kind: 'news',
    about: 'token',
    calls: plans.length,
    freshMs: minutes(30),
    serves,
    see: async (ask) => {
      const { body, fetchedAt } = await posts(ask, ask.token)
      const told = { source: cryptopanic.id, token: ask.token.id, now: ask.now, fetchedAt }
      return articlesOf(told, articlesIn(body, ask.token))
    },
  }
}

async function posts({ get, abort }: WatchAsk, token: Token) {
  const search = new URLSearchParams({ public: 'true', kind: 'news', regions: 'en', currencies: token.symbol })
  const check = (found: Posts) => faultOfPublished(articlesIn(found, token))
  for (const [i, plan] of plans.entries()) {
    try {
      return await get.timed(`https://cryptopanic.com/api/${plan}/v2/posts/?${search}`, Posts, { check, abort })
    } catch (thrown) {
      if (i === plans.length - 1 || !isOtherPlan(thrown)) throw thrown
    }
  }
  throw new Error('there is a plan at least')
}

const isOtherPlan = (thrown: unknown): boolean =>
  isFailure(thrown) && (thrown.cause as MishapDetail | undefined)?.status === 404

const articlesIn = ({ results }: Posts, token: Token): Article[] =>
  results.filter((post) => isAbout(post, token)).map(articleOf)

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** It looks for a ticker: where it also says whose that is, it must be our token's. */
function isAbout({ instruments }: Post, { symbol, name, catalogueId }: Token): boolean {
  const ours = instruments?.filter(({ code }) => code.toUpperCase() === symbol)
  if (!ours) return true
  const known = new Set([name, catalogueId ?? ''].map(letters))
  return ours.some(({ title, slug }) => {
    const named = [title ?? '', slug ?? ''].map(letters).filter((text) => text !== '')
    return named.length === 0 || named.some((text) => known.has(text))
  })
}

function articleOf(post: Post): Article {
  const { id, title, published_at: publishedAt, slug, description, source, original_url: original, author } = post
  return {
    id: String(id),
    title,
    text: description,
    url: original ?? `https://cryptopanic.com/news/${id}/${encodeURIComponent(slug?.toWellFormed() ?? '')}`,
    publishedAt,
    publisher: source?.domain || domainOf(original ?? '') || 'cryptopanic.com',
    author,
    tags: post.instruments?.map(({ code }) => code),
    likes: post.votes?.liked,
    vendorSentiment: post.votes ? toneOf(post.votes) : null,
  }
}

/** For less against, of all who took a side; most articles have no votes. */
function toneOf({ positive, liked, negative, disliked, toxic }: Votes): number | null {
  const sides = positive + liked + negative + disliked + toxic
  return sides === 0 ? null : (positive + liked - negative - disliked - toxic) / sides
}

const ErrorBody = z.object({ status: z.literal('api_error'), info: z.string() })

/** `{ status: "api_error", info }`; the month's end is told with 429, and waiting for it is of no use. */
function readError(status: number, body: unknown): VendorError | null {
  const info = ErrorBody.safeParse(body).data?.info
  if (info === undefined) return null
  if (/quota exceeded/i.test(info)) return { mishap: 'refused', reason: 'says that the quota of the month is used up' }
  if (status === 429) return { mishap: 'throttled', reason: 'says that we ask too often' }
  return { mishap: 'refused', reason: `refused the request (HTTP ${status})` }
}
