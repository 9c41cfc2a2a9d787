import { describe, expect, it } from 'vitest'
import { minutes, hours, days, tierLimits, type Tier } from '@pumpiq/domain'
import { nobody, Problem, type Anybody } from '@pumpiq/api'
import { silentLog } from '../platform/log.ts'
import { systemIds } from '../platform/ids.ts'
import { createLimits, failuresPerMinute, networkOf } from './limits.ts'
import { localCaller, type Identify } from './policy.ts'
import { createSampleHandlers } from './sample-handlers.ts'
import { createSampleMarket } from './sample-market.ts'
import { createHttp } from './server.ts'
import { Failure } from '@pumpiq/domain'

const now = Date.UTC(2026, 0, 5, 12)
const market = createSampleMarket({ now })

async function serve(callerOf: (headers: Record<string, unknown>) => Anybody | Promise<Anybody>) {
  const time = { ms: 5_000 }
  const identify: Identify = { of: async ({ headers }) => callerOf(headers), confirm: async (caller) => caller }
  const app = await createHttp({
    handlers: createSampleHandlers({ market, now }),
    log: silentLog,
    ids: systemIds,
    simulated: true,
    webRoot: 'none',
    identify,
    limits: createLimits({ clock: { monotonic: () => time.ms }, redis: null }),
    trustProxy: ['10.0.0.1'],
  })
  /** How many of so many requests were answered, and the last answer. */
  const ask = async (times: number, url = '/api/v1/sources', headers = {}, remoteAddress = '203.0.113.7') => {
    let answered = 0
    let last = await app.inject({ url, headers, remoteAddress })
    if (last.statusCode !== 429) answered++
    for (let i = 1; i < times; i++) {
      last = await app.inject({ url, headers, remoteAddress })
      if (last.statusCode !== 429) answered++
    }
    return { answered, last }
  }
  return { app, time, ask }
}

const userOf = (userId: string, tier: Tier, more: Partial<Anybody> = {}): Anybody => ({
  ...nobody,
  userId,
  role: 'user',
  tier,
  via: 'key',
  scopes: ['read'],
  credentialId: 'key-1',
  ...more,
})

describe('the limits of a tier', () => {
  it('are told in every answer, of the window with the least left', async () => {
    const { ask, time } = await serve(() => userOf('ann', 'basic'))
    const { last } = await ask(3)
    expect(last.headers).toMatchObject({
      'ratelimit-limit': '120',
      'ratelimit-remaining': '117',
      'ratelimit-reset': '60',
      'ratelimit-policy': '120;w=60, 5000;w=3600, 50000;w=86400',
    })
    time.ms += 20_000
    expect((await ask(1)).last.headers['ratelimit-reset']).toBe('40')
    for (const url of ['/api/v1/nothing', '/api/v1/tokens?limit=x', '/api/v1/admin/audit', '/api/v1/openapi.json']) {
      const { headers, statusCode } = (await ask(1, url)).last
      expect([url, statusCode, headers['ratelimit-limit']]).toEqual([url, statusCode, '120'])
    }
  })

  it.each(Object.entries(tierLimits))('of %s hold in each window: %j', async (tier, { perMinute }) => {
    const { ask, time } = await serve(() => userOf('ann', tier as Tier))
    const { answered, last } = await ask(perMinute + 5)
    expect(answered).toBe(perMinute)
    expect(last.headers).toMatchObject({ 'ratelimit-remaining': '0', 'retry-after': '60' })
    expect(Problem.parse(last.json())).toMatchObject({ status: 429, code: 'tooMany', retryAfterMs: minutes(1) })
    time.ms += minutes(1) - 1
    expect((await ask(1)).answered).toBe(0)
    time.ms += 1
    expect((await ask(1)).answered).toBe(1)
  })

  it('of an hour and a day refuse what those of a minute would let pass', async () => {
    const { ask, time } = await serve(() => userOf('ann', 'free'))
    const { perMinute, perHour, perDay } = tierLimits.free
    let answered = 0
    for (let minute = 0; minute < 60; minute++) {
      answered += (await ask(perMinute)).answered
      time.ms += minutes(1) - 500
    }
    expect(answered).toBe(perHour)
    const { last } = await ask(1)
    expect(last.headers['ratelimit-limit']).toBe(String(perHour))
    expect(last.json()).toMatchObject({ detail: expect.stringContaining('1000 are answered in an hour') })
    time.ms += hours(1)
    for (let hour = 1; hour < 24; hour++) {
      for (let part = 0; part < 17; part++) {
        answered += (await ask(perMinute)).answered
        time.ms += minutes(1)
      }
      if (answered >= perDay) break
      time.ms += minutes(43)
    }
    expect(answered).toBe(perDay)
    expect((await ask(1)).last.headers['ratelimit-limit']).toBe(String(perDay))
    time.ms += days(1)
    expect((await ask(1)).answered).toBe(1)
  }, 60_000)

  it('are one for a user, whichever way he signs in, and another one for another user', async () => {
    const { ask } = await serve(({ 'x-who': who, 'x-key': key }) =>
      userOf(String(who), 'free', { credentialId: String(key) }),
    )
    await ask(40, undefined, { 'x-who': 'ann', 'x-key': '1' })
    expect((await ask(40, undefined, { 'x-who': 'ann', 'x-key': '2' })).answered).toBe(20)
    expect((await ask(40, undefined, { 'x-who': 'bob', 'x-key': '3' })).answered).toBe(40)
  })

  it('are those of the tier that he has now', async () => {
    let tier: Tier = 'free'
    const { ask } = await serve(() => userOf('ann', tier))
    expect((await ask(70)).answered).toBe(60)
    tier = 'premium'
    expect((await ask(1)).last.headers['ratelimit-limit']).toBe('300')
    tier = 'free'
    expect((await ask(1)).answered).toBe(0)
  })

  it('are narrowed by those of the key', async () => {
    const { ask } = await serve(({ 'x-key': key }) =>
      userOf('ann', 'pro', { credentialId: String(key), ...(key === 'narrow' && { perMinute: 7 }) }),
    )
    const { answered, last } = await ask(10, undefined, { 'x-key': 'narrow' })
    expect([answered, last.headers['ratelimit-limit']]).toEqual([7, '7'])
    expect(last.headers['ratelimit-policy']).toContain('600;w=60')
    expect((await ask(10, undefined, { 'x-key': 'wide' })).answered).toBe(10)
  })
})

describe('whoever has not signed in', () => {
  it('is counted by his address, and by his network where it is IPv6', async () => {
    const { ask } = await serve(() => nobody)
    expect((await ask(70, undefined, {}, '198.51.100.1')).answered).toBe(60)
    expect((await ask(1, undefined, {}, '198.51.100.2')).answered).toBe(1)
    await ask(60, undefined, {}, '2001:db8:1:2::1')
    expect((await ask(1, undefined, {}, '2001:db8:1:2:ffff::9')).answered).toBe(0)
    expect((await ask(1, undefined, {}, '2001:db8:1:3::1')).answered).toBe(1)
  })

  it('is counted by what a trusted proxy says, and by nothing that he says himself', async () => {
    const { ask } = await serve(() => nobody)
    for (let i = 0; i < 60; i++) await ask(1, undefined, { 'x-forwarded-for': `192.0.2.${i}` })
    expect((await ask(1, undefined, { 'x-forwarded-for': '192.0.2.99' })).answered).toBe(0)
    await ask(60, undefined, { 'x-forwarded-for': '192.0.2.1' }, '10.0.0.1')
    expect((await ask(1, undefined, { 'x-forwarded-for': '192.0.2.1' }, '10.0.0.1')).answered).toBe(0)
    expect((await ask(1, undefined, { 'x-forwarded-for': '192.0.2.2' }, '10.0.0.1')).answered).toBe(1)
  })

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::1', '0:0:0:0::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
  ])('%s is of the network %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})

it('whoever sits at the machine is counted by the minute alone', async () => {
  const { ask, time } = await serve(() => localCaller)
  expect((await ask(1)).last.headers['ratelimit-policy']).toBe('600;w=60')
  expect((await ask(700)).answered).toBe(599)
  time.ms += minutes(1)
  expect((await ask(1)).answered).toBe(1)
})

it('whoever watches over the process is answered always, and pages are not counted', async () => {
  const { ask } = await serve(() => nobody)
  await ask(60)
  for (const url of ['/api/v1/health', '/api/v1/ready', '/', '/assets/x.js']) {
    const { last } = await ask(1, url)
    expect([url, last.statusCode === 429, last.headers['ratelimit-limit']]).toEqual([url, false, undefined])
  }
})

describe('credentials that are no good', () => {
  it('are looked at so often from one address, and then not at all', async () => {
    let looked = 0
    const { ask, time } = await serve(({ 'x-api-key': key }) => {
      if (key === undefined) return nobody
      looked++
      if (key === 'good') return userOf('ann', 'pro')
      throw new Failure('unauthenticated', 'that key is none')
    })
    const bad = { 'x-api-key': 'bad' }
    const { last } = await ask(failuresPerMinute, undefined, bad)
    expect([last.statusCode, last.headers['ratelimit-limit']]).toEqual([401, '60'])
    const refused = (await ask(5, undefined, bad)).last
    expect([refused.statusCode, refused.headers['retry-after'], looked]).toEqual([429, '60', failuresPerMinute])
    expect((await ask(1, undefined, bad, '198.51.100.4')).last.statusCode).toBe(401)
    expect((await ask(1)).last.statusCode).toBe(200)
    time.ms += minutes(1)
    expect((await ask(1, undefined, { 'x-api-key': 'good' })).last.statusCode).toBe(200)
  })
})
