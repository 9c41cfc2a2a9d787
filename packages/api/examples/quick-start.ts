import { createClient } from '@pumpiq/api'

const client = createClient({ baseUrl: 'http://127.0.0.1:3000' })

const health = await client.system.health()
console.log(`${health.status}, ${health.data} data, ${health.ledger.seq} records`)

const { items } = await client.recommendations.list({ query: { current: 'true', limit: 5 } })
for (const { symbol, type, confidence } of items)
  console.log(symbol, type, confidence === null ? 'no confidence' : `${Math.round(100 * confidence.value)} %`)
