import { minutes } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { articlesOf, faultOfPublished, type Article } from './articles.ts'
import type { Source } from './source.ts'
import { tickersIn } from './tickers.ts'
import type { WatchAsk } from './watch.ts'

const host = 'https://www.binance.com'
/** New cryptocurrency listings, delistings. */
const catalogs = [48, 161] as const
const rows = 20

const Entry = z.object({
  code: z.string().regex(/^[0-9a-f]{32}$/, 'expected 32 hex digits'),
  title: z.string(),
  releaseDate: z.int(),
})
const Listing = z.object({
  data: z.object({ catalogs: z.array(z.object({ catalogId: z.int(), articles: z.array(Entry) })) }),
})
type Listing = z.output<typeof Listing>

/** The pages of the web site ask this of themselves; nothing about it is promised, and now and then it refuses everybody for a while. */
export const binanceAnnouncements: Source = {
  id: 'binance-announcements',
  docs: 'https://www.binance.com/en/support/announcement',
  key: 'none',
  // No limit is known: each list is asked for at most once a minute, with room for a retry.
  budget: { calls: 4, perMs: minutes(1) },
  throttledMs: minutes(10),
  readError,
  feeds: {},
  watches: [{ name: 'announcements', kind: 'news', about: 'market', calls: catalogs.length, see: announcements }],
}

async function announcements({ now, get, abort }: WatchAsk) {
  const answers = []
  for (const catalog of catalogs) {
    const url = `${host}/bapi/composite/v1/public/cms/article/list/query?type=1&catalogId=${catalog}&pageNo=1&pageSize=${rows}`
    const check = (listing: Listing) => faultOf(listing, catalog)
    answers.push(await get.timed(url, Listing, { check, abort }))
  }
  const fetchedAt = Math.max(...answers.map((answer) => answer.fetchedAt))
  const articles = answers.flatMap(({ body }) => articlesIn(body))
  return articlesOf({ source: binanceAnnouncements.id, token: null, now, fetchedAt }, articles)
}

function faultOf(listing: Listing, catalog: number): string | null {
  const { catalogs: told } = listing.data
  if (!told.some(({ catalogId }) => catalogId === catalog)) return `the list ${catalog} is not in the answer`
  return faultOfPublished(articlesIn(listing))
}

const articlesIn = ({ data }: Listing): Article[] =>
  data.catalogs.flatMap(({ articles }) =>
    articles.map(({ code, title, releaseDate }) => ({
      id: code,
      title,
      url: `${host}/en/support/announcement/${code}`,
      publishedAt: releaseDate,
      publisher: 'binance.com',
      tags: tickersIn(title),
    })),
  )

const ErrorBody = z.object({ code: z.string().regex(/^\d{1,9}$/) })

/** `{ code, message, success }`, with status 200 too; code 000000 is no error. */
function readError(_status: number, body: unknown): VendorError | null {
  const code = ErrorBody.safeParse(body).data?.code
  return code === undefined || code === '000000'
    ? null
    : { mishap: 'refused', reason: `refused the request (code ${code})` }
}
