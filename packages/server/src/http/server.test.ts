import { mkdtemp } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { canonical, Failure, sealedBody } from '@pumpiq/domain'
import { createClient, endpoints, LedgerRecord, Problem, type Handlers } from '@pumpiq/api'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { sha256Hex } from '../platform/hash.ts'
import { createCollectedLog } from '../platform/log.ts'
import { systemIds } from '../platform/ids.ts'
import { injectFetch } from './inject-fetch.ts'
import { createSampleHandlers } from './sample-handlers.ts'
import { createSampleMarket } from './sample-market.ts'
import { createHttp } from './server.ts'

const now = Date.UTC(2026, 0, 5, 12)
const market = createSampleMarket({ now })
const open: FastifyInstance[] = []
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

type Changes = { [R in keyof Handlers]?: Partial<Handlers[R]> }

async function serve(changes: Changes = {}, simulated = true, mostMs = 30_000) {
  const log = createCollectedLog()
  const plain = createSampleHandlers({ market, now, simulated })
  const handlers = Object.fromEntries(
    Object.entries(plain).map(([resource, verbs]) => [resource, { ...verbs, ...changes[resource as keyof Handlers] }]),
  ) as unknown as Handlers
  const webRoot = join(await mkdtemp(join(tmpdir(), 'pumpiq-web-')), 'dist')
  const app = await createHttp({ handlers, log, ids: systemIds, simulated, webRoot, mostMs })
  open.push(app)
  return { app, log, client: createClient({ baseUrl: 'http://pumpiq.test', fetch: injectFetch(app) }) }
}

const problem = (answer: { body: string; headers: Record<string, unknown> }) => {
  expect(answer.headers['content-type']).toBe('application/problem+json')
  return Problem.parse(JSON.parse(answer.body))
}

describe('the real client over the real server', () => {
  it('reads back every document as it was given', async () => {
    const { client } = await serve()
    const [first] = market.recommendations
    expect((await client.tokens.list()).items).toMatchObject(market.tokens)
    expect(await client.tokens.one({ params: { id: 'bitcoin:native' } })).toMatchObject(market.tokens[0]!)
    expect((await client.recommendations.list({ query: { type: 'BUY' } })).items.map(({ symbol }) => symbol)).toEqual([
      'DOT',
      'AVAX',
      'SOL',
      'BTC',
    ])
    expect(await client.recommendations.one({ params: { id: first!.id } })).toEqual(first)
    expect(await client.recommendations.inputs({ params: { id: first!.id } })).toEqual(market.inputs.get(first!.id))
    expect(await client.ledger.head()).toEqual({ seq: 12, hash: market.records.at(-1)!.hash })
    expect((await client.system.health()).data).toBe('simulated')
    expect((await client.system.ready()).ready).toBe(true)
    expect((await client.system.sources()).items).toHaveLength(15)
  })

  it('keeps a price of nine zeros whole', async () => {
    const { client } = await serve()
    const { items } = await client.recommendations.list({
      query: { token: 'ethereum:0x00000000000000000000000000000000000D06E5' },
    })
    expect(items[0]?.price?.value).toBe('0.000000001234')
  })

  it('gives a document whose seal can be computed again from what was read', async () => {
    const { client } = await serve()
    const document = await client.recommendations.one({ params: { id: market.recommendations[3]!.id } })
    expect(sha256Hex(`${document.seal!.prevHash}\n${canonical(sealedBody(document))}`)).toBe(document.seal!.hash)
  })

  it('streams the ledger a line at a time', async () => {
    const { client, app } = await serve()
    const records: LedgerRecord[] = []
    for await (const line of await client.ledger.export()) records.push(LedgerRecord.parse(JSON.parse(line)))
    expect(records).toEqual(market.records)
    expect((await app.inject('/api/v1/ledger/export')).headers['content-type']).toBe(
      'application/x-ndjson; charset=utf-8',
    )
  })

  it('throws the failure that the handler threw, with its candidates', async () => {
    const candidates = [{ id: 'a:1' }, { id: 'b:2' }]
    const { client } = await serve({
      recommendations: {
        create: () => {
          throw new Failure('conflict', 'MOON is two tokens', { candidates, retryAfterMs: 1500 })
        },
      },
    })
    await expect(client.recommendations.create({ body: { token: 'MOON' } })).rejects.toMatchObject({
      code: 'conflict',
      message: 'MOON is two tokens',
      candidates,
      retryAfterMs: 1500,
    })
  })
})

describe('hostile words', () => {
  it('nested as deep as the body may be are refused, not a fault of ours', async () => {
    const { app } = await serve()
    const payload = `{"token":${'['.repeat(30_000)}${']'.repeat(30_000)}}`
    const headers = { 'content-type': 'application/json' }
    const answer = await app.inject({ method: 'POST', url: '/api/v1/recommendations', payload, headers })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([400, 'application/problem+json'])
    expect(answer.json()).toMatchObject({
      code: 'invalid',
      detail: 'the body is nested too deep: at most 32 levels are read',
    })
  })

  it('with a NUL are refused where they are looked for', async () => {
    const { app } = await serve()
    const answer = await app.inject({ method: 'GET', url: '/api/v1/tokens?q=a%00b' })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ detail: expect.stringContaining('NUL') })
  })
})

describe('creating a recommendation', () => {
  it('answers 201 with a Location for a new one and 200 for a fresh sealed one', async () => {
    const { app } = await serve()
    const made = await app.inject({
      method: 'POST',
      url: '/api/v1/recommendations',
      payload: { token: 'BTC', maxAgeMs: 0 },
    })
    expect([made.statusCode, made.headers.location]).toEqual([
      201,
      `/api/v1/recommendations/${made.json<{ id: string }>().id}`,
    ])
    const again = await app.inject({ method: 'POST', url: '/api/v1/recommendations', payload: { token: 'BTC' } })
    expect([again.statusCode, again.headers.location]).toEqual([200, undefined])
  })

  it('answers 201 with `abstained` set where no call can be made', async () => {
    const { app } = await serve()
    const made = await app.inject({
      method: 'POST',
      url: '/api/v1/recommendations',
      payload: { token: 'THIN', maxAgeMs: 0 },
    })
    expect(made.statusCode).toBe(201)
    expect(made.json()).toMatchObject({
      type: 'HOLD',
      confidence: null,
      abstained: expect.stringContaining('two venues') as string,
    })
  })
})

describe('a malformed request', () => {
  it.each([
    ['an unknown timeframe', { token: 'BTC', timeframe: 'WEEKLY' }, 'timeframe', '"WEEKLY" is not allowed'],
    ['a negative age', { token: 'BTC', maxAgeMs: -1 }, 'maxAgeMs', '-1 is not allowed'],
    ['no token', {}, 'token', 'is missing'],
    ['an unknown field', { token: 'BTC', amount: 1 }, 'amount', 'is unknown here'],
  ])('is refused by field, value and what is allowed: %s', async (_, payload, field, message) => {
    const { app } = await serve()
    const answer = await app.inject({ method: 'POST', url: '/api/v1/recommendations', payload })
    const told = problem(answer)
    expect([told.status, told.code]).toEqual([400, 'invalid'])
    expect(told.errors).toMatchObject([{ in: 'body', field, message: expect.stringContaining(message) as string }])
  })

  it.each([
    ['?limit=1000', 'limit'],
    ['?tokn=bitcoin:native', 'tokn'],
    ['?token=BTC', 'token'],
    ['?current=yes', 'current'],
    ['?type=BUY&type=SELL', 'type'],
  ])('is refused in the query: %s', async (query, field) => {
    const { app } = await serve()
    const told = problem(await app.inject(`/api/v1/recommendations${query}`))
    expect([told.status, told.errors?.[0]?.in, told.errors?.[0]?.field]).toEqual([400, 'query', field])
  })

  it.each([
    ['broken JSON', '{"token": ', 'application/json', 400],
    ['an empty body', '', 'application/json', 400],
    ['a form', 'token=BTC', 'application/x-www-form-urlencoded', 415],
    ['plain text', '{"token":"BTC"}', 'text/plain', 415],
    ['a body of a megabyte', JSON.stringify({ token: 'x'.repeat(1_000_000) }), 'application/json', 413],
    ['a poisoned prototype', '{"token":"BTC","__proto__":{"x":1}}', 'application/json', 400],
  ])('is a problem, not a crash: %s', async (_, payload, type, status) => {
    const { app } = await serve()
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/recommendations',
      payload,
      headers: { 'content-type': type },
    })
    expect(problem(answer).status).toBe(status)
  })
})

describe('what is not there', () => {
  it('is a problem that names the path', async () => {
    const { app } = await serve()
    expect(problem(await app.inject('/api/v1/nothing?key=1'))).toMatchObject({
      status: 404,
      code: 'notFound',
      instance: '/api/v1/nothing',
    })
    expect(problem(await app.inject('/api/v1/tokens/moon:native'))).toMatchObject({
      status: 404,
      detail: 'there is no token moon:native',
    })
    expect(problem(await app.inject('/api/v1/tokens/%E0%A4%A')).status).toBe(400)
  })

  it('is told apart from what another method would find', async () => {
    const { app } = await serve()
    for (const [method, url, allow] of [
      ['DELETE', '/api/v1/recommendations', 'GET, HEAD, POST'],
      ['POST', '/api/v1/health', 'GET, HEAD'],
      ['OPTIONS', '/api/v1/recommendations', 'GET, HEAD, POST'],
      ['POST', '/recommendations/1', 'GET, HEAD'],
    ] as const) {
      const answer = await app.inject({ method, url })
      expect([problem(answer).status, answer.headers.allow]).toEqual([405, allow])
    }
  })
})

describe('a fault of ours', () => {
  it('stops a reply that is not in the promised shape, and logs what was wrong', async () => {
    const bad = { ...market.recommendations[0]!, completeness: 7 }
    const { app, log } = await serve({ recommendations: { one: () => bad } })
    const told = problem(await app.inject(`/api/v1/recommendations/${bad.id}`))
    expect(told).toMatchObject({ status: 500, code: 'broken' })
    expect(JSON.stringify(log.entries)).toContain('completeness')
    expect(told.detail).not.toContain('completeness')
  })

  it('tells the request id and nothing of the error', async () => {
    const { app, log } = await serve({
      tokens: {
        list: () => {
          throw new Error('connect postgres://user:hunter2@db')
        },
      },
    })
    const answer = await app.inject('/api/v1/tokens')
    const told = problem(answer)
    expect(answer.body).not.toContain('postgres')
    expect(told.detail).toContain(told.requestId)
    expect(answer.headers['x-request-id']).toBe(told.requestId)
    expect(log.entries).toMatchObject([{ level: 'error', fields: { requestId: told.requestId } }])
  })

  it('leaves out a field that was not promised', async () => {
    const { one } = createSampleHandlers({ market, now }).tokens
    const ownersEmail = 'someone@example.org'
    const { app } = await serve({ tokens: { one: async (asked) => ({ ...(await one(asked)), ownersEmail }) } })
    expect((await app.inject('/api/v1/tokens/bitcoin:native')).body).not.toContain(ownersEmail)
  })

  it('cuts a stream that breaks half-way, so that nobody takes a part for the whole', async () => {
    const { app } = await serve({
      ledger: {
        async *export() {
          yield JSON.stringify(market.records[0])
          throw new Error('disk gone')
        },
      },
    })
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const client = createClient({ baseUrl: address })
    const read = async () => {
      for await (const line of await client.ledger.export()) expect(line).not.toBe('')
    }
    await expect(read()).rejects.toThrow()
  })
})

describe('every answer', () => {
  it.each([true, false])('says whether it is simulated: %s', async (simulated) => {
    const { app } = await serve({}, simulated)
    for (const url of [
      '/api/v1/health',
      '/api/v1/nothing',
      '/api/v1/tokens?limit=x',
      '/',
      '/api/v1/openapi.json',
      '/api/v1/ledger/export',
      '/%zz',
    ]) {
      expect([url, (await app.inject(url)).headers['x-pumpiq-data']]).toEqual([url, simulated ? 'simulated' : 'live'])
    }
  })

  it('carries a policy without inline code or foreign origins', async () => {
    const { app } = await serve()
    const { headers } = await app.inject('/')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect((await app.inject('/api/v1/health')).headers['content-security-policy']).toBe(
      "default-src 'none';frame-ancestors 'none'",
    )
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('over a socket', () => {
  const question = { method: 'POST', body: '{"token":"BTC"}', headers: { 'content-type': 'application/json' } }

  it('a handler that takes its time after the body was read is not told to stop', async () => {
    const { app } = await serve({
      recommendations: {
        async create({ abort }) {
          await sleep(80)
          abort.throwIfAborted()
          return { made: true, document: market.recommendations[0]! }
        },
      },
    })
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    expect((await fetch(`${url}/api/v1/recommendations`, question)).status).toBe(201)
  })

  it('a handler is told to stop when the client has gone', async () => {
    const told = Promise.withResolvers<unknown>()
    const { app } = await serve({
      recommendations: {
        create: ({ abort }) =>
          new Promise((_, reject) => {
            abort.addEventListener('abort', () => {
              told.resolve(abort.reason)
              reject(abort.reason as Error)
            })
          }),
      },
    })
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const gone = new AbortController()
    const asked = fetch(`${url}/api/v1/recommendations`, { ...question, signal: gone.signal }).catch(() => 'gone')
    await sleep(60)
    gone.abort()
    expect(await asked).toBe('gone')
    expect(await told.promise).toMatchObject({ message: 'the client has gone' })
  })

  it('a handler that never answers keeps nobody waiting', async () => {
    const { app } = await serve({ recommendations: { create: () => new Promise(() => {}) } }, true, 60)
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const answer = await fetch(`${url}/api/v1/recommendations`, question)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
    expect(Problem.parse(await answer.json()).detail).toBe('the answer took longer than 0.06 s; ask again')
  })
})

it('answers bytes that are not HTTP with a 400 and goes on', async () => {
  const { app } = await serve()
  const { port, hostname } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const said = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write('NONSENSE\r\n\r\n'))
    let text = ''
    socket.on('data', (bytes) => (text += bytes.toString()))
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
  expect(said).toMatch(/^HTTP\/1.1 400 .*x-pumpiq-data: simulated/s)
  expect((await app.inject('/api/v1/health')).statusCode).toBe(200)
})

it('answers 503 with Retry-After when a handler says it cannot now', async () => {
  const { app } = await serve({
    system: {
      ready: () => {
        throw new Failure('unavailable', 'not ready: database: starting', { retryAfterMs: 2_100 })
      },
    },
  })
  const answer = await app.inject('/api/v1/ready')
  expect([answer.statusCode, answer.headers['retry-after'], problem(answer).detail]).toEqual([
    503,
    '3',
    'not ready: database: starting',
  ])
})

it('answers 503 with Retry-After when the database is away, and names nothing of it', async () => {
  const { app, log } = await serve({
    system: {
      sources: () => {
        throw Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' })
      },
    },
  })
  const answer = await app.inject('/api/v1/sources')
  expect([answer.statusCode, answer.headers['retry-after'], problem(answer).code]).toEqual([503, '2', 'unavailable'])
  expect(answer.body).not.toContain('10.1.2.3')
  expect(log.entries.map(({ level }) => level)).toEqual(['warn'])
})

it('describes every endpoint of the table in OpenAPI 3.1', async () => {
  const { app } = await serve()
  const { openapi, paths } = (await app.inject('/api/v1/openapi.json')).json<{
    openapi: string
    paths: Record<string, Record<string, { operationId: string }>>
  }>()
  expect(openapi).toBe('3.1.0')
  const described = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  )
  const promised = Object.entries(endpoints).flatMap(([resource, verbs]) =>
    Object.keys(verbs).map((verb) => `${resource}.${verb}`),
  )
  expect(described.toSorted()).toEqual(promised.toSorted())
})
