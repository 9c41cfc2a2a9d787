import { days, minutes, seconds, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { articlesOf, domainOf, faultOfPublished, type Article } from './articles.ts'
import { FeedTime } from './feed-time.ts'
import type { Source } from './source.ts'
import type { Watch } from './watch.ts'

const articlesAtMost = 50
/** It knows tickers only: of those below, another coin is more likely meant. */
const rankAtMost = 500

const tones = { Positive: 1, Neutral: 0, Negative: -1 } as const

const Entry = z.object({
  news_url: z.string().min(1),
  title: z.string(),
  text: z.string().nullish(),
  date: FeedTime,
  topics: z.array(z.string()).nullish(),
  sentiment: z.enum(['Positive', 'Neutral', 'Negative']).nullish(),
  tickers: z.array(z.string()),
})
const News = z.object({ data: z.array(Entry) })
type News = z.output<typeof News>

/** cryptonews-api.com, for subscribers. */
export const cryptonews: Source = {
  id: 'cryptonews',
  docs: 'https://cryptonews-api.com/documentation',
  key: { query: 'token', required: true },
  budget: { calls: 1, perMs: seconds(1) },
  // The smallest plan.
  quota: { calls: 20_000, perMs: days(30) },
  throttledMs: minutes(10),
  readError,
  feeds: {},
  watches: [articles()],
}

function serves({ symbol, marketCapRank }: Token): boolean {
  return marketCapRank !== null && marketCapRank <= rankAtMost && /^[A-Z0-9]{1,15}$/.test(symbol)
}

function articles(): Watch {
  return {
    name: 'articles',
    kind: 'news',
    about: 'token',
    calls: 1,
    // Its own cache keeps an answer for up to an hour.
    freshMs: minutes(30),
    serves,
    see: async ({ token, now, get, abort }) => {
      const search = new URLSearchParams({
        tickers: token.symbol,
        items: String(articlesAtMost),
        page: '1',
        type: 'article',
      })
      const check = (news: News) => faultOfPublished(articlesIn(news, token.symbol))
      const answer = await get.timed(`https://cryptonews-api.com/api/v1?${search}`, News, { check, abort })
      const told = { source: cryptonews.id, token: token.id, now, fetchedAt: answer.fetchedAt }
      return articlesOf(told, articlesIn(answer.body, token.symbol))
    },
  }
}

const articlesIn = ({ data }: News, symbol: string): Article[] =>
  data
    .filter(({ tickers }) => tickers.includes(symbol))
    .map(({ news_url: url, title, text, date, topics, sentiment, tickers }) => ({
      id: url,
      title,
      text,
      url,
      publishedAt: date,
      publisher: domainOf(url),
      tags: [...tickers, ...(topics ?? [])],
      vendorSentiment: sentiment ? tones[sentiment] : null,
    }))

const ErrorBody = z.union([
  z.object({ error: z.unknown().refine((said) => said !== undefined) }),
  z.object({ message: z.string() }),
])

/** Its errors are not documented: a message in the place of the data, with any status. */
function readError(status: number, body: unknown): VendorError | null {
  if (status === 429 || status >= 500 || News.safeParse(body).success || !ErrorBody.safeParse(body).success) return null
  return { mishap: 'refused', reason: `refused the request (HTTP ${status})` }
}
