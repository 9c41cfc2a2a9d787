import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { minutes } from '@pumpiq/domain'
import { createSavedDb } from '../db/saved-db.ts'
import { isRedisHere, startRedis } from '../jobs/test-redis.ts'
import { openRedis } from '../network/redis.ts'
import { systemClock } from '../platform/clock.ts'
import { systemIds } from '../platform/ids.ts'
import { silentLog } from '../platform/log.ts'
import { openAccountServer, password, signUp } from '../testing/account-server.ts'
import { refused } from '../testing/test-accounts-words.ts'
import { createAttempts, type Attempts } from './attempts.ts'

const processes = 4
const most = 10
const email = 'somebody@example.com'

async function isThere(): Promise<boolean> {
  const probe = new Redis(6379, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null }).on('error', () => {})
  try {
    await probe.connect()
    return true
  } catch {
    return false
  } finally {
    probe.disconnect()
  }
}

/** How many of so many tries, spread over all and asked at once, were let through; every other one was told when to come again. */
async function triesLetThrough(each: readonly Attempts[], tries: number): Promise<number> {
  const asked = Array.from({ length: tries }, (_, i) => each[i % each.length]!.take('signInTo', email))
  const settled = await Promise.allSettled(asked)
  for (const one of settled) {
    if (one.status === 'fulfilled') continue
    expect(one.reason).toEqual(refused('tooMany', 'sign-ins to this account'))
    const { retryAfterMs } = one.reason as { retryAfterMs: number }
    expect(retryAfterMs).toBeGreaterThan(0)
    expect(retryAfterMs).toBeLessThanOrEqual(minutes(15))
  }
  return settled.filter(({ status }) => status === 'fulfilled').length
}

describe.skipIf(!(await isThere()))('with Redis at 127.0.0.1:6379 (skipped where it does not answer)', () => {
  // Of this test alone: nothing else in that Redis is looked at or changed.
  const prefix = `pumpiq-test-${systemIds.next()}:`
  const connect = () => new Redis(6379, '127.0.0.1', { keyPrefix: prefix })
  let plain: Redis
  let connections: Redis[] = []
  beforeAll(() => void (plain = new Redis(6379, '127.0.0.1')))
  beforeEach(async () => {
    connections = Array.from({ length: processes }, connect)
    await until(() => connections.every(({ status }) => status === 'ready'))
  })
  afterEach(async () => {
    for (const connection of connections) connection.disconnect()
    const keys = await plain.keys(`${prefix}*`)
    if (keys.length > 0) await plain.del(keys)
  })
  afterAll(() => plain.disconnect())
  const open = () => connections.map((redis) => createAttempts({ redis }))

  it('processes count together what is tried at once, and what one forgets all forget', async () => {
    const each = open()
    expect(await triesLetThrough(each, 100)).toBe(most)
    expect(await triesLetThrough(each, 8)).toBe(0)
    await each[2]!.forget('signInTo', email)
    expect(await triesLetThrough(each, 100)).toBe(most)
  })

  it('a process that begins later knows what was counted before', async () => {
    const [first, ...later] = open()
    expect(await triesLetThrough([first!], 6)).toBe(6)
    expect(await triesLetThrough(later, 30)).toBe(most - 6)
  })

  it('an account is one however it is spelled, an IPv6 subscriber one /64, and Redis is told of neither', async () => {
    const [one, other] = open()
    for (let i = 0; i < most; i++) await (i % 2 ? one! : other!).take('signInTo', i % 3 ? email : email.toUpperCase())
    await expect(one!.take('signInTo', email)).rejects.toEqual(refused('tooMany'))
    await other!.take('signInTo', 'somebody.else@example.com')
    for (let i = 0; i < 10; i++) await (i % 2 ? one! : other!).take('registerFrom', `2001:db8:1:2::${i}`)
    await expect(other!.take('registerFrom', '2001:db8:1:2:ffff::1')).rejects.toEqual(refused('tooMany'))
    await other!.take('registerFrom', '2001:db8:1:3::1')
    const keys = await plain.keys(`${prefix}*`)
    expect(keys).toHaveLength(4)
    expect(keys.filter((key) => /@|example|2001|db8/i.test(key))).toEqual([])
    // None stays for ever.
    for (const key of keys) expect(await plain.pttl(key)).toBeGreaterThan(0)
  })

  it('guesses at a password through two servers are bounded as through one, and the right one is waited for too', async () => {
    const db = await createSavedDb()
    const limits = { signInTo: 4 }
    const servers = await Promise.all(connections.slice(0, 2).map((redis) => openAccountServer({ db, redis, limits })))
    const person = await signUp(servers[0]!)
    const signIn = (i: number, tried: string) =>
      servers[i % 2]!.as().accounts.login({ body: { email: person.email, password: tried } })
    for (let i = 0; i < 4; i++) await expect(signIn(i, 'not the right one')).rejects.toEqual(refused('unauthenticated'))
    for (let i = 0; i < 4; i++) await expect(signIn(i, password)).rejects.toEqual(refused('tooMany'))
    for (const server of servers) await server.close()
    await db.destroy()
  })
})

describe.skipIf(!isRedisHere())('with a Redis that goes away (skipped where none can be started)', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  let connections: Redis[] = []
  beforeAll(async () => {
    redis = await startRedis()
    connections = Array.from({ length: processes }, () => openRedis({ url: redis.url, log: silentLog }))
    await until(() => connections.every(({ status }) => status === 'ready'))
  })
  afterAll(async () => {
    for (const connection of connections) connection.disconnect()
    await redis.stop()
  })

  it('each process counts for itself meanwhile, signing in goes on, and they count together once it is back', async () => {
    const each = connections.map((connection) => createAttempts({ redis: connection }))
    expect(await triesLetThrough(each, 100)).toBe(most)
    await redis.kill()
    await until(() => connections.every(({ status }) => status !== 'ready'))
    expect(await triesLetThrough(each, 400)).toBe(processes * most)
    expect(await triesLetThrough(each, 40)).toBe(0)
    // Whoever signed in begins anew where he did.
    await each[0]!.forget('signInTo', email)
    expect(await triesLetThrough(each, 400)).toBe(most)

    await redis.again()
    await until(() => connections.every(({ status }) => status === 'ready'))
    expect(await triesLetThrough(each, 100)).toBe(most)
    for (const one of each) await one.forget('signInTo', email)
    await redis.kill()
    await until(() => connections.every(({ status }) => status !== 'ready'))
    // What was counted the last time it was away is forgotten with the rest.
    expect(await triesLetThrough(each, 400)).toBe(processes * most)
    await redis.again()
    await until(() => connections.every(({ status }) => status === 'ready'))
  })
})

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries === 1_000) throw new Error('it did not come to that within ten seconds')
    await systemClock.sleep(10)
  }
}
