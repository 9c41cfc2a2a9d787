import { expect, it } from 'vitest'
import { Failure } from '@pumpiq/domain'
import { nobody } from '@pumpiq/api'
import { createCollectedLog } from '../platform/log.ts'
import type { AuditEvent } from './audited.ts'
import { allEndpoints } from './bind.ts'
import { createTestApp, someone, urlOf } from './test-app.ts'
import { isAudited } from './audited.ts'

const csrf = { isCsrfTokenOf: () => true }
const page = { 'sec-fetch-site': 'same-origin' }

it('each change of an account, and by an admin, is written down before it is answered, done or refused', async () => {
  const events: AuditEvent[] = []
  const audit = async (event: AuditEvent) => void events.push(event)
  const { app, state } = await createTestApp({ audit, csrf })
  state.caller = someone({ role: 'admin', userId: 'root' })
  const id = '0195a000-0000-7000-8000-00000000000a'
  const done = await app.inject({
    method: 'DELETE',
    url: `/api/v1/user/api-keys/${id}`,
    headers: { ...page, 'x-request-id': 'request-0001' },
    remoteAddress: '192.0.2.7',
  })
  expect(events).toEqual([
    {
      operation: 'accounts.removeApiKey',
      userId: 'root',
      via: 'session',
      address: '192.0.2.7',
      target: id,
      requestId: 'request-0001',
      status: done.statusCode,
    },
  ])
  state.caller = someone({})
  await app.inject({ method: 'POST', url: '/api/v1/admin/users', headers: page, payload: { secret: 'hunter2' } })
  state.caller = nobody
  await app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { email: 'ann@example.org', password: 'hunter2' },
  })
  expect(events.slice(1).map(({ operation, userId, status }) => [operation, userId, status])).toEqual([
    ['accounts.createService', 'ann', 403],
    ['accounts.login', null, expect.any(Number)],
  ])
  expect(JSON.stringify(events)).not.toMatch(/hunter2|example\.org/)
  await app.close()
})

it('a try with a target that no database keeps is written down all the same', async () => {
  const events: AuditEvent[] = []
  const { app, state } = await createTestApp({ audit: async (event) => void events.push(event), csrf })
  state.caller = someone({ role: 'admin' })
  await app.inject({ method: 'DELETE', url: '/api/v1/user/api-keys/a%00b', headers: page })
  expect(events.map(({ target, status }) => [target, status])).toEqual([['a\u2400b', 400]])
  await app.close()
})

it('nothing is written of what only reads, and of what is no matter of accounts', async () => {
  const events: AuditEvent[] = []
  const { app, state } = await createTestApp({ audit: async (event) => void events.push(event), csrf })
  state.caller = someone({ role: 'admin' })
  const others = allEndpoints().filter(({ resource, endpoint }) => !isAudited(resource, endpoint))
  for (const { endpoint } of others.filter(({ endpoint: { lines } }) => !lines))
    await app.inject({ method: endpoint.method, url: urlOf(endpoint), headers: page })
  expect(events).toEqual([])
  await app.close()
})

it('what was done is answered though it could not be written down, and the log says so', async () => {
  const log = createCollectedLog()
  const audit = () => Promise.reject(new Failure('unavailable', 'the database is away'))
  const { app, state } = await createTestApp({ audit, csrf, log })
  state.caller = someone({})
  const url = '/api/v1/user/sessions'
  expect((await app.inject({ method: 'DELETE', url, headers: page })).statusCode).toBe(200)
  expect(log.entries).toMatchObject([{ level: 'error', fields: { operation: 'accounts.endOtherSessions' } }])
  await app.close()
})
