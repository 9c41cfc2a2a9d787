import { afterAll, beforeAll, expect, it } from 'vitest'
import { endpoints, type Role } from '@pumpiq/api'
import { createTestApp, someone, urlOf } from '../http/test-app.ts'

let test: Awaited<ReturnType<typeof createTestApp>>
beforeAll(async () => void (test = await createTestApp({ csrf: { isCsrfTokenOf: () => true } })))
afterAll(() => test.app.close())

async function statuses(role: Role, scopes: readonly ('read' | 'admin')[] | null = null) {
  test.state.caller = someone({ role, scopes, via: scopes ? 'key' : 'session' })
  const all = Object.entries(endpoints.admin).map(async ([verb, endpoint]) => {
    const url = urlOf(endpoint).replace('0195a000-0000-7000-8000-00000000000a', 'roll-up').replace(':name', 'roll-up')
    const answer = await test.app.inject({
      method: endpoint.method,
      url,
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    return [verb, answer.statusCode] as const
  })
  return Object.fromEntries(await Promise.all(all))
}

const looks = { tiers: 200, sources: 200, jobs: 200, budgets: 200 }
const none = { tiers: 403, sources: 403, jobs: 403, budgets: 403, runJob: 403, audit: 403 }

it('an analyst sees how the installation works, but neither who did what nor anything he could change', async () => {
  expect(await statuses('analyst')).toEqual({ ...looks, runJob: 403, audit: 403 })
  expect(await statuses('admin')).toEqual({ ...looks, runJob: 200, audit: 200 })
})

it('a user sees nothing of it, and neither does a program', async () => {
  expect(await statuses('user')).toEqual(none)
  expect(await statuses('service')).toEqual(none)
})

it('a key that may read looks for an analyst, and does nothing for an administrator', async () => {
  expect(await statuses('analyst', ['read'])).toEqual({ ...looks, runJob: 403, audit: 403 })
  expect(await statuses('admin', ['read'])).toEqual({ ...looks, runJob: 403, audit: 403 })
  expect(await statuses('admin', ['admin'])).toEqual({ ...none, runJob: 200, audit: 200 })
})
