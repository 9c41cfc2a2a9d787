import { minutes, seconds } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { articlesOf, faultOfPublished, type Article } from './articles.ts'
import type { Source } from './source.ts'
import { tickersIn } from './tickers.ts'
import type { WatchAsk } from './watch.ts'

const types = ['new_crypto', 'delistings'] as const
const rows = 20

const Entry = z.object({
  title: z.string(),
  description: z.string().nullish(),
  url: z.string().min(1),
  /** What the author fills in: it may lie ahead. */
  dateTimestamp: z.int(),
  publishTime: z.int().nullish(),
})
const Page = z.object({ result: z.object({ list: z.array(Entry) }) })
type Page = z.output<typeof Page>

export const bybitAnnouncements: Source = {
  id: 'bybit-announcements',
  docs: 'https://bybit-exchange.github.io/docs/v5/announcement',
  key: 'none',
  // 600 in 5 s an address, for everything that is asked of this venue.
  budget: { calls: 10, perMs: seconds(5) },
  throttledMs: minutes(10),
  readError,
  feeds: {},
  watches: [{ name: 'announcements', kind: 'news', about: 'market', calls: types.length, see: announcements }],
}

async function announcements({ now, get, abort }: WatchAsk) {
  const answers = []
  for (const type of types) {
    const url = `https://api.bybit.com/v5/announcements/index?locale=en-US&type=${type}&page=1&limit=${rows}`
    const check = (page: Page) => faultOfPublished(articlesIn(page))
    answers.push(await get.timed(url, Page, { check, abort }))
  }
  const fetchedAt = Math.max(...answers.map((answer) => answer.fetchedAt))
  const articles = answers.flatMap(({ body }) => articlesIn(body))
  return articlesOf({ source: bybitAnnouncements.id, token: null, now, fetchedAt }, articles)
}

const articlesIn = ({ result }: Page): Article[] =>
  result.list.map(({ title, description, url, dateTimestamp, publishTime }) => ({
    id: url,
    title,
    text: description,
    url,
    publishedAt: publishTime || dateTimestamp,
    publisher: 'bybit.com',
    tags: tickersIn(title),
  }))

const ErrorBody = z.object({ retCode: z.int() })

/** `{ retCode, retMsg }`, with status 200 too; 0 is no error. */
function readError(_status: number, body: unknown): VendorError | null {
  const code = ErrorBody.safeParse(body).data?.retCode
  if (code === undefined || code === 0) return null
  if (code === 10_006 || code === 10_018) return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (code === 10_000 || code === 10_016) return { mishap: 'server', reason: `is in trouble (code ${code})` }
  return { mishap: 'refused', reason: `refused the request (code ${code})` }
}
