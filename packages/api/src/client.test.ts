import { expect, it } from 'vitest'
import { createClient } from './client.ts'

const answering = (answer: () => Response | Promise<Response>) => {
  const asked: Request[] = []
  const client = createClient({
    baseUrl: 'http://pumpiq.test/',
    fetch: (request) => {
      asked.push(request)
      return Promise.resolve(answer())
    },
  })
  return { asked, client }
}
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const head = { seq: 3, hash: 'ab'.repeat(32) }

it('asks the path, query and body that the table says', async () => {
  const { asked, client } = answering(() => json({ items: [], next: null }))
  await client.recommendations.list({ query: { token: 'ethereum:0xAb', current: 'true', limit: 5, cursor: undefined } })
  await client.recommendations.list()
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET http://pumpiq.test/api/v1/recommendations?token=ethereum%3A0xAb&current=true&limit=5',
    'GET http://pumpiq.test/api/v1/recommendations',
  ])
})

it('escapes what stands in a path and refuses to ask without it', async () => {
  const { asked, client } = answering(() => json({}))
  await expect(client.tokens.one({ params: { id: 'a/../b' } })).rejects.toMatchObject({ code: 'broken' })
  expect(asked[0]!.url).toBe('http://pumpiq.test/api/v1/tokens/a%2F..%2Fb')
  await expect(client.tokens.one({ params: { id: '' } })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('id is missing') as string,
  })
  expect(asked).toHaveLength(1)
})

it('refuses an answer in another shape than promised, and says where', async () => {
  const { client } = answering(() => json({ ...head, seq: 'three' }))
  await expect(client.ledger.head()).rejects.toMatchObject({
    code: 'broken',
    message: expect.stringContaining('seq') as string,
  })
})

it.each([
  ['a server that does not answer', () => Promise.reject(new TypeError('fetch failed')), 'unavailable'],
  ['a proxy without a server', () => new Response('<html>', { status: 502 }), 'unavailable'],
  ['a page instead of JSON', () => new Response('<html>'), 'broken'],
  ['an unknown refusal', () => new Response('no', { status: 418 }), 'broken'],
])('%s is a failure by name', async (_, answer, code) => {
  const { client } = answering(answer)
  await expect(client.ledger.head()).rejects.toMatchObject({ name: 'Failure', code })
})

it('gives a stream line by line, however the bytes are cut', async () => {
  const bytes = new TextEncoder().encode('{"a":"ä"}\n{"b":2}\n')
  for (let cut = 1; cut < bytes.length; cut++) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, cut))
        controller.enqueue(bytes.slice(cut))
        controller.close()
      },
    })
    const lines: string[] = []
    for await (const line of await answering(() => new Response(body)).client.ledger.export()) lines.push(line)
    expect(lines).toEqual(['{"a":"ä"}', '{"b":2}'])
  }
})

it('throws the abort itself when the caller gave up', async () => {
  const gone = new AbortController()
  gone.abort(new Error('page left'))
  const { client } = answering(() => Promise.reject(new Error('aborted')))
  await expect(client.ledger.head({}, { abort: gone.signal })).rejects.toThrow('aborted')
})

const job = {
  id: '019e1b6e-3d30-702b-b6a4-ea3eeb304153',
  kind: 'recommendation',
  state: 'pending',
  createdAt: '2026-05-12T09:04:30.000Z',
  endedAt: null,
  estimatedCompletionAt: null,
  progress: { done: 0, failed: 0, total: 1 },
  results: [],
  items: [],
}

it('says how long it waits where there may be a job, and tells a job from an answer', async () => {
  const { asked, client } = answering(() => json(job, 202))
  const body = { token: 'BTC' }
  expect(await client.recommendations.create({ body }, { waitMs: 2_900 })).toEqual({ accepted: job })
  expect(await client.recommendations.batch({ body: {} })).toEqual(job)
  await expect(client.recommendations.create({ body })).rejects.toMatchObject({ code: 'broken' })
  expect(asked.map(({ headers }) => headers.get('prefer'))).toEqual(['respond-async, wait=2', null, null])
})

it('makes a key of its own for what an endpoint does once under one, and for nothing else', async () => {
  const keyed = answering(() => json(job, 202))
  await keyed.client.recommendations.batch({ body: {} })
  await keyed.client.recommendations.batch({ body: {} })
  const keys = keyed.asked.map(({ headers }) => headers.get('idempotency-key'))
  expect(new Set(keys).size).toBe(2)
  expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key ?? ''))).toBe(true)
  const plain = answering(() => json(head))
  await plain.client.ledger.head()
  expect(plain.asked[0]!.headers.has('idempotency-key')).toBe(false)
  await expect(plain.client.ledger.head({}, { idempotencyKey: 'two\nlines' })).rejects.toMatchObject({
    code: 'invalid',
  })
})
