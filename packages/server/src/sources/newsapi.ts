import { hours, seconds } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { articlesOf, domainOf, faultOfPublished, type Article } from './articles.ts'
import { FeedTime } from './feed-time.ts'
import { aboutCoins, searchName } from './search-name.ts'
import type { Source } from './source.ts'
import type { Watch } from './watch.ts'

const articlesAtMost = 100

const Entry = z.object({
  author: z.string().nullable(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  url: z.string().nullable(),
  publishedAt: FeedTime,
  content: z.string().nullable(),
})
const Everything = z.object({ articles: z.array(Entry) })
type Everything = z.output<typeof Everything>

/** Without a paid plan its articles are a day old at least and for development only. */
export const newsapi: Source = {
  id: 'newsapi',
  docs: 'https://newsapi.org/docs/endpoints/everything',
  key: { header: 'x-api-key', required: true },
  budget: { calls: 1, perMs: seconds(1) },
  // 100 in a day, 50 of them in half a day.
  quota: { calls: 50, perMs: hours(12) },
  throttledMs: hours(1),
  readError,
  feeds: {},
  watches: [articles()],
}

function articles(): Watch {
  return {
    name: 'articles',
    kind: 'news',
    about: 'token',
    calls: 1,
    freshMs: hours(12),
    serves: (token) => searchName(token) !== null,
    see: async ({ token, now, get, abort }) => {
      const search = new URLSearchParams({
        q: `"${searchName(token) ?? token.name}" AND ${aboutCoins}`,
        language: 'en',
        sortBy: 'publishedAt',
        pageSize: String(articlesAtMost),
      })
      const check = (found: Everything) => faultOfPublished(articlesIn(found))
      const answer = await get.timed(`https://newsapi.org/v2/everything?${search}`, Everything, { check, abort })
      return articlesOf(
        { source: newsapi.id, token: token.id, now, fetchedAt: answer.fetchedAt },
        articlesIn(answer.body),
      )
    },
  }
}

/** What was taken back stays as an article of the name `[Removed]`; `content` is the beginning only, and says how much is missing. */
const articlesIn = ({ articles: found }: Everything): Article[] =>
  found.flatMap(({ author, title, description, url, publishedAt, content }) => {
    if (title === null || url === null || title === '[Removed]') return []
    const text = description ?? content?.replace(/…? ?\[\+\d+ chars\]$/, '')
    return [{ id: url, title, text, url, publishedAt, publisher: domainOf(url), author }]
  })

const ErrorBody = z.object({ status: z.literal('error'), code: z.string().regex(/^[A-Za-z]{1,40}$/) })

/** `{ status: "error", code, message }`; codes from the manual's table. */
function readError(_status: number, body: unknown): VendorError | null {
  const code = ErrorBody.safeParse(body).data?.code
  if (code === undefined) return null
  if (code === 'rateLimited') return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (code === 'unexpectedError') return { mishap: 'server', reason: 'is in trouble' }
  if (code === 'apiKeyExhausted') return { mishap: 'refused', reason: 'says that the quota of the key is used up' }
  if (/^apiKey(Missing|Invalid|Disabled)$/.test(code))
    return { mishap: 'refused', reason: `does not take the key (${code})` }
  return { mishap: 'refused', reason: `refused the request (${code})` }
}
