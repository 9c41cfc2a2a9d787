import { minutes } from '@pumpiq/domain'
import { newsroom } from './newsroom.ts'

export const theblock = newsroom({
  id: 'theblock',
  docs: 'https://www.theblock.co/rss.xml',
  feed: 'https://www.theblock.co/rss.xml',
  publisher: 'theblock.co',
  // The feed says itself that it is good for so long.
  freshMs: minutes(8),
})
