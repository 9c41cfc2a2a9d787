import { createClient, paginate } from '@pumpiq/api'

const client = createClient({ baseUrl: 'http://127.0.0.1:3000' })

let seen = 0
for await (const { symbol, issuedAt, outcome } of paginate(client.recommendations.list, { query: { limit: 10 } })) {
  console.log(issuedAt, symbol, outcome?.status ?? 'open')
  // Pages behind this one are never asked for.
  if (++seen === 25) break
}
console.log(`${seen} recommendations`)
