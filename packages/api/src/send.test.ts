import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Answered } from './answered.ts'
import { createClient, type ClientOptions } from './client.ts'

const head = { seq: 3, hash: 'ab'.repeat(32) }
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
const problem = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}) =>
  json(
    {
      type: `urn:pumpiq:problem:${code}`,
      title: 'x',
      status,
      detail: 'a sentence',
      instance: '/',
      code,
      requestId: 'r-1',
      ...more,
    },
    status,
    headers,
  )
const busy = () => problem(503, 'unavailable')
const fine = () => json(head)
type Answer = () => Response | Promise<Response>

/** Gives one answer after another, the last one for ever; waits and limits run in a time that is moved by hand. */
function answering(answers: readonly Answer[], options: Partial<ClientOptions> = {}) {
  const asked: { request: Request; at: number; body: string }[] = []
  const told: Answered[] = []
  const client = createClient({
    baseUrl: 'http://pumpiq.test',
    edge: { random: () => 0.5 },
    onAnswer: (answered) => told.push(answered),
    fetch: async (request) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)]!
      asked.push({ request, at: Date.now(), body: await request.clone().text() })
      return new Promise((resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason as Error))
        Promise.resolve(answer()).then(resolve, reject)
      })
    },
    ...options,
  })
  return { asked, told, client }
}

beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

/** The value or failure of a promise, with as much time as it takes. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  let isOver = false
  const over = () => void (isOver = true)
  promise.then(over, over)
  for (let i = 0; !isOver && i < 2_000; i++) await vi.advanceTimersByTimeAsync(100)
  return promise
}

const create = { token: 'bitcoin:native' }
const away = () => Promise.reject(new TypeError('fetch failed'))

describe('what is asked again', () => {
  it.each<[string, Answer]>([
    ['a server without a place', () => problem(429, 'tooMany')],
    ['a proxy without a server', () => new Response('<html>', { status: 502 })],
    ['a server that is busy', busy],
    ['a proxy that waited too long', () => new Response('', { status: 504 })],
    ['a network that is away', away],
    [
      'an answer that is cut off',
      () => new Response(new ReadableStream({ pull: (stream) => stream.error(new Error('cut')) })),
    ],
  ])('%s, twice, and then it is told', async (_, answer) => {
    const { asked, client, told } = answering([answer, answer, fine])
    expect(await settled(client.ledger.head())).toEqual(head)
    expect(asked).toHaveLength(3)
    expect(told.map(({ attempt, retryInMs }) => [attempt, retryInMs])).toEqual([
      [1, 125],
      [2, 250],
      [3, null],
    ])
    const gone = answering([answer])
    await expect(settled(gone.client.ledger.head())).rejects.toMatchObject({ name: 'Failure' })
    expect(gone.asked).toHaveLength(3)
  })

  it.each([400, 401, 403, 404, 409, 500])('nothing after %i', async (status) => {
    const { asked, client } = answering([() => problem(status, 'invalid')])
    await expect(settled(client.ledger.head())).rejects.toMatchObject({ code: 'invalid', message: 'a sentence' })
    expect(asked).toHaveLength(1)
  })

  it('a request that changes something only under a key that the endpoint heeds, and then under the same one', async () => {
    const plain = answering([busy])
    await expect(
      settled(plain.client.recommendations.create({ body: create }, { idempotencyKey: 'mine' })),
    ).rejects.toThrow()
    const isHeeded = plain.asked[0]!.request.headers.get('idempotency-key') === 'mine'
    expect(isHeeded).toBe(true)
    const tries = new Set(plain.asked.map(({ request, body }) => `${request.headers.get('idempotency-key')} ${body}`))
    expect([...tries]).toEqual([`mine ${JSON.stringify(create)}`])
  })

  it('no more often than is said, for all calls or one', async () => {
    const never = answering([busy], { retries: 0 })
    await expect(settled(never.client.ledger.head())).rejects.toMatchObject({ code: 'unavailable' })
    expect(never.asked).toHaveLength(1)
    await expect(settled(never.client.ledger.head({}, { retries: 4 }))).rejects.toMatchObject({ code: 'unavailable' })
    expect(never.asked).toHaveLength(6)
  })

  it('not once the caller has given up, though it waits', async () => {
    const { asked, client } = answering([busy])
    const stop = new AbortController()
    const call = client.ledger.head({}, { abort: stop.signal, retries: 50 })
    await vi.advanceTimersByTimeAsync(20)
    stop.abort(new Error('page left'))
    await expect(settled(call)).rejects.toThrow('page left')
    expect(asked).toHaveLength(1)
  })
})

describe('how long is waited', () => {
  it('what the server asks for, and a little more that chance says', async () => {
    const { asked, client } = answering([() => problem(429, 'tooMany', {}, { 'retry-after': '7' }), fine])
    expect(await settled(client.ledger.head())).toEqual(head)
    expect(asked[1]!.at - asked[0]!.at).toBe(7_125)
  })

  it('until the date that a proxy names', async () => {
    const until = new Date(9_000).toUTCString()
    const { asked, client } = answering([
      () => new Response('', { status: 503, headers: { 'retry-after': until } }),
      fine,
    ])
    expect(await settled(client.ledger.head())).toEqual(head)
    expect(asked[1]!.at).toBe(9_125)
  })

  it('not at all when that is longer than anybody wants to wait; the failure says how long', async () => {
    const { asked, client } = answering([() => problem(429, 'tooMany', { retryAfterMs: 3_600_000 })])
    await expect(settled(client.ledger.head())).rejects.toMatchObject({ code: 'tooMany', retryAfterMs: 3_600_000 })
    expect(asked).toHaveLength(1)
  })

  it('for one answer no longer than is said, then it is asked again', async () => {
    const silent: Answer = () => new Promise(() => {})
    const { client, asked } = answering([silent, fine], { timeoutMs: 2_000 })
    expect(await settled(client.ledger.head())).toEqual(head)
    expect(asked[1]!.at - asked[0]!.at).toBe(2_125)
    const gone = answering([silent], { timeoutMs: 2_000, retries: 0 })
    await expect(settled(gone.client.ledger.head())).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the server at http://pumpiq.test did not answer within 2 s',
    })
  })
})

describe('what is told', () => {
  it('the limits, the request’s name in the log and the time it took', async () => {
    const headers = {
      'x-request-id': 'r-9',
      'ratelimit-limit': '60',
      'ratelimit-remaining': '59',
      'ratelimit-reset': '31',
    }
    const { client, told } = answering([() => json(head, 200, headers)])
    await client.ledger.head()
    expect(told).toEqual([
      {
        method: 'GET',
        path: '/ledger/head',
        status: 200,
        code: null,
        requestId: 'r-9',
        limits: { limit: 60, remaining: 59, resetMs: 31_000 },
        attempt: 1,
        durationMs: 0,
        retryInMs: null,
      },
    ])
  })

  it('of a refusal: its code, status, request and which word was wrong', async () => {
    const errors = [{ in: 'query', field: 'limit', message: 'must be a number' }]
    const { client } = answering([() => problem(400, 'invalid', { errors, candidates: ['a:b'] })])
    await expect(settled(client.ledger.head())).rejects.toMatchObject({
      name: 'Failure',
      code: 'invalid',
      status: 400,
      requestId: 'r-1',
      errors,
      candidates: ['a:b'],
    })
  })
})

describe('credentials', () => {
  const sent = ({ asked }: ReturnType<typeof answering>) =>
    asked.map(({ request }) => [request.headers.get('x-api-key'), request.headers.get('authorization')])

  it('are sent as a key or as a bearer’s token, and never along to another host', async () => {
    const key = answering([fine], { apiKey: 'pq_1' })
    const token = answering([fine], { token: 'ey.1' })
    await Promise.all([key, token].map(({ client }) => client.ledger.head()))
    expect([...sent(key), ...sent(token)]).toEqual([
      ['pq_1', null],
      [null, 'Bearer ey.1'],
    ])
    expect(key.asked[0]!.request.redirect).toBe('error')
  })

  it('that were refused are asked for once more, whatever is asked', async () => {
    const refused = () => problem(401, 'unauthenticated')
    const given: (string | undefined)[] = []
    const token = (old?: string) => {
      given.push(old)
      return old === undefined ? 'old' : 'new'
    }
    const fresh = answering([refused, fine], { token, retries: 0 })
    expect(await settled(fresh.client.ledger.head())).toEqual(head)
    expect(sent(fresh).map(([, bearer]) => bearer)).toEqual(['Bearer old', 'Bearer new'])
    const never = answering([refused], { token })
    await expect(settled(never.client.recommendations.create({ body: create }))).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    expect(never.asked).toHaveLength(2)
    expect(given).toEqual([undefined, 'old', undefined, 'old'])
  })

  it('stand in no failure: not when they cannot be sent, not when nobody answers, not in what is told', async () => {
    const secret = 'pq_hushhush'
    const shown: unknown[] = []
    for (const options of [
      { apiKey: `${secret}\n` },
      { apiKey: secret, token: secret },
      { baseUrl: `http://a:${secret}@x` },
    ]) {
      try {
        answering([fine], options)
        shown.push('nothing was refused')
      } catch (thrown) {
        shown.push((thrown as Error).message, (thrown as Error).stack)
      }
    }
    for (const options of [{ token: () => `${secret} x` }, { apiKey: secret }]) {
      const { client, told } = answering([away], options)
      const failure: unknown = await settled(client.ledger.head().catch((thrown: unknown) => thrown))
      shown.push(String(failure), JSON.stringify(failure), String((failure as Error).cause), JSON.stringify(told))
    }
    expect(shown.join('\n')).not.toContain('hushhush')
    expect(shown).not.toContain('nothing was refused')
  })
})
