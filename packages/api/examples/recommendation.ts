import { createClient } from '@pumpiq/api'

const client = createClient({ baseUrl: 'http://127.0.0.1:3000' })

// The freshest sealed answer, or a new one: that takes a few seconds.
const call = await client.recommendations.create({ body: { token: 'BTC', timeframe: 'SWING' } })
console.log(call.type, call.symbol, 'at', call.price?.value, call.abstained ?? '')
console.log('entry', call.entry, 'stop', call.stopLoss, 'targets', call.targets.map(({ price }) => price).join(' '))

// Every number leads down to what was seen, by whom and when.
const why = await client.recommendations.explanation({ params: { id: call.id } })
for (const { text } of why.sentences) console.log('-', text)
