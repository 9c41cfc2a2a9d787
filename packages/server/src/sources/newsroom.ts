import { minutes } from '@pumpiq/domain'
import type { z } from 'zod'
import { articlesOf, faultOfPublished, type Article } from './articles.ts'
import { Feed, parseFeed, type FeedEntry } from './rss.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

type Newsroom = {
  id: string
  docs: string
  feed: string
  /** Its domain: every item is its own, whatever it links to. */
  publisher: string
  freshMs?: number
  /** Tags besides the feed's categories. */
  tagsOf?(title: string): string[]
}

/**
 * A site whose news are one feed, the same for every token. None of them names a limit of calls; half of what a reader may ask that looks
 * every few minutes is left for retries.
 */
export const newsroom = ({ id, docs, feed, publisher, freshMs, tagsOf = () => [] }: Newsroom): Source => ({
  id,
  docs,
  key: 'none',
  budget: { calls: 6, perMs: minutes(1) },
  throttledMs: minutes(10),
  feeds: {},
  watches: [
    {
      name: 'articles',
      kind: 'news',
      about: 'market',
      calls: 1,
      ...(freshMs !== undefined && { freshMs }),
      see: async ({ now, get, abort }: WatchAsk) => {
        const answer = await get.timed(feed, Feed, { parse: parseFeed, check: faultOfFeed, abort })
        const told = { source: id, token: null, now, fetchedAt: answer.fetchedAt }
        const articles = answer.body.entries.flatMap((entry) => articleOf(entry, publisher, tagsOf(entry.title)))
        return articlesOf(told, articles)
      },
    },
  ],
})

/** A newsroom always has news, and most of what it tells has a time and a link: else the feed has changed its form. */
function faultOfFeed({ entries }: z.output<typeof Feed>): string | null {
  if (entries.length === 0) return 'the feed of a newsroom is empty'
  const usable = entries.flatMap((entry) => articleOf(entry, 'any', []))
  if (usable.length * 2 < entries.length)
    return `of ${entries.length} items only ${usable.length} have a title, a link and a time`
  return faultOfPublished(usable)
}

/** The article, or nothing where it lacks what an article needs. */
function articleOf(entry: FeedEntry, publisher: string, tags: readonly string[]): Article[] {
  const { id, title, text, url, at, author } = entry
  if (at === null || title === '' || !/^https?:\/\//i.test(url)) return []
  return [{ id: id || url, title, text, url, publishedAt: at, publisher, author, tags: [...tags, ...entry.tags] }]
}
