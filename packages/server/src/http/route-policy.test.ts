import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Failure } from '@pumpiq/domain'
import { nobody, scopeOf, type Anybody, type Endpoint, type Handlers, type KeyScope } from '@pumpiq/api'
import { allEndpoints } from './bind.ts'
import { requirePolicies, routesOf } from './route-policy.ts'
import { createTestApp, someone, urlOf } from './test-app.ts'

describe('every route', () => {
  it('that does not say who may use it is refused at start', () => {
    const app = Fastify()
    requirePolicies(app)
    expect(() => app.get('/door', () => '')).toThrow('the route GET /door does not say who may use it')
    expect(() => app.route({ method: ['PUT', 'POST'], url: '/x', config: {}, handler: () => '' })).toThrow(
      'PUT, POST /x',
    )
  })

  it('that something mounts beside the table is held to it too', async () => {
    const first = async (app: { get: (url: string, handler: () => string) => unknown }) =>
      void app.get('/side', () => '')
    await expect(createTestApp({ first: first })).rejects.toThrow('/side does not say who may use it')
  })

  it('is in the inventory: the table as it says, and what stands beside it with the reason', async () => {
    const { app } = await createTestApp()
    const routes = routesOf(app).filter(({ method }) => method !== 'HEAD')
    const told = routes.flatMap(({ policy }) => ('operation' in policy ? [policy.operation] : []))
    expect(told.toSorted()).toEqual(
      allEndpoints()
        .map(({ resource, verb }) => `${resource}.${verb}`)
        .toSorted(),
    )
    const beside = routes.filter(({ policy }) => 'why' in policy).map(({ method, url }) => `${method} ${url}`)
    expect(beside).toEqual(['GET /api/v1/openapi.json', 'GET /api/docs', 'GET /api/docs/reference.js', 'GET /*'])
    const heads = routesOf(app).filter(({ method }) => method === 'HEAD')
    const gets = routes.filter(({ method }) => method === 'GET')
    expect(heads.map(({ url, policy }) => [url, policy.access])).toEqual(
      gets.map(({ url, policy }) => [url, policy.access]),
    )
    await app.close()
  })
})

/** Who asks, and what it should come to by what the endpoint says of itself. */
type Identity = {
  readonly name: string
  readonly caller: (of: Endpoint) => Anybody
  status(of: Endpoint): number | null
}

const every: readonly KeyScope[] = ['read', 'recommend', 'write', 'admin']
const rankOf = { public: 0, user: 1, analyst: 2, admin: 3 }
const roleFor = (of: Endpoint) => (of.access === 'public' ? 'user' : of.access)
const open = (of: Endpoint) => of.access === 'public'

/** Null: it is let in, whatever becomes of what it asks. */
const identities: readonly Identity[] = [
  { name: 'nobody', caller: () => nobody, status: (of) => (open(of) ? null : 401) },
  { name: 'a user', caller: () => someone({ role: 'user' }), status: (of) => (rankOf[of.access] > 1 ? 403 : null) },
  {
    name: 'a service',
    caller: () => someone({ role: 'service' }),
    status: (of) => (rankOf[of.access] > 1 ? 403 : null),
  },
  {
    name: 'an analyst',
    caller: () => someone({ role: 'analyst' }),
    status: (of) => (rankOf[of.access] > 2 ? 403 : null),
  },
  { name: 'an admin', caller: () => someone({ role: 'admin' }), status: () => null },
  {
    name: 'the right role of the least tier',
    caller: (of) => someone({ role: roleFor(of), tier: 'free' }),
    status: (of) => (of.tier && of.tier !== 'free' ? 403 : null),
  },
  {
    name: 'a key of the right role without a scope',
    caller: (of) => someone({ role: roleFor(of), via: 'key', scopes: [] }),
    status: (of) => (open(of) ? null : 403),
  },
  {
    name: 'a key of the right role with all scopes but the one',
    caller: (of) => someone({ role: roleFor(of), via: 'key', scopes: every.filter((scope) => scope !== scopeOf(of)) }),
    status: (of) => (open(of) ? null : 403),
  },
  {
    name: 'a key of the right role with the one scope',
    caller: (of) => {
      const needed = scopeOf(of)
      return someone({ role: roleFor(of), via: 'key', scopes: needed === null || needed === 'account' ? [] : [needed] })
    },
    status: (of) => (!open(of) && scopeOf(of) === 'account' ? 403 : null),
  },
]

/** Handlers that say no more than that they were asked: whoever is refused never comes so far. */
function reached(): Handlers {
  const handlers: Record<string, Record<string, () => never>> = {}
  for (const { resource, verb } of allEndpoints()) {
    handlers[resource] ??= {}
    handlers[resource][verb] = () => {
      throw new Failure('conflict', 'asked')
    }
  }
  return handlers as unknown as Handlers
}

describe('the authorisation matrix', () => {
  let test: Awaited<ReturnType<typeof createTestApp>>
  beforeAll(async () => {
    test = await createTestApp({ csrf: { isCsrfTokenOf: () => true }, handlers: reached() })
  })
  afterAll(() => test.app.close())

  it.each(identities)('lets in $name where the table says so, and nowhere else', async ({ caller, status }) => {
    let refusals = 0
    for (const { resource, verb, endpoint } of allEndpoints()) {
      test.state.caller = caller(endpoint)
      const answer = await test.app.inject({
        method: endpoint.method,
        url: urlOf(endpoint),
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        ...(endpoint.method !== 'GET' && { payload: '{}' }),
      })
      const wanted = status(endpoint)
      const isRefused = [401, 403].includes(answer.statusCode)
      if (!isRefused) expect([400, 409]).toContain(answer.statusCode)
      expect([`${resource}.${verb}`, isRefused ? answer.statusCode : null]).toEqual([`${resource}.${verb}`, wanted])
      if (isRefused) refusals++
    }
    const refusable = allEndpoints().filter(({ endpoint }) => status(endpoint) !== null)
    expect(refusals).toBe(refusable.length)
  })
})

it('what comes in is named field by field, but where a vendor says it', () => {
  const loose = allEndpoints().flatMap(({ resource, verb, endpoint: { query, body } }) =>
    [query, body].some((schema) => schema && !isStrict(schema)) ? [`${resource}.${verb}`] : [],
  )
  // TradingView writes these, with fields of its own.
  expect(loose).toEqual(['hooks.alert', 'udf.symbols', 'udf.search', 'udf.history'])
})

type Def = {
  type: string
  catchall?: { _zod: { def: Def } }
  options?: { _zod: { def: Def } }[]
  in?: { _zod: { def: Def } }
}

/* oxlint-disable no-underscore-dangle -- what a schema is made of stands there */
function isStrict(schema: unknown): boolean {
  const { def } = (schema as { _zod: { def: Def } })._zod
  if (def.type === 'object') return def.catchall?._zod.def.type === 'never'
  if (def.type === 'union') return def.options!.every((option) => isStrict(option))
  if (def.type === 'pipe') return isStrict(def.in)
  return def.type === 'array' || def.type === 'string'
}
