import { newsroom } from './newsroom.ts'

export const decrypt = newsroom({
  id: 'decrypt',
  docs: 'https://decrypt.co/feed',
  feed: 'https://decrypt.co/feed',
  publisher: 'decrypt.co',
})
