import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tierSettings, toIso } from '@pumpiq/domain'
import { z } from 'zod'
import { createBudget } from '../llm/budget.ts'
import { openModel } from '../llm/test-model.ts'
import { usdPerDayOf } from '../outside.ts'
import { systemIds } from '../platform/ids.ts'
import { readerUser } from '../reader/model-reader.ts'
import { houseUser } from '../recommendations/users.ts'
import { binance } from '../sources/binance.ts'
import { createWorld, type World } from '../testing/world.ts'

let world: World
const admin = () => world.client.admin

async function account(id: string, more: { tier: 'free' | 'basic'; role?: 'user' | 'service'; banned?: boolean }) {
  const at = toIso(world.time.now())
  await world.db
    .insertInto('authUser')
    .values({ id, name: id, email: `${id}@example.org`, role: 'user', createdAt: at, updatedAt: at, ...more })
    .execute()
}

describe('an installation without a model', () => {
  beforeAll(async () => void (world = await createWorld()), 120_000)
  afterAll(() => world.close())

  it('tells of each tier what it is held to and who has it', async () => {
    await account('ann', { tier: 'free' })
    await account('bot', { tier: 'free', role: 'service' })
    await account('eve', { tier: 'free', banned: true })
    const { items } = await admin().tiers({})
    expect(items.map(({ tier }) => tier)).toEqual(['free', 'basic', 'premium', 'pro'])
    expect(items[0]).toEqual({
      tier: 'free',
      requests: { perMinute: 60, perHour: 1_000, perDay: 10_000 },
      streams: 5,
      most: { watched: 20, transactions: 10_000, openJobs: 2 },
      model: { share: 0.05, usdPerDay: null },
      settings: { ...tierSettings.free.bounds },
      accounts: { people: 1, programs: 1, banned: 1 },
    })
    // Whoever sits at the machine.
    expect(items[3]).toMatchObject({
      settings: { maxRecommendations: { usual: 20 } },
      accounts: { people: 1, banned: 0 },
    })
  })

  it('tells of each source its key, what it tells by itself, and which answers were refused, as plain text', async () => {
    const [all, { items }] = [(await world.client.system.sources({})).items, await admin().sources({})]
    expect(items.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    const of = (found: typeof items) => found.find(({ id }) => id === 'binance')
    expect(of(items)).toMatchObject({
      key: 'none',
      hasKey: false,
      off: null,
      tells: ['candles'],
      drift: 0,
      refused: [],
    })
    const get = world.app.ask.from(binance, { patienceMs: 1_000 })
    const url = 'https://data-api.binance.vision/api/v3/ticker/24hr?symbol=BTCUSDT'
    await expect(world.until(get(url, z.object({ weather: z.string() })))).rejects.toThrow(
      'answered what it should not',
    )
    const { refused, drift } = of((await admin().sources({})).items)!
    expect(drift).toBe(1)
    expect(refused).toMatchObject([
      { asked: 'data-api.binance.vision/api/v3/ticker/24hr', issue: expect.stringContaining('weather') },
    ])
    expect(refused[0]!.body).toMatch(/^\{"symbol":"BTCUSDT"/)
  })

  it('tells of each job when it runs and how the last run ended, and places one beside its times', async () => {
    const jobs = async (name: string) => (await admin().jobs({})).jobs.find((job) => job.name === name)
    expect(await jobs('forget-requests')).toMatchObject({
      role: 'orchestrator',
      runs: 0,
      running: 0,
      lastEnding: null,
      timed: { everyMs: 3_600_000, nextAt: '2026-05-12T10:00:00.000Z' },
      timeoutMs: 300_000,
      retriesAtMost: 0,
    })
    expect(await jobs('advise')).toMatchObject({ timed: null })
    const placed = await admin().runJob({ params: { name: 'forget-requests' } }, { idempotencyKey: 'once' })
    expect(placed).toEqual({ name: 'forget-requests', role: 'orchestrator', placedAt: toIso(world.time.now()) })
    await expect.poll(() => jobs('forget-requests')).toMatchObject({ runs: 1, running: 0, lastEnding: 'done' })
    await world.time.advance(1)
    const again = await admin().runJob({ params: { name: 'forget-requests' } }, { idempotencyKey: 'once' })
    expect(again).toEqual(placed)
    expect(await jobs('forget-requests')).toMatchObject({ runs: 1 })
  })

  it('places no job that is none or has no times, and writes down who placed which', async () => {
    for (const name of ['make-coffee', 'advise'])
      await expect(admin().runJob({ params: { name } })).rejects.toMatchObject({
        code: 'notFound',
        message: expect.stringContaining(`there is no timed job of the name ${name}`),
      })
    const { items } = await admin().audit({ query: { operation: 'admin.runJob', target: 'advise' } })
    expect(items).toMatchObject([{ userId: 'local', target: 'advise', status: 404 }])
    const done = await admin().audit({ query: { operation: 'admin.runJob', outcome: 'done' } })
    expect(new Set(done.items.map(({ target }) => target))).toEqual(new Set(['forget-requests']))
  })

  it('has spent nothing and has no limits', async () => {
    const nothing = { today: { usd: 0, refused: 0 }, last30Days: { usd: 0, refused: 0 }, usdPerDay: null }
    expect(await admin().budgets({})).toEqual({
      day: '2026-05-12',
      model: null,
      all: { ...nothing, setAsideUsd: 0 },
      house: nothing,
      reader: nothing,
      days: [],
      items: [],
      next: null,
    })
  })
})

describe('an installation with a model', () => {
  let opened: ReturnType<typeof openModel>
  beforeAll(async () => {
    world = await createWorld({
      withModel: ({ db, clock }) =>
        (opened = openModel({
          db,
          clock,
          upstream: 'http://127.0.0.1:9',
          settings: { usdPerDay: 2 },
          userUsdPerDay: usdPerDayOf(2),
        })).model,
    })
  }, 120_000)
  afterAll(async () => {
    await world.close()
    await opened.close()
  })

  async function spend(userId: string, usd: number) {
    const budget = createBudget({ db: world.db, clock: world.time, ids: systemIds, usdPerDay: 100 })
    const asked = { userId, most: { input: usd * 1e9, output: 0 }, forMs: 60_000, userUsdPerDay: 100 }
    await budget.settle((await budget.reserve(asked))!, usd * 1e9)
  }

  it('tells what it cost whom, who spent most first, and what each may spend', async () => {
    await account('ann', { tier: 'free' })
    await account('bob', { tier: 'basic' })
    for (const [who, usd] of [
      ['ann', 0.02],
      ['bob', 0.1],
      ['gone', 0.01],
      [houseUser, 0.5],
      [readerUser, 0.25],
    ] as const)
      await spend(who, usd)
    const found = await admin().budgets({ query: { limit: 2 } })
    const today = (usd: number) => ({ today: { usd, refused: 0 }, last30Days: { usd, refused: 0 } })
    expect(found).toMatchObject({
      day: '2026-05-12',
      model: { id: 'gpt-4o', host: 'OpenAI' },
      all: { ...today(0.88), usdPerDay: 2, setAsideUsd: 0 },
      house: { ...today(0.5), usdPerDay: 0.8 },
      reader: { ...today(0.25), usdPerDay: 0.6 },
      days: [{ day: '2026-05-12', usd: 0.88, refused: 0 }],
      items: [
        { userId: 'bob', tier: 'basic', usdPerDay: 0.2, ...today(0.1) },
        { userId: 'ann', tier: 'free', usdPerDay: 0.1, ...today(0.02) },
      ],
    })
    const rest = await admin().budgets({ query: { limit: 2, cursor: found.next! } })
    expect(rest.items).toEqual([{ userId: 'gone', tier: null, usdPerDay: null, ...today(0.01) }])
    expect(rest.next).toBeNull()
    expect((await admin().tiers({})).items.map(({ model }) => model.usdPerDay)).toEqual([0.1, 0.2, 0.5, 2])
  })
})
