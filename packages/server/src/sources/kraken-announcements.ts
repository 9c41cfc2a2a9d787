import { minutes } from '@pumpiq/domain'
import { newsroom } from './newsroom.ts'
import { tickersIn } from './tickers.ts'

/** What Kraken lists, from its blog. Its feed is not promised to anyone. */
export const krakenAnnouncements = newsroom({
  id: 'kraken-announcements',
  docs: 'https://blog.kraken.com/category/asset-listings',
  feed: 'https://blog.kraken.com/category/asset-listings/feed/',
  publisher: 'kraken.com',
  freshMs: minutes(10),
  tagsOf: tickersIn,
})
