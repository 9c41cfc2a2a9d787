import { newsroom } from './newsroom.ts'

/** The feed of the site; its data interface is for subscribers only. */
export const coindesk = newsroom({
  id: 'coindesk',
  docs: 'https://www.coindesk.com/arc/outboundfeeds/rss/',
  feed: 'https://www.coindesk.com/arc/outboundfeeds/rss/',
  publisher: 'coindesk.com',
})
