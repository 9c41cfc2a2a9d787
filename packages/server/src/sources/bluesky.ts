import { minutes } from '@pumpiq/domain'
import { z } from 'zod'
import { BlueskyPost, blueskyError, blueskyPost } from './bluesky-post.ts'
import { postsOf } from './posts.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

/** Accounts that prove a desk's own domain by their name, and why each is read. */
const accounts: Readonly<Record<string, string>> = { 'coindesk.com': 'the headlines of a news desk' }

/** A repost, which is another's post, has a `reason`. */
const AuthorFeed = z.looseObject({
  feed: z.array(z.looseObject({ post: BlueskyPost, reason: z.unknown().optional() })),
})

export const bluesky: Source = {
  id: 'bluesky',
  docs: 'https://docs.bsky.app/docs/api/app-bsky-feed-get-author-feed',
  key: 'none',
  budget: { calls: 3_000, perMs: minutes(5) },
  throttledMs: minutes(5),
  readError: blueskyError,
  feeds: {},
  watches: [
    {
      name: 'accounts',
      kind: 'social',
      about: 'market',
      freshMs: minutes(15),
      calls: Object.keys(accounts).length,
      see: posts,
    },
  ],
}

/** The newest posts of the accounts; the public server searches only for who has logged in. */
async function posts({ now, get, abort }: WatchAsk) {
  const answers = []
  for (const account of Object.keys(accounts)) {
    const query = new URLSearchParams({ actor: account, limit: '50', filter: 'posts_no_replies' })
    const url = `https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?${query}`
    answers.push(await get.timed(url, AuthorFeed, { abort }))
  }
  return answers.flatMap(({ body, fetchedAt }) =>
    postsOf(
      { source: bluesky.id, token: null, now, fetchedAt },
      body.feed.filter(({ reason }) => reason === undefined || reason === null).map(({ post }) => blueskyPost(post)),
    ),
  )
}
