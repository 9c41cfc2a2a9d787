import { newsroom } from './newsroom.ts'

export const cointelegraph = newsroom({
  id: 'cointelegraph',
  docs: 'https://cointelegraph.com/rss-feeds',
  feed: 'https://cointelegraph.com/rss',
  publisher: 'cointelegraph.com',
})
