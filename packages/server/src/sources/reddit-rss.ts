import { minutes } from '@pumpiq/domain'
import { postsOf, type Post } from './posts.ts'
import { redditAgent, subreddits } from './reddit-rooms.ts'
import { Feed, parseFeed, type FeedEntry } from './rss.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

export const redditRss: Source = {
  id: 'reddit-rss',
  docs: 'https://www.reddit.com/wiki/rss',
  key: 'none',
  // Nothing is documented; more often than this it refuses most calls.
  budget: { calls: 1, perMs: minutes(1) },
  throttledMs: minutes(5),
  feeds: {},
  watches: [{ name: 'posts', kind: 'social', about: 'market', freshMs: minutes(5), calls: 1, see: posts }],
}

/** The newest 100 posts of all its rooms in one call; scores are not told here. */
async function posts({ now, get, abort }: WatchAsk) {
  const { body, fetchedAt } = await get.timed(`https://www.reddit.com/r/${subreddits}/new.rss?limit=100`, Feed, {
    parse: parseFeed,
    headers: redditAgent,
    check: ({ entries }) =>
      entries.some(({ id, at }) => !/^t3_\w+$/.test(id) || at === null) ? 'an entry is no post' : null,
    // It answers a second call within the minute with another refusal.
    attempts: 1,
    abort,
  })
  return postsOf({ source: redditRss.id, token: null, now, fetchedAt }, body.entries.map(postOf))
}

/** Behind each text stands who submitted it, and two links. */
const submitted = /\s*submitted by\s+\/u\/\S+(\s+to\s+r\/\S+)?\s*\[link\]\s*\[comments\]\s*$/

function postOf({ id, at, title, text, url, author, tags }: FeedEntry): Post {
  const name = author?.replace(/^\/u\//, '') ?? null
  return {
    id,
    at: at!,
    title,
    text: text.replace(submitted, ''),
    publisher: tags[0] === undefined ? 'reddit.com' : `r/${tags[0]}`,
    url,
    author: name === null || name === '' ? null : { id: name, name },
  }
}
