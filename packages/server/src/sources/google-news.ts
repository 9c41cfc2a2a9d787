import { minutes, seconds } from '@pumpiq/domain'
import type { z } from 'zod'
import { articlesOf, domainOf, faultOfPublished, type Article } from './articles.ts'
import { Feed, parseFeed, type FeedEntry } from './rss.ts'
import { aboutCoins, searchName } from './search-name.ts'
import type { Source } from './source.ts'
import type { Watch } from './watch.ts'

export const googleNews: Source = {
  id: 'google-news',
  docs: 'https://news.google.com/rss',
  optIn:
    'its feed is made available for a personal, non-commercial feed reader only: whoever switches it on answers for that',
  key: 'none',
  // No limit is known; more than one in a few seconds is answered with a page for robots.
  budget: { calls: 1, perMs: seconds(5) },
  throttledMs: minutes(15),
  feeds: {},
  watches: [articles()],
}

function articles(): Watch {
  return {
    name: 'articles',
    kind: 'news',
    about: 'token',
    calls: 1,
    freshMs: minutes(15),
    serves: (token) => searchName(token) !== null,
    see: async ({ token, now, get, abort }) => {
      const search = new URLSearchParams({
        q: `"${searchName(token) ?? token.name}" ${aboutCoins} when:3d`,
        hl: 'en-US',
        gl: 'US',
        ceid: 'US:en',
      })
      const url = `https://news.google.com/rss/search?${search}`
      const answer = await get.timed(url, Feed, { parse: parseFeed, check: faultOf, attempts: 2, abort })
      const told = { source: googleNews.id, token: token.id, now, fetchedAt: answer.fetchedAt }
      return articlesOf(told, answer.body.entries.flatMap(articleOf))
    },
  }
}

/** A search may find nothing; what it finds has an outlet and a time. */
function faultOf({ entries }: z.output<typeof Feed>): string | null {
  const usable = entries.flatMap(articleOf)
  if (usable.length * 2 < entries.length)
    return `of ${entries.length} items only ${usable.length} have an outlet, a link and a time`
  return faultOfPublished(usable)
}

/** The title is "Headline - Outlet", the text a list of links, the address leads to the article through a page of Google's. */
function articleOf({ id, title, url, at, outlet }: FeedEntry): Article[] {
  const publisher = domainOf(outlet?.url ?? '')
  if (at === null || url === '' || publisher === '' || !outlet) return []
  const ending = ` - ${outlet.name}`
  const headline = title.endsWith(ending) ? title.slice(0, -ending.length) : title
  return [{ id: id || url, title: headline, url, publishedAt: at, publisher }]
}
