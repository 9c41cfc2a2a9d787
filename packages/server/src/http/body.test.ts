import { connect } from 'node:net'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { isDeeper } from './body.ts'
import { createTestApp, someone } from './test-app.ts'

const open: FastifyInstance[] = []
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

async function serve(needs: Parameters<typeof createTestApp>[0] = {}) {
  const { app, state } = await createTestApp(needs)
  open.push(app)
  state.caller = someone({ via: 'key', scopes: ['recommend', 'write'] })
  return app
}

const post = (app: FastifyInstance, payload: string) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/recommendations',
    payload,
    headers: { 'content-type': 'application/json' },
  })

describe('a body', () => {
  it.each([
    ['an own prototype', '{"token":"BTC","__proto__":{"admin":true}}'],
    ['a prototype further in', '{"token":{"a":[{"__proto__":{}}]}}'],
    ['a prototype in disguise', '{"token":"BTC","\\u005f_proto__":{"admin":true}}'],
    ['a constructor’s prototype', '{"token":"BTC","constructor":{"prototype":{"admin":true}}}'],
  ])('that reaches into prototypes is refused, with what was wrong: %s', async (_, payload) => {
    const answer = await post(await serve(), payload)
    expect([answer.statusCode, answer.json()]).toMatchObject([
      400,
      { code: 'invalid', detail: 'the body holds __proto__ or constructor.prototype, which are not read' },
    ])
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it.each([
    ['objects', '{"a":'.repeat(33) + '1' + '}'.repeat(33)],
    ['lists', '['.repeat(33) + ']'.repeat(33)],
    ['thirty thousand lists', `{"token":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
    ['what never ends', '['.repeat(60_000)],
  ])('that is nested too deep is refused before it is made: %s', async (_, payload) => {
    const answer = await post(await serve(), payload)
    expect([answer.statusCode, answer.json<{ detail: string }>().detail]).toEqual([
      400,
      'the body is nested too deep: at most 32 levels are read',
    ])
  })

  it.each(['{"token":"a\\u0000b"}', '{"token":"\\\\\\u0000"}'])(
    'that holds the character NUL is refused: %s',
    async (payload) => {
      const app = await serve()
      const answer = await post(app, payload)
      expect([answer.statusCode, answer.json<{ detail: string }>().detail]).toEqual([
        400,
        'the character NUL (U+0000) stands in no text',
      ])
    },
  )

  it('that only speaks of NUL is read, and a path that holds it is not', async () => {
    const app = await serve()
    expect((await post(app, '{"token":"\\\\u0000"}')).json<{ detail: string }>().detail).not.toContain('NUL')
    const inPath = await app.inject({ url: '/api/v1/tokens/%00' })
    const inQuery = await app.inject({ url: '/api/v1/tokens?q=a%00' })
    expect([inPath.statusCode, inQuery.statusCode]).toEqual([400, 400])
  })

  it('that is as deep as may be is read, whatever its strings hold', async () => {
    const app = await serve()
    const deep = `${'{"a":'.repeat(31)}"[[[[\\"{{{{\\\\"${'}'.repeat(31)}`
    const { detail } = (await post(app, `{"token":${deep}}`)).json<{ detail: string }>()
    expect(detail).not.toContain('nested too deep')
  })

  it('is as deep as its brackets outside of strings', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), (value) => {
        const [text, depth] = [JSON.stringify(value), depthOf(value)]
        expect([isDeeper(text, depth), depth > 0 && isDeeper(text, depth - 1)]).toEqual([false, depth > 0])
      }),
      { numRuns: 500 },
    )
  })
})

/** What a socket is answered with when it is written to piece by piece, and left open. */
async function said(app: FastifyInstance, write: (send: (text: string) => void) => void): Promise<string> {
  const { port, hostname } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => write((piece) => socket.write(piece)))
    socket.on('data', (bytes) => (text += bytes.toString()))
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

const head = 'POST /api/v1/recommendations HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n'

describe('over a socket', () => {
  it('a body that does not come is not waited for', async () => {
    const app = await serve({ arriveMs: 300 })
    expect(await said(app, (send) => send(`${head}content-length: 20\r\n\r\n{"to`))).toMatch(/^HTTP\/1.1 408 /)
    expect((await app.inject('/api/v1/health')).statusCode).toBe(200)
  })

  it('headers that do not come to an end are not waited for', async () => {
    const app = await serve({ arriveMs: 300 })
    expect(await said(app, (send) => send(head))).toMatch(/^HTTP\/1.1 408 /)
  })

  it('headers that are too long are refused', async () => {
    const app = await serve()
    expect(await said(app, (send) => send(`${head}x-long: ${'x'.repeat(20_000)}\r\n\r\n`))).toMatch(/^HTTP\/1.1 431 /)
  })

  it.each([
    ['a length and chunks at once', 'content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'content-length: 5\r\ncontent-length: 6\r\n\r\nabcdef'],
  ])('a body whose end is in doubt is refused: %s', async (_, rest) => {
    expect(await said(await serve(), (send) => send(head + rest))).toMatch(/^HTTP\/1.1 400 /)
  })

  it('TRACE says nothing back, and CONNECT goes nowhere', async () => {
    const trace = 'TRACE /api/v1/health HTTP/1.1\r\nhost: 127.0.0.1\r\nx-secret: hunter2\r\nconnection: close\r\n\r\n'
    const answer = await said(await serve(), (send) => send(trace))
    expect(answer).toMatch(/^HTTP\/1.1 405 /)
    expect(answer).not.toContain('hunter2')
    const connected = await said(await serve(), (send) => send('CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: x\r\n\r\n'))
    expect(connected).not.toMatch(/^HTTP\/1.1 2/)
  })
})

describe('a process that cannot keep up', () => {
  it('serves nobody new, and tells whoever watches over it how it is', async () => {
    const app = await serve({ pressure: { maxEventLoopDelayMs: 60_000, sampleMs: 1_000, maxHeapUsedBytes: 1 } })
    await expect.poll(async () => (await app.inject('/api/v1/tokens')).statusCode, { timeout: 5_000 }).toBe(503)
    const { headers, statusCode } = await app.inject('/api/v1/tokens')
    expect([statusCode, headers['retry-after'], headers['content-type']]).toEqual([
      503,
      '2',
      'application/problem+json',
    ])
    expect((await app.inject('/api/v1/health')).statusCode).toBe(200)
    expect((await app.inject('/api/v1/ready')).statusCode).toBe(200)
  })
})

describe('every answer', () => {
  it('says what a browser may do with it, and no more', async () => {
    const app = await serve()
    for (const url of ['/api/v1/health', '/api/v1/nothing', '/', '/api/v1/openapi.json', '/%zz']) {
      const { headers } = await app.inject(url)
      expect([url, headers]).toMatchObject([
        url,
        {
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'content-security-policy': expect.stringContaining("default-src 'none'"),
          'permissions-policy': expect.stringContaining('camera=(), '),
        },
      ])
      expect(headers['x-powered-by']).toBeUndefined()
      expect(headers['server']).toBeUndefined()
    }
  })
})
