import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { Failure } from '@pumpiq/domain'
import { allEndpoints } from '../http/bind.ts'
import { createCsrf } from '../http/csrf.ts'
import { createPost } from '../network/post.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { systemClock } from '../platform/clock.ts'
import { createSecret } from '../platform/secret.ts'
import { createVault } from '../platform/vault.ts'
import { createMarket } from '../simulate/market.ts'
import { createSimulatedFetch } from '../simulate/network.ts'
import { sources } from '../sources/index.ts'
import { signUpAdmin, type Person } from './every-operation-people.ts'
import { openAsking, type Asking } from './every-operation.ts'
import { liveThrough, post, type Planting } from './secrets-planted-people.ts'
import { askClosedServers, createEchoingFetch, readConfigs } from './secrets-planted-outside.ts'
import { filesIn, rowsOf } from './secrets-planted-places.ts'
import { createOnce, createPlants } from './secrets-planted.ts'
import { worldStartAt } from './world.ts'

const people = 13
const seed = 20_260_512
/** What one looks at who has a mind to know what others hide. */
const queries: Readonly<Record<string, string>> = { 'admin.audit': '?limit=100', 'performance.breakdown': '?by=token' }

const plants = createPlants(seed)
const environment = readConfigs(plants)
const secret = createSecret(plants.make('PUMPIQ_SECRET', 48))
const metricsToken = createSecret(plants.make('the token of the figures'))
/** What libraries say past our log. */
const said: string[] = []
let home: string
let asking: Asking
let planting: Planting
let root: Person
let vendors: ReturnType<typeof createEchoingFetch>

beforeAll(async () => {
  for (const way of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, way).mockImplementation((...words: unknown[]) => void said.push(words.map(String).join(' ')))
  home = await mkdtemp(join(tmpdir(), 'pumpiq-planted-'))
  const clock = createManualClock(worldStartAt)
  vendors = createEchoingFetch(createSimulatedFetch({ market: createMarket({ seed: 7 }), clock }))
  const outlet = { post: createPosting(), mail: null, now: () => systemClock.now() }
  asking = await openAsking((request) => fetch(request), {
    accounts: { secret },
    outside: {
      homeDir: home,
      metricsToken,
      csrf: createCsrf({ secret }),
      sources: sources.map((source) => ({ ...source, budget: { calls: 1_000, perMs: 1_000 } })),
      sourceKeys: environment.sourceKeys,
      fetch: vendors.fetch,
      reach: { publicUrl: null, vault: createVault({ secret }), outlet },
    },
  })
  planting = { asking, plants, once: createOnce(asking.answers, plants) }
  root = await signUpAdmin(asking)
}, 120_000)
afterAll(async () => {
  await asking.world.close()
  await rm(home, { recursive: true })
})

/** Receivers that are there and refuse, that are not there, and that lie inside. */
function createPosting() {
  let turn = 0
  const within = createPost({ upstream: null, resolve: async () => [turn % 2 === 0 ? '10.0.0.1' : '127.0.0.1'] })
  return async (...asked: Parameters<typeof within>) => {
    const [url, body] = asked
    const shown = `${url} ${String(body)}`
    const ways = [
      () => ({ status: 200, headers: new Headers(), text: 'ok' }),
      () => ({ status: 404, headers: new Headers(), text: shown }),
      () => ({ status: 400, headers: new Headers(), text: JSON.stringify({ ok: false, description: shown }) }),
      () => within(...asked),
      () => Promise.reject(new Failure('unavailable', 'the receiver is away', { cause: new Error('cut') })),
    ]
    return ways[turn++ % ways.length]!()
  }
}

/** A hook with its secret, and alerts that have another one or are none. */
async function useHooks(): Promise<void> {
  const { hooks } = root.client
  const made = await hooks.create({ body: { name: 'alerts' } })
  planting.once.tell('hooks.create', 'the secret of a hook', made.secret)
  const path = `/api/v1/hooks/tradingview/${made.id}`
  const wrong = () => plants.make('a wrong secret of a hook')
  await post(planting, path, { secret: made.secret, token: 'no-such-token', side: 'buy' })
  await post(planting, path, { secret: made.secret, side: 'buy' })
  await post(planting, path, { secret: wrong(), token: 'BTC', side: 'buy' })
  await post(planting, path, { secret: { text: wrong() }, token: 'BTC', side: 'buy' })
  await post(planting, path, { secret: wrong().repeat(10), token: 'BTC', side: 'buy' })
  await post(planting, path, `secret=${wrong()}`)
}

/** Tables are away for a while: what is asked meanwhile breaks on our side. */
async function breakThings(): Promise<void> {
  const { db } = asking.world
  const make = (what: string) => plants.make(what)
  const target = () => ({
    url: `https://receiver.example/${make('the target of a channel')}`,
    secrets: [`whsec_${btoa(make('the secret of a webhook').slice(0, 24))}`],
  })
  const attempts: readonly [table: string, path: string, body: () => object, headers?: Record<string, string>][] = [
    [
      'notification_channel',
      '/api/v1/user/notifications/channels',
      () => ({ kind: 'webhook', name: 'n', target: target() }),
    ],
    ['auth_account', '/api/v1/auth/login', () => ({ email: root.email, password: make('a password') })],
    ['auth_account', '/api/v1/auth/register', () => ({ email: 'new@example.org', password: make('a password') })],
    ['auth_session', '/api/v1/auth/logout', () => ({}), { authorization: `Bearer ${make('a token that is none')}` }],
    ['auth_api_key', '/api/v1/hooks', () => ({}), { 'x-api-key': `pq_${make('an API key that is none')}` }],
    [
      'auth_verification',
      '/api/v1/auth/reset-password',
      () => ({ token: make('a token by mail'), password: make('a password') }),
    ],
  ]
  const statuses: number[] = []
  for (const [table, path, body, headers = { authorization: `Bearer ${root.token}` }] of attempts) {
    await sql`alter table ${sql.table(table)} rename to is_away`.execute(db)
    statuses.push((await post(planting, `${path}?api_key=${make('a key in a query')}`, body(), headers)).status)
    await sql`alter table is_away rename to ${sql.table(table)}`.execute(db)
  }
  expect(statuses.filter((status) => status === 500).length, String(statuses)).toBeGreaterThanOrEqual(4)
}

/** Vendors say back what they were shown. */
async function askVendors(): Promise<void> {
  const { world } = asking
  await world.until(root.client.recommendations.create({ body: { token: 'BTC' } }))
  vendors.begin()
  for (const id of ['BTC', 'SOL', 'ETH']) await world.until(asking.as().evidence.token({ params: { id } }))
  expect(vendors.echoed()).toBeGreaterThan(20)
}

/** All that anybody may read, read by an administrator, by somebody and by nobody. */
async function lookAround(): Promise<void> {
  const { sessionToken } = root
  const signed = await asking
    .as()
    .accounts.register({ body: { email: 'last@example.org', password: plants.make('a password') } })
  expect(signed.state).toBe('accepted')
  for (const headers of [{ authorization: `Bearer ${sessionToken}` }, {}] as Record<string, string>[])
    for (const { resource, verb, endpoint } of allEndpoints())
      if (endpoint.method === 'GET' && !endpoint.path.includes(':'))
        await asking.raw(`/api/v1${endpoint.path}${queries[`${resource}.${verb}`] ?? ''}`, { headers })
  await asking.raw('/metrics', { headers: { authorization: `Bearer ${plants.make('a wrong token of the figures')}` } })
  await asking.raw('/metrics', { headers: { authorization: `Bearer ${metricsToken.reveal()}` } })
}

/** A backup is a file too. */
async function dump(): Promise<void> {
  const { world } = asking
  await world.until(root.client.admin.runJob({ params: { name: 'dump' } }))
  const made = async () => expect(world.log.entries.map(({ sentence }) => sentence)).toContain('a dump was made')
  await world.until(vi.waitFor(made, { timeout: 20_000, interval: 50 }))
}

it('more than 1,000 planted secrets stand in no log, no later answer, no figure, no table, no file and no problem', async () => {
  for (let i = 0; i < people; i++) await liveThrough(planting, `person${i}`)
  await useHooks()
  await breakThings()
  const away = await askClosedServers(asking.world, plants)
  await askVendors()
  await lookAround()
  await dump()

  const files = await filesIn(home)
  const rows = await rowsOf(asking.world.db)
  const lines = asking.world.log.entries
  const log = { name: 'the log', text: JSON.stringify(lines) }
  expect(files.map(({ name }) => name)).toContain('the file ledger.jsonl')
  expect(files.some(({ name }) => name.endsWith('.gz'))).toBe(true)
  expect(rows.find(({ name }) => name === 'the table auth_user')?.text).toContain('person0@example.org')
  expect(lines.length).toBeGreaterThan(10)
  expect(asking.answers.length).toBeGreaterThan(500)
  const places = [
    log,
    { name: 'the console', text: said.join('\n') },
    environment.told,
    away,
    ...planting.once.places(),
    ...rows,
    ...files,
  ]
  expect(plants.size()).toBeGreaterThan(1_000)
  expect(plants.foundIn(places)).toEqual([])
}, 180_000)
