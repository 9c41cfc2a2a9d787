import { createClient, waitForJob } from '@pumpiq/api'

const client = createClient({ baseUrl: 'http://127.0.0.1:3000' })

// Waits two seconds for the answer; after that there is a job, which goes on whether anybody waits or not.
const answer = await client.recommendations.create({ body: { token: 'ETH', maxAgeMs: 0 } }, { waitMs: 2_000 })
const job = 'accepted' in answer ? await waitForJob(client, answer.accepted.id) : null
console.log(job ? `job ${job.state}` : 'answered at once')

// Several at once are a job in any case.
const batch = await client.recommendations.batch({ body: { tokens: ['BTC', 'ETH', 'SOL'] } })
const { state, items } = await waitForJob(client, batch.id, {
  onProgress: ({ progress }) => console.log(`${progress.done} of ${progress.total}`),
})
console.log(state)
for (const { symbol, recommendation, problem } of items) console.log(symbol, recommendation ?? problem)
