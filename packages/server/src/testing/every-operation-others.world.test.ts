import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prefix, scopeOf } from '@pumpiq/api'
import { allEndpoints } from '../http/bind.ts'
import { systemClock } from '../platform/clock.ts'
import { createSecret } from '../platform/secret.ts'
import { createVault } from '../platform/vault.ts'
import { signIn, signUp, signUpAdmin, type Person } from './every-operation-people.ts'
import { makeThings, marker, pathed, seen, type Things } from './every-operation-things.ts'
import { testWithdrawn } from './every-operation-withdrawn.ts'
import { openAsking, type Asking } from './every-operation.ts'

const table = allEndpoints().map(({ resource, verb, endpoint }) => ({ operation: `${resource}.${verb}`, endpoint }))
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** What lists and the like must be asked with. */
const queries: Readonly<Record<string, string>> = {
  'analysis.compare': '?tokens=BTC,ETH',
  'tokens.search': '?q=btc',
  'tokens.sparklines': '?tokens=bitcoin:native',
  'performance.breakdown': '?by=token',
  'udf.symbols': '?symbol=bitcoin:native',
  'udf.history': '?symbol=bitcoin:native&resolution=60&from=0&to=1',
}

let asking: Asking
let ann: Person
let ben: Person
let carol: Person
let of: Things
/** Who has no business with what is Ann’s, by what he is known by. */
let strangers: Readonly<Record<string, Readonly<Record<string, string>>>>

beforeAll(async () => {
  const outlet = {
    post: async () => ({ status: 200, headers: new Headers(), text: 'ok' }),
    mail: null,
    now: () => systemClock.now(),
  }
  const vault = createVault({ secret: createSecret('the secret of the world, which is no secret') })
  asking = await openAsking((request) => fetch(request), { outside: { reach: { publicUrl: null, vault, outlet } } })
  ann = await signUpAdmin(asking)
  await signIn(asking, ann.email)
  ben = await signUp(asking, 'ben')
  carol = await signUp(asking, 'carol')
  const admin = ann.client.accounts
  await admin.changeUser({ params: { id: carol.id }, body: { role: 'admin', tier: 'pro' } })
  of = await makeThings(asking, ann, ben)
  const program = await admin.createService({ body: { name: 'a program of Ben’s', tier: 'pro' } })
  const scopes = ['read', 'recommend', 'write'] as const
  const service = await admin.createServiceKey({ params: { id: program.id }, body: { name: 'k', scopes: [...scopes] } })
  const own = await ben.client.accounts.createApiKey({ body: { name: 'k', scopes: [...scopes] } })
  strangers = {
    'another user': { authorization: `Bearer ${ben.sessionToken}` },
    'his access token': { authorization: `Bearer ${ben.token}` },
    'his API key': { 'x-api-key': own.key },
    'the API key of a program': { 'x-api-key': service.key },
    nobody: {},
  }
}, 120_000)
afterAll(() => asking.world.close())

async function ask(method: string, path: string, headers: Readonly<Record<string, string>>, body?: unknown) {
  const sent = method === 'GET' ? undefined : JSON.stringify(body ?? {})
  const init = {
    method,
    headers: { ...headers, ...(sent && { 'content-type': 'application/json' }) },
    ...(sent && { body: sent }),
  }
  const response = await asking.raw(prefix + path, init)
  return { status: response.status, text: await response.text() }
}

const filled = (path: string, params: Readonly<Record<string, string>>) =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name]!))

/** Those operations that name what is Ann’s. */
function owned() {
  const known = pathed(of)
  return table.flatMap(({ operation, endpoint }) => {
    const asked = known[operation]
    return asked && 'params' in asked
      ? [{ operation, endpoint, body: asked.body, path: filled(endpoint.path, asked.params) }]
      : []
  })
}

describe('what is somebody’s own', () => {
  it('is told of every operation that names something in its path, or why that is everybody’s', () => {
    const named = table.filter(({ endpoint }) => endpoint.path.includes(':')).map(({ operation }) => operation)
    expect(Object.keys(pathed(of)).toSorted()).toEqual(named.toSorted())
  })

  // First of all: who has asked for an id finds it among what he has asked for.
  it('is in no list and no figure that others are given', async () => {
    const ids = Object.entries(of).filter(([name]) =>
      /^(transaction|call|job|channel|notice|hook|key|session)$/.test(name),
    )
    const wrong: string[] = []
    for (const [who, headers] of Object.entries(strangers))
      for (const { operation, endpoint } of table.filter(
        (one) => one.endpoint.method === 'GET' && !one.endpoint.path.includes(':'),
      )) {
        const asked = ask('GET', endpoint.path + (queries[operation] ?? ''), headers)
        // Only what asks vendors waits for the world’s time to go on.
        const { status, text } = await (/^(analysis|evidence|tokens)/.test(operation)
          ? asking.world.until(asked)
          : asked)
        if (status >= 400 && status !== declared(who, endpoint)) wrong.push(`${who}: ${operation} ${status} ${text}`)
        const hidden = [marker, ann.id, ann.email, ...ids.map(([, id]) => String(id))]
        if (hidden.some((word) => text.includes(word)))
          wrong.push(
            `${who}: ${operation} tells what is Ann’s: ${hidden.filter((word) => text.includes(word)).join(', ')}`,
          )
      }
    expect(wrong).toEqual([])
  }, 120_000)

  it('is not there for anybody else, by any method, and stays as it is', async () => {
    const before = await seen(ann.client, of)
    expect(JSON.stringify(before)).toContain(marker)
    const wrong: string[] = []
    for (const [who, headers] of Object.entries(strangers))
      for (const { operation, endpoint, path, body } of owned())
        for (const method of methods) {
          const isDeclared = method === endpoint.method
          const { status, text } = await ask(method, path, headers, isDeclared ? body : undefined)
          const refusals = isDeclared ? [declared(who, endpoint)] : [401, 403, 404, 405]
          // Another operation may stand at the same path: it is asked in its own turn with what it wants.
          const isOther =
            !isDeclared && table.some((one) => one.endpoint.method === method && one.endpoint.path === endpoint.path)
          const allowed = isOther ? [...refusals, 400] : refusals
          if (!allowed.includes(status) || text.includes(marker))
            wrong.push(`${who}: ${method} ${operation} ${status} ${text.slice(0, 120)}`)
        }
    expect(wrong).toEqual([])
    expect(await seen(ann.client, of)).toEqual(before)
  }, 120_000)

  it('is not there for another administrator either, where it is not an administrator’s to see', async () => {
    const before = await seen(ann.client, of)
    const headers = { authorization: `Bearer ${carol.sessionToken}` }
    const statuses: [string, number][] = []
    for (const { operation, endpoint, path, body } of owned())
      if (!endpoint.path.startsWith('/admin/'))
        statuses.push([operation, (await ask(endpoint.method, path, headers, body)).status])
    expect(statuses.filter(([, status]) => status !== 404)).toEqual([])
    expect(statuses.length).toBeGreaterThan(15)
    expect(await seen(ann.client, of)).toEqual(before)
  })

  it('is not reached through what a request says besides: ids in bodies, keys of repetition', async () => {
    const before = await seen(ann.client, of)
    expect(before.notices.unread).toBe(1)
    expect(await ben.client.notifications.markRead({ body: { ids: [of.notice] } })).toEqual({ unread: 0 })
    const own = await ben.client.portfolio.add({ body: of.bought }, { idempotencyKey: 'of-two-people' })
    expect(own.id).not.toBe(of.transaction)
    expect(await seen(ann.client, of)).toEqual(before)
  })

  it('is the owner’s to read by a key for reading, and not to change', async () => {
    const before = await seen(ann.client, of)
    const wrong: string[] = []
    for (const { operation, endpoint, path, body } of owned()) {
      const { status } = await ask(endpoint.method, path, { 'x-api-key': of.readerKey }, body)
      const mayRead = [null, 'read'].includes(scopeOf(endpoint))
      if (status !== (mayRead ? 200 : 403)) wrong.push(`${operation} ${status}`)
    }
    expect(wrong).toEqual([])
    expect(await seen(ann.client, of)).toEqual(before)
  })

  it('is refused by a hook without its secret', async () => {
    const body = { secret: 'not the secret of it', token: 'bitcoin:native', side: 'buy' } as const
    await expect(asking.as().hooks.alert({ params: { id: of.hook }, body })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    expect((await ann.client.hooks.list()).items).toMatchObject([{ id: of.hook, record: { alerts: 0 } }])
  })
})

/** How somebody is refused who asks for what is not his. */
function declared(who: string, endpoint: (typeof table)[number]['endpoint']): number {
  if (endpoint.access === 'public') return 404
  if (who === 'nobody') return 401
  if (endpoint.access !== 'user') return 403
  const byKey = who.includes('API key')
  return byKey && scopeOf(endpoint) === 'account' ? 403 : 404
}

describe('what was given', () => {
  testWithdrawn(() => ({ asking, ann }))
})
