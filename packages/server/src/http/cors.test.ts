import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp } from './test-app.ts'

const preflight = (origin: string, method = 'POST') => ({
  method: 'OPTIONS' as const,
  url: '/api/v1/recommendations',
  headers: {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'content-type,x-api-key,idempotency-key',
  },
})

describe('pages of other origins', () => {
  let app: Awaited<ReturnType<typeof createTestApp>>['app']
  beforeAll(async () => {
    app = (await createTestApp({ corsOrigins: ['https://app.example.org', 'http://localhost:5173'] })).app
  })
  afterAll(() => app.close())

  it('that are named may ask with a key, and read what headers say', async () => {
    const { statusCode, headers } = await app.inject(preflight('https://app.example.org'))
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([204, 'https://app.example.org'])
    expect(headers['access-control-allow-headers']).toContain('idempotency-key')
    expect(headers['x-pumpiq-data']).toBe('simulated')
    const read = await app.inject({ url: '/api/v1/tokens', headers: { origin: 'http://localhost:5173' } })
    expect(read.headers['access-control-allow-origin']).toBe('http://localhost:5173')
    expect(read.headers['access-control-expose-headers']).toContain('ratelimit-remaining')
    expect(String(read.headers['vary'])).toMatch(/origin/i)
  })

  it('are never sent a cookie’s answer', async () => {
    for (const asked of [
      preflight('https://app.example.org'),
      { url: '/api/v1/tokens', headers: { origin: 'https://app.example.org' } },
    ])
      expect((await app.inject(asked)).headers['access-control-allow-credentials']).toBeUndefined()
  })

  it.each(['https://evil.example', 'https://app.example.org.evil.example', 'http://app.example.org', 'null'])(
    'that are not named get no leave: %s',
    async (origin) => {
      for (const asked of [preflight(origin), { url: '/api/v1/tokens', headers: { origin } }]) {
        const { headers } = await app.inject(asked)
        expect(headers['access-control-allow-origin']).toBeUndefined()
      }
    },
  )
})

it('where none is named, none gets leave, and OPTIONS is no method', async () => {
  const { app } = await createTestApp()
  const { statusCode, headers } = await app.inject(preflight('https://app.example.org'))
  expect([statusCode, headers['access-control-allow-origin'], headers['allow']]).toEqual([
    405,
    undefined,
    'GET, HEAD, POST',
  ])
  await app.close()
})
