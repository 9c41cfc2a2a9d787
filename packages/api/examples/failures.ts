import { createClient, Failure, ServerFailure } from '@pumpiq/api'

const client = createClient({
  baseUrl: 'http://127.0.0.1:3000',
  retries: 3,
  timeoutMs: 20_000,
  onAnswer({ method, path, status, limits, retryInMs }) {
    console.log(method, path, status ?? 'no answer', limits ? `${limits.remaining} left` : '')
    if (retryInMs !== null) console.log(`asked again in ${retryInMs} ms`)
  },
})

try {
  await client.tokens.one({ params: { id: 'bitcoin:nowhere' } })
} catch (thrown) {
  if (!(thrown instanceof Failure)) throw thrown
  // invalid, unauthenticated, forbidden, notFound, conflict, tooMany, unavailable or broken
  console.log(thrown.code, thrown.message)
  if (thrown.retryAfterMs !== undefined) console.log('ask again in', thrown.retryAfterMs, 'ms')
  if (thrown instanceof ServerFailure) console.log('the server has it in its log as', thrown.requestId)
}
