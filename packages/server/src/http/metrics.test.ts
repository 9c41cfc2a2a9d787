import { connect } from 'node:net'
import { Failure } from '@pumpiq/domain'
import type { Handlers } from '@pumpiq/api'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { systemIds } from '../platform/ids.ts'
import { createCollectedLog } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import { createSecret } from '../platform/secret.ts'
import { createSampleHandlers } from './sample-handlers.ts'
import { createSampleMarket } from './sample-market.ts'
import { createHttp } from './server.ts'

const now = Date.UTC(2026, 0, 5, 12)
const plain = createSampleHandlers({ market: createSampleMarket({ now }), now })
const open: FastifyInstance[] = []
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

type Wish = {
  token?: string
  trustProxy?: false | number | readonly string[]
  only?: readonly string[]
  system?: Partial<Handlers['system']>
}

async function serve({ token, system, ...rest }: Wish = {}) {
  const log = createCollectedLog()
  const app = await createHttp({
    handlers: { ...plain, system: { ...plain.system, ...system } },
    log,
    ids: systemIds,
    simulated: true,
    webRoot: 'none',
    figures: {
      metrics: createMetrics(),
      token: token === undefined ? null : createSecret(token),
      gather: async () => {},
    },
    ...rest,
  })
  open.push(app)
  return { app, log, lines: async () => (await app.inject('/metrics')).body.split('\n') }
}

const counts = (lines: readonly string[]) => lines.filter((line) => /_request_duration_seconds_count\{/.test(line))

describe('who may read the figures', () => {
  const token = 'a token of 24 characters'
  const far = { remoteAddress: '203.0.113.9' }
  const bearing = (given: string) => ({ headers: { authorization: `Bearer ${given}` } })

  it('whoever sits at the machine, in the text form of Prometheus', async () => {
    const { app } = await serve()
    const answer = await app.inject('/metrics')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    })
    expect(answer.body).toMatch(/^# HELP pumpiq_http_request_duration_seconds /)
  })

  it.each([
    ['from elsewhere', far],
    ['from a private network', { remoteAddress: '10.0.0.9' }],
    ['through a proxy', { headers: { 'x-forwarded-for': '203.0.113.9' } }],
    ['for a page of another origin', { headers: { origin: 'https://evil.example' } }],
    ['with a token where none is set', { ...far, ...bearing('') }],
  ])('nobody %s, whether or not a proxy is trusted', async (_, how) => {
    for (const trustProxy of [false, 1, ['uniquelocal']] as const) {
      const { app } = await serve({ trustProxy })
      const answer = await app.inject({ url: '/metrics', ...how })
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden'])
      expect(answer.body).not.toContain('pumpiq_http')
    }
  })

  it('from elsewhere whoever bears the token, and nobody with another', async () => {
    const { app } = await serve({ token, trustProxy: 1 })
    const status = async (how: object) => (await app.inject({ url: '/metrics', ...how })).statusCode
    expect(await status({ ...far, ...bearing(token) })).toBe(200)
    for (const wrong of ['', 'x', token.slice(1), `${token} `, token.toUpperCase()])
      expect(await status({ ...far, ...bearing(wrong) }), wrong).toBe(403)
    expect(await status(far)).toBe(403)
    expect(await status({})).toBe(200)
  })

  it('in a process that serves no users too, and of no other method', async () => {
    const { app } = await serve({ only: ['system.health'] })
    expect((await app.inject('/metrics')).statusCode).toBe(200)
    const posted = await app.inject({ method: 'POST', url: '/metrics' })
    expect([posted.statusCode, posted.headers.allow]).toEqual([405, 'GET, HEAD'])
  })
})

describe('what is counted of requests', () => {
  it('route templates, never paths: a thousand odd ones are a handful of series', async () => {
    const { app, lines } = await serve()
    const odd = (i: number) =>
      [`/api/v1/tokens/x:${i}`, `/api/v1/nothing/${i}`, `/wp-${i}.php`, `/%zz${i}`, `/page/${i}`][i % 5]!
    const methods = ['GET', 'POST', 'DELETE', 'PROPFIND', 'PUT'] as const
    for (let i = 0; i < 1_000; i++) await app.inject({ method: methods[Math.floor(i / 5) % 5] as 'GET', url: odd(i) })
    const found = counts(await lines())
    expect(found.length).toBeLessThanOrEqual(25)
    expect(found.join('\n')).not.toMatch(/wp-|%zz|\d{2}"/)
    const total = found.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
    expect(total).toBe(1_000)
    expect(found.join('\n')).toContain('{route="/api/v1/tokens/:id",method="GET",status="4xx"} 40')
    expect(found.join('\n')).toContain('method="other"')
  })

  it('by class of status, faults of ours as 5xx', async () => {
    const broken = () => {
      throw new Error('of ours')
    }
    const { app, lines } = await serve({ system: { health: broken } })
    await app.inject('/api/v1/health')
    await app.inject('/api/v1/ready')
    const found = counts(await lines()).join('\n')
    expect(found).toContain('{route="/api/v1/health",method="GET",status="5xx"} 1')
    expect(found).toContain('{route="/api/v1/ready",method="GET",status="2xx"} 1')
  })

  it('those under way, and one whose caller left before it was answered', async () => {
    const asked = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const { app, lines } = await serve({
      system: {
        async ready() {
          asked.resolve()
          await release.promise
          return { ready: true, checks: [] }
        },
      },
    })
    const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('GET /api/v1/ready HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await asked.promise
    expect(await lines()).toContain('pumpiq_http_requests_in_flight 2')
    socket.destroy()
    await expect.poll(async () => counts(await lines()).join('\n')).toContain('method="GET",status="gone"} 1')
    expect(await lines()).toContain('pumpiq_http_requests_in_flight 1')
    release.resolve()
  })

  it('not the lines that stay open', async () => {
    const { app, lines } = await serve()
    await app.inject({ url: '/api/v1/health', headers: { connection: 'upgrade', upgrade: 'websocket' } })
    expect(counts(await lines())).toEqual([])
  })

  it('a scrape among hundreds of requests is answered', async () => {
    const { app } = await serve()
    const all = Array.from({ length: 300 }, (_, i) => app.inject(i % 10 === 5 ? '/metrics' : '/api/v1/tokens'))
    for (const { statusCode } of await Promise.all(all)) expect(statusCode).toBe(200)
  })
})

describe('the id of a request', () => {
  const asked = async (id?: string, trace?: string) => {
    const { app, log } = await serve({
      system: {
        health() {
          throw new Failure('broken', 'of ours')
        },
      },
    })
    const headers = {
      ...(id !== undefined && { 'x-request-id': id }),
      ...(trace !== undefined && { traceparent: trace }),
    }
    const answer = await app.inject({ url: '/api/v1/health', headers })
    return { answer, told: answer.headers['x-request-id'], problem: answer.json(), logged: log.entries.at(-1)!.fields }
  }

  it('is the caller’s, in the header, the problem and the log', async () => {
    for (const id of [
      '0b6a1c2e-9d1f-4f5e-8a53-aa0e2c1f7b11',
      'Root=1-67891233-abcdef012345678912345678',
      'req_12345678',
    ]) {
      const { told, problem, logged } = await asked(id)
      expect([told, problem.requestId, logged['requestId']]).toEqual([id, id, id])
    }
  })

  it('is one of ours where theirs could spoil a log or a header, or is none', async () => {
    for (const id of [
      undefined,
      '',
      'short',
      'a b c d e f g h',
      '<script>alert(1)</script>',
      'x'.repeat(129),
      'né-12345678',
    ]) {
      const { told, problem, logged } = await asked(id)
      expect(told).toMatch(/^[0-9a-f-]{36}$/)
      expect([problem.requestId, logged['requestId']]).toEqual([told, told])
    }
  })

  it('stands in the log beside the trace that the caller says it belongs to', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
    const parentId = '00f067aa0ba902b7'
    const { logged, answer } = await asked(undefined, `00-${traceId}-${parentId}-01`)
    expect(logged).toMatchObject({ traceId, parentId })
    expect(JSON.stringify(answer.headers)).not.toContain(traceId)
    expect((await asked(undefined, `01-${traceId}-${parentId}-01-more`)).logged).toMatchObject({ traceId })
    for (const wrong of [
      'nonsense',
      `00-${traceId}-${parentId}`,
      `00-${traceId.toUpperCase()}-${parentId}-01`,
      `00-${'0'.repeat(32)}-${parentId}-01`,
      `00-${traceId}-${'0'.repeat(16)}-01`,
      `00-${traceId}-${parentId}-01-more`,
      `ff-${traceId}-${parentId}-01`,
      `01-${traceId}-${parentId}-01-${'x'.repeat(600)}`,
    ])
      expect((await asked(undefined, wrong)).logged, wrong).not.toHaveProperty('traceId')
  })
})
