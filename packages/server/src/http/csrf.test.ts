import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allEndpoints } from './bind.ts'
import { createCsrf, csrfHeader } from './csrf.ts'
import { createSecret } from '../platform/secret.ts'
import { createTestApp, someone, urlOf } from './test-app.ts'

const csrf = createCsrf({ secret: createSecret('a secret that is none, of some length') })
const token = csrf.csrfTokenOf('session-1')
const own = 'http://pumpiq.test'
const changing = allEndpoints().filter(({ endpoint: { method } }) => method !== 'GET')

describe('a change that a browser asks for with the cookie of a session', () => {
  let test: Awaited<ReturnType<typeof createTestApp>>
  beforeAll(async () => {
    test = await createTestApp({ csrf, trustProxy: 1, publicUrl: 'https://pumpiq.example/app' })
    test.state.caller = someone({ role: 'admin' })
  })
  afterAll(() => test.app.close())

  const send = (endpoint: (typeof changing)[number]['endpoint'], headers: Record<string, string>) =>
    test.app.inject({
      method: endpoint.method,
      url: urlOf(endpoint),
      headers: { host: 'pumpiq.test', 'content-type': 'application/json', [csrfHeader]: token, ...headers },
      payload: '{}',
    })

  const refused: [string, Record<string, string>][] = [
    ['no origin', {}],
    ['a foreign origin', { origin: 'http://evil.test' }],
    ['a foreign origin of a name that begins alike', { origin: `${own}.evil.test` }],
    ['the own name under another scheme', { origin: 'https://pumpiq.test' }],
    ['the own name under another port', { origin: `${own}:8080` }],
    ['an origin that is none', { origin: 'null' }],
    ['text/plain from a foreign page', { origin: 'http://evil.test', 'content-type': 'text/plain' }],
    ['a page of the same site but another origin', { 'sec-fetch-site': 'same-site' }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['the own origin, without the token', { origin: own, [csrfHeader]: '' }],
    ['the own origin, with the token of another session', { origin: own, [csrfHeader]: csrf.csrfTokenOf('other') }],
  ]

  it.each(refused)('is refused at every route: %s', async (_, headers) => {
    expect(changing.length).toBeGreaterThan(20)
    for (const { resource, verb, endpoint } of changing) {
      const { statusCode, body } = await send(endpoint, headers)
      expect([`${resource}.${verb}`, statusCode]).toEqual([`${resource}.${verb}`, 403])
      expect(body).toContain('"forbidden"')
    }
  })

  it.each([
    ['its own page', { origin: own }],
    ['its own page as users reach it', { origin: 'https://pumpiq.example' }],
    ['its own page, by a browser that names no origin', { 'sec-fetch-site': 'same-origin' }],
  ])('passes every route: %s', async (_, headers) => {
    for (const { resource, verb, endpoint } of changing) {
      const { statusCode, body } = await send(endpoint, headers)
      expect([`${resource}.${verb}`, statusCode, body.includes('in a session')]).not.toEqual([
        `${resource}.${verb}`,
        403,
        true,
      ])
      expect(statusCode).not.toBe(403)
    }
  })

  it('is never sent as text, a form, or nothing that a page may send without leave', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      for (const { endpoint } of changing.filter(({ endpoint: { body } }) => body !== undefined)) {
        const { statusCode } = await send(endpoint, { origin: own, 'content-type': type })
        expect(statusCode).toBe(415)
      }
    }
  })

  it('needs no token where a program says a header that no page of others can send', async () => {
    const { endpoint } = changing.find(({ resource, verb }) => `${resource}.${verb}` === 'notifications.markRead')!
    const { statusCode } = await send(endpoint, { authorization: 'Bearer a-session', [csrfHeader]: '' })
    expect(statusCode).toBe(400)
    test.state.caller = someone({ via: 'key', scopes: ['write'] })
    expect((await send(endpoint, { [csrfHeader]: '' })).statusCode).toBe(400)
    test.state.caller = someone({ role: 'admin' })
  })
})

it('without a secret nothing is changed in a session', async () => {
  const { app, state } = await createTestApp({ csrf: null })
  state.caller = someone({})
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/user/notifications/notices/read',
    headers: { origin: 'http://localhost:80', host: 'localhost:80', [csrfHeader]: token },
    payload: { ids: [] },
  })
  expect(answer.statusCode).toBe(403)
  await app.close()
})

describe('the token of a session', () => {
  it('is its own, and says nothing of the session', () => {
    expect(csrf.isCsrfTokenOf('session-1', token)).toBe(true)
    for (const wrong of [undefined, '', [token], `${token}x`, token.slice(1), csrf.csrfTokenOf('session-2')])
      expect(csrf.isCsrfTokenOf('session-1', wrong)).toBe(false)
    expect(token).not.toContain('session')
    const other = createCsrf({ secret: createSecret('another secret that is none') })
    expect(other.csrfTokenOf('session-1')).not.toBe(token)
  })
})
