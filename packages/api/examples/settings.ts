import { createClient } from '@pumpiq/api'

const client = createClient({ baseUrl: 'http://127.0.0.1:3000' })

const { settings, version } = await client.settings.mine()
console.log('risk', settings.riskTolerance, 'timeframe', settings.timeframe)

// `ifVersion`: nothing is changed over a change that somebody else made meanwhile.
const changed = await client.settings.change({
  query: { ifVersion: version },
  body: { riskTolerance: 'conservative', timeframe: 'LONG_TERM' },
})
for (const name of ['riskTolerance', 'timeframe', 'mode'])
  console.log(name, changed.origins[name]?.value, 'by', changed.origins[name]?.origin)

await client.settings.reset()
