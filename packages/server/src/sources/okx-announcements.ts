import { seconds } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { articlesOf, faultOfPublished, type Article } from './articles.ts'
import type { Source } from './source.ts'
import { tickersIn } from './tickers.ts'
import type { WatchAsk } from './watch.ts'

const types = ['announcements-new-listings', 'announcements-delistings'] as const

const Millis = z
  .string()
  .regex(/^\d{1,16}$/, 'expected epoch ms in a string')
  .transform(Number)
/** `pTime` is when it was first published; the time on the page, `businessPTime`, may be rounded. */
const Entry = z.object({ title: z.string(), url: z.string().min(1), pTime: Millis })
const Page = z.object({ data: z.array(z.object({ details: z.array(Entry) })) })
type Page = z.output<typeof Page>

export const okxAnnouncements: Source = {
  id: 'okx-announcements',
  docs: 'https://www.okx.com/docs-v5/en/#announcement-get-announcements',
  key: 'none',
  // 5 in 2 s an address.
  budget: { calls: 4, perMs: seconds(2) },
  throttledMs: seconds(2),
  readError,
  feeds: {},
  watches: [{ name: 'announcements', kind: 'news', about: 'market', calls: types.length, see: announcements }],
}

async function announcements({ now, get, abort }: WatchAsk) {
  const answers = []
  for (const type of types) {
    const url = `https://www.okx.com/api/v5/support/announcements?annType=${type}&page=1`
    const check = (page: Page) => faultOfPublished(articlesIn(page))
    // Without it the titles come in the language of the address.
    const headers = { 'accept-language': 'en-US' }
    answers.push(await get.timed(url, Page, { check, headers, abort }))
  }
  const fetchedAt = Math.max(...answers.map((answer) => answer.fetchedAt))
  const articles = answers.flatMap(({ body }) => articlesIn(body))
  return articlesOf({ source: okxAnnouncements.id, token: null, now, fetchedAt }, articles)
}

const articlesIn = ({ data }: Page): Article[] =>
  data.flatMap(({ details }) =>
    details.map(({ title, url, pTime }) => ({
      id: url,
      title,
      url,
      publishedAt: pTime,
      publisher: 'okx.com',
      tags: tickersIn(title),
    })),
  )

const ErrorBody = z.object({ code: z.string().regex(/^\d{1,6}$/) })

/** `{ code, msg }`, with status 200 or 4xx; code 0 is no error. */
function readError(_status: number, body: unknown): VendorError | null {
  const code = ErrorBody.safeParse(body).data?.code
  if (code === undefined || code === '0') return null
  if (code === '50011' || code === '50061') return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (/^50(001|004|013|026)$/.test(code)) return { mishap: 'server', reason: `is in trouble (code ${code})` }
  return { mishap: 'refused', reason: `refused the request (code ${code})` }
}
