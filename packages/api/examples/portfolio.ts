import { createClient } from '@pumpiq/api'

const client = createClient({ baseUrl: 'http://127.0.0.1:3000' })

await client.watchlist.add({ body: { token: 'SOL', note: 'waits for an entry' } })
const watched = await client.watchlist.list()
for (const { symbol, price, call } of watched.items)
  console.log('watched', symbol, price?.value ?? 'price unknown', call?.type ?? 'no call')

// Sent again under the same key, as a program does that was ended in between, it is added once.
const bought = { token: 'BTC', kind: 'buy', quantity: '0.05', priceUsd: '60000', feeUsd: '3' } as const
await client.portfolio.add({ body: bought }, { idempotencyKey: 'order-4711' })
await client.portfolio.add({ body: bought }, { idempotencyKey: 'order-4711' })

const { totals, holdings } = await client.portfolio.value()
for (const { symbol, quantity, value, unrealised } of holdings) console.log('held', symbol, quantity, value, unrealised)
console.log('worth', totals.value, totals.complete ? '' : totals.missing.join('; '))
