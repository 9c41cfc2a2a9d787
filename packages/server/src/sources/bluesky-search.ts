import { minutes, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import { BlueskyPost, blueskyError, blueskyPost } from './bluesky-post.ts'
import { postsOf } from './posts.ts'
import { searchWords } from './search-words.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

const Found = z.looseObject({ posts: z.array(BlueskyPost) })

export const blueskySearch: Source = {
  id: 'bluesky-search',
  docs: 'https://docs.bsky.app/docs/api/app-bsky-feed-search-posts',
  // `handle:app-password`; the public server refuses to search.
  key: { sessionUrl: 'https://bsky.social/xrpc/com.atproto.server.createSession', required: true },
  budget: { calls: 3_000, perMs: minutes(5) },
  throttledMs: minutes(5),
  readError: blueskyError,
  feeds: {},
  watches: [{ name: 'posts', kind: 'social', about: 'token', freshMs: minutes(15), calls: 1, serves, see: posts }],
}

function serves(token: Token): boolean {
  return token.marketCapRank !== null && queryOf(token) !== null
}

/** The manual promises no "or": the name, else the ticker. */
function queryOf(token: Token): string | null {
  const { phrase, cashtag } = searchWords(token)
  return phrase ?? cashtag
}

/** The newest 100 posts in which a token is named. */
async function posts({ token, now, get, abort }: WatchAsk & { token: Token }) {
  const query = new URLSearchParams({ q: queryOf(token) ?? '', sort: 'latest', limit: '100' })
  const url = `https://bsky.social/xrpc/app.bsky.feed.searchPosts?${query}`
  const { body, fetchedAt } = await get.timed(url, Found, { abort })
  return postsOf({ source: blueskySearch.id, token: token.id, now, fetchedAt }, body.posts.map(blueskyPost))
}
