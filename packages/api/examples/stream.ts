import { createStream } from '@pumpiq/api'

// `since: 0` tells all that was ever sealed first; without it the stream begins now.
const stream = createStream({
  baseUrl: 'http://127.0.0.1:3000',
  channels: ['recommendations', 'outcomes'],
  since: 0,
})

for await (const event of stream) {
  if (event.event === 'recommendation') console.log(event.seq, event.recommendation.symbol, event.recommendation.type)
  if (event.event === 'outcome') console.log(event.seq, event.outcome.symbol, event.outcome.status)
  // All that there was has been told. Stay, and what happens next comes as it happens.
  if (event.event === 'head') break
}
console.log('up to date')
