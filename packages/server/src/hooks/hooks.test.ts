import { createHash } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { candlesOf, Failure, hours, Token, tokenId, toIso, type Bar, type Candles } from '@pumpiq/domain'
import { AlertTaken, createClient, type Client, type HookRecord, type NewHook } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { injectFetch } from '../http/inject-fetch.ts'
import { createSampleHandlers } from '../http/sample-handlers.ts'
import { createSampleMarket } from '../http/sample-market.ts'
import { createHttp } from '../http/server.ts'
import { createAsk } from '../network/ask.ts'
import { createIds } from '../platform/ids.ts'
import { createCollectedLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import type { CandlesAsk, Source } from '../sources/source.ts'
import { createHooks } from './hooks.ts'

const startAt = Date.UTC(2026, 2, 1, 12, 30)
const bitcoin = Token.parse({
  id: 'bitcoin:native',
  chain: 'bitcoin',
  address: 'native',
  symbol: 'BTC',
  name: 'Bitcoin',
  catalogueId: 'bitcoin',
  marketCapRank: 1,
  marketCapUsd: 1e12,
  priceUsd: '100',
})
const impostor = Token.parse({
  ...bitcoin,
  id: 'base:0xfake',
  chain: 'base',
  address: '0xfake',
  catalogueId: null,
  priceUsd: null,
})
const nobody = '0195a000-0000-7000-8000-000000000001'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())

/** Hours that stand still until an instant and rise by 1 an hour from then on. */
const rising =
  (from: number) =>
  ({ now, limit }: Pick<CandlesAsk, 'now' | 'limit'>): Candles => {
    const last = Math.floor(now / hours(1)) - 1
    const bars = Array.from({ length: limit }, (_, i): Bar => {
      const openAt = (last - limit + 1 + i) * hours(1)
      const base = 100 + Math.max(0, Math.floor((openAt - from) / hours(1)))
      return { openAt, open: base, high: base + 1, low: base - 1, close: base, volume: 1 }
    })
    return candlesOf('venue:BTCUSDT:1h', hours(1), bars)
  }

const venue = (candles: (ask: CandlesAsk) => Candles): Source => ({
  id: 'venue',
  docs: 'none',
  key: 'none',
  budget: { calls: 1_000, perMs: 1_000 },
  feeds: { candles: async (ask) => candles(ask) },
})

describe('hooks', () => {
  const clock = createManualClock(startAt)
  const log = createCollectedLog()
  const random = seededRandom(3)
  const asked: string[] = []
  let app: FastifyInstance
  let client: Client
  let hooks: ReturnType<typeof createHooks>
  let source: Source

  beforeAll(async () => {
    source = venue(rising(startAt))
    hooks = createHooks({
      db,
      ids: createIds({ clock, random }),
      random,
      clock,
      log,
      sources: [{ ...source, feeds: { candles: (ask) => source.feeds.candles!(ask) } }],
      ask: createAsk({ fetch: () => Promise.reject(new TypeError('fetch failed')), clock, random, log }),
      tokens: {
        async resolve(text) {
          asked.push(text)
          if (text === 'base:0xfake') return impostor
          if (text === 'BTC' || text === 'bitcoin:native') return bitcoin
          throw new Failure('notFound', `no token with the ticker ${text} is known`)
        },
        byId: async (id) => [bitcoin, impostor].find((token) => token.id === id) ?? null,
      },
    })
    const plain = createSampleHandlers({ market: createSampleMarket({ now: startAt }), now: startAt })
    const webRoot = join(await mkdtemp(join(tmpdir(), 'pumpiq-web-')), 'dist')
    const ids = createIds({ clock, random })
    app = await createHttp({ handlers: { ...plain, hooks: hooks.routes }, log, ids, simulated: true, webRoot })
    client = createClient({ baseUrl: 'http://pumpiq.test', fetch: injectFetch(app) })
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    await sql`delete from hook`.execute(db)
    asked.length = 0
  })

  const create = (name = 'breakouts') => client.hooks.create({ body: { name } })
  type Said = Record<string, unknown>
  const post = (id: string, payload: Said | string, type = 'application/json') =>
    app.inject({
      method: 'POST',
      url: `/api/v1/hooks/tradingview/${id}`,
      headers: { 'content-type': type },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    })
  const alert = async (hook: NewHook, said: Said = {}) =>
    post(hook.id, { secret: hook.secret, token: 'BTC', side: 'long', ...said })
  const taken = async (hook: NewHook, said: Said = {}) => {
    const answer = await alert(hook, said)
    expect(answer.statusCode, answer.body).toBe(200)
    return AlertTaken.parse(answer.json())
  }
  const recordOf = async (id: string): Promise<HookRecord> =>
    (await client.hooks.list()).items.find((hook) => hook.id === id)!.record
  const judge = () =>
    hooks.jobs[0]!.run(undefined, {
      abort: new AbortController().signal,
      stopping: new AbortController().signal,
      slot: null,
    })

  it('tell their secret once, and keep its hash alone', async () => {
    const hook = await create()
    expect(hook.secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(JSON.stringify(await client.hooks.list())).not.toContain(hook.secret)
    const rows = JSON.stringify((await sql`select * from hook`.execute(db)).rows)
    expect(rows).not.toContain(hook.secret)
    expect(rows).toContain(createHash('sha256').update(hook.secret).digest('hex'))
    expect((await create()).secret).not.toBe(hook.secret)
  })

  it('are made, listed and removed at the machine alone', async () => {
    const { id } = await create()
    for (const [method, url] of [
      ['GET', '/api/v1/hooks'],
      ['POST', '/api/v1/hooks'],
      ['DELETE', `/api/v1/hooks/${id}`],
    ] as const) {
      const answer = await app.inject({
        method,
        url,
        remoteAddress: '203.0.113.9',
        ...(method === 'POST' && { payload: {} }),
      })
      expect([url, answer.statusCode]).toEqual([url, 401])
    }
    expect((await client.hooks.remove({ params: { id } })).id).toBe(id)
    await expect(client.hooks.remove({ params: { id } })).rejects.toMatchObject({ code: 'notFound' })
    expect((await client.hooks.list()).items).toEqual([])
  })

  it('take alerts from anywhere that bear the secret, and keep when they were here, not when they say', async () => {
    const hook = await create()
    const { path } = (await client.hooks.list()).items[0]!
    const answer = await app.inject({
      method: 'POST',
      url: path,
      remoteAddress: '52.89.214.238',
      payload: {
        secret: hook.secret,
        ticker: 'BINANCE:BTCUSDT.P',
        side: 'buy',
        price: 101.5,
        interval: '240',
        time: '2020-01-01T00:00:00Z',
      },
    })
    expect(answer.json()).toEqual({
      id: expect.any(String) as string,
      token: 'bitcoin:native',
      side: 'long',
      interval: '4h',
      at: toIso(startAt),
      price: '101.5',
      repeated: false,
    })
    const kept = await hooks.alertsOf(tokenId('bitcoin:native'), startAt)
    expect(kept).toMatchObject([{ hook: hook.id, side: 'long', price: '101.5', at: toIso(startAt), result: null }])
    expect(await hooks.alertsOf(tokenId('bitcoin:native'), startAt + 1)).toEqual([])
  })

  it('refuse a wrong secret and an unknown hook with one answer, before the token is looked for', async () => {
    const hook = await create()
    const other = await create('other')
    const wrong = [
      await alert({ ...hook, secret: other.secret }),
      await alert({ ...hook, secret: 'x' }),
      await alert({ ...hook, secret: `${hook.secret}x` }),
      await alert({ ...hook, id: nobody }),
    ]
    expect(wrong.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401])
    expect(new Set(wrong.map(({ body }) => (JSON.parse(body) as { detail: string }).detail)).size).toBe(1)
    expect(asked).toEqual([])
  })

  it.each<[string, Said | string, number, string?]>([
    ['no JSON', 'BTC is going up', 400],
    ['JSON that a missing value broke', '{"secret":"x","price":,"side":"long"}', 400],
    ['a text', 'secret=x', 415, 'text/plain; charset=utf-8'],
    ['nothing', '', 400],
    ['no side', { secret: 'x', token: 'BTC' }, 400],
    ['a side that is none', { secret: 'x', token: 'BTC', side: 'up' }, 400],
    ['neither token nor ticker', { secret: 'x', side: 'long' }, 400],
    ['both token and ticker', { secret: 'x', side: 'long', token: 'BTC', ticker: 'BTCUSDT' }, 400],
    ['a price that is none', { secret: 'x', token: 'BTC', side: 'long', price: '{{close}}' }, 400],
    ['an interval that is none', { secret: 'x', token: 'BTC', side: 'long', interval: 'soon' }, 400],
    ['more than 4 kB', { secret: 'x', token: 'BTC', side: 'long', note: 'n'.repeat(4_096) }, 413],
  ])('refuse %s', async (_, body, status, type = 'application/json') => {
    const hook = await create()
    const said = typeof body === 'string' || body['secret'] === undefined ? body : { ...body, secret: hook.secret }
    const answer = await post(hook.id, said, type)
    expect(answer.statusCode, answer.body).toBe(status)
    expect(answer.body).not.toContain(hook.secret)
    if (status === 413) expect(answer.json()).toMatchObject({ detail: expect.stringContaining('4096 bytes') as string })
  })

  it('count an alert once that is sent again', async () => {
    const hook = await create()
    const first = await taken(hook, { id: 'a-1' })
    expect(await taken(hook, { id: 'a-1' })).toEqual({ ...first, repeated: true })
    expect((await taken(hook, { id: 'a-2' })).repeated).toBe(false)
    const timed = { time: '2026-03-01T12:30:00Z' }
    expect((await taken(hook, timed)).repeated).toBe(false)
    await clock.advance(hours(1))
    expect((await taken(hook, timed)).repeated).toBe(true)
    expect((await taken(await create('other'), timed)).repeated).toBe(false)
    expect((await recordOf(hook.id)).alerts).toBe(3)
  })

  it('take alerts at once without keeping any twice', async () => {
    const hook = await create()
    const all = await Promise.all(Array.from({ length: 8 }, () => taken(hook, { id: 'same' })))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1)
  })

  it('take no more than 300 alerts an hour, and 20 hooks', async () => {
    const hook = await create()
    await sql`insert into hook_alert (id, hook_id, key, token_id, side, tf, at)
      select gen_random_uuid(), ${hook.id}::uuid, n::text, 'bitcoin:native', 'long', '1h', ${toIso(clock.now())}::timestamptz
      from generate_series(1, 300) n`.execute(db)
    expect((await alert(hook)).statusCode).toBe(429)
    for (let i = 1; i < 20; i++) await create(`hook ${i}`)
    await expect(create('one too many')).rejects.toMatchObject({ code: 'invalid' })
  })

  it('are judged by what the price did, from when the alert was here', async () => {
    const hook = await create()
    const long = await taken(hook, { id: 'long' })
    await clock.advance(hours(40))
    source = venue(rising(Date.parse(long.at)))
    const early = await taken(hook, { id: 'early' })
    await taken(hook, { id: 'close', side: 'close' })
    await judge()
    expect(await recordOf(hook.id)).toMatchObject({ alerts: 3, judged: 1, hits: 1, misses: 0, hitRatio: null })
    await clock.advance(hours(40))
    source = venue(rising(Date.parse(early.at)))
    await judge()
    expect(await recordOf(hook.id)).toMatchObject({ judged: 2, apart: 2, hits: 2 })
  })

  it('say nothing of a contract that only bears the ticker of what venues list', async () => {
    const hook = await create()
    await taken(hook, { token: 'base:0xfake' })
    await clock.advance(hours(40))
    source = venue(rising(startAt))
    await judge()
    expect(await hooks.alertsOf(impostor.id, 0)).toMatchObject([{ result: 'unknown' }])
  })

  it('wait for a venue that cannot be asked, and say nothing of a token that none lists or that is another one there', async () => {
    const hook = await create()
    await taken(hook)
    await clock.advance(hours(40))
    source = venue(() => {
      throw new Failure('unavailable', 'venue is away')
    })
    await judge()
    expect(await hooks.alertsOf(tokenId('bitcoin:native'), 0)).toMatchObject([{ result: null }])
    source = venue((ask) => {
      const { open, high, low, close, ...rest } = rising(startAt)(ask)
      const dear = (column: Float64Array) => column.map((value) => value * 50)
      return { ...rest, open: dear(open), high: dear(high), low: dear(low), close: dear(close) }
    })
    await judge()
    expect(await hooks.alertsOf(tokenId('bitcoin:native'), 0)).toMatchObject([{ result: 'unknown' }])
    expect(await recordOf(hook.id)).toMatchObject({ alerts: 1, judged: 0 })
  })
})
