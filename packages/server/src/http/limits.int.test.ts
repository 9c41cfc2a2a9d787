import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import type { Redis } from 'ioredis'
import { tierLimits } from '@pumpiq/domain'
import { nobody, type Anybody } from '@pumpiq/api'
import { openRedis } from '../network/redis.ts'
import { systemClock } from '../platform/clock.ts'
import { systemIds } from '../platform/ids.ts'
import { silentLog } from '../platform/log.ts'
import { createSecret } from '../platform/secret.ts'
import { createLimits } from './limits.ts'
import { createSampleHandlers } from './sample-handlers.ts'
import { createSampleMarket } from './sample-market.ts'
import { createHttp } from './server.ts'

const now = Date.UTC(2026, 0, 5, 12)
const handlers = createSampleHandlers({ market: createSampleMarket({ now }), now })
const processes = 4
const { perMinute } = tierLimits.premium
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** A Redis of the test's own, which it may kill. */
async function startRedis(port: number): Promise<ChildProcess> {
  const dir = await mkdtemp(join(tmpdir(), 'pumpiq-redis-'))
  const redis = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no', '--dir', dir], {
    stdio: 'ignore',
  })
  closing.push(() => redis.kill('SIGKILL'))
  return redis
}

const ann: Anybody = { ...nobody, userId: `ann-${systemIds.next()}`, role: 'user', tier: 'premium', via: 'key' }

async function startApps(port: number): Promise<{ apps: FastifyInstance[]; connections: Redis[] }> {
  const connections = Array.from({ length: processes }, () =>
    openRedis({ url: createSecret(`redis://127.0.0.1:${port}`), log: silentLog }),
  )
  const apps = await Promise.all(
    connections.map((redis) =>
      createHttp({
        handlers,
        log: silentLog,
        ids: systemIds,
        simulated: true,
        webRoot: 'none',
        identify: { of: async () => ann, confirm: async (caller) => caller },
        limits: createLimits({ clock: systemClock, redis }),
      }),
    ),
  )
  closing.push(() => Promise.all(apps.map((app) => app.close())))
  closing.push(() => connections.forEach((redis) => redis.disconnect()))
  await expect.poll(() => connections.every(({ status }) => status === 'ready'), { timeout: 10_000 }).toBe(true)
  return { apps, connections }
}

/** How many of so many requests to each process are answered. */
async function flood(apps: readonly FastifyInstance[], times: number): Promise<number> {
  const answered = await Promise.all(
    apps.map(async (app) => {
      let good = 0
      for (let i = 0; i < times; i++) if ((await app.inject('/api/v1/tokens')).statusCode === 200) good++
      return good
    }),
  )
  return answered.reduce((sum, one) => sum + one, 0)
}

it('four processes on one Redis answer a user as often together as one would, at ten times the load', async () => {
  const port = await freePort()
  await startRedis(port)
  const { apps } = await startApps(port)
  const answered = await flood(apps, (10 * perMinute) / processes)
  expect(answered).toBeGreaterThanOrEqual(perMinute)
  expect(answered).toBeLessThanOrEqual(Math.floor(perMinute * 1.01))
}, 60_000)

it('goes on from what each knows when Redis is killed, is never without a limit, and counts together again', async () => {
  const port = await freePort()
  const redis = await startRedis(port)
  const { apps, connections } = await startApps(port)
  const before = await flood(apps, 20)
  expect(before).toBe(80)
  redis.kill('SIGKILL')
  await expect.poll(() => connections.some(({ status }) => status === 'ready')).toBe(false)
  const during = await flood(apps, perMinute)
  expect(during).toBeGreaterThan(0)
  expect(before + during).toBeLessThanOrEqual(processes * perMinute)
  expect(await flood(apps, 5)).toBe(0)

  await startRedis(port)
  await expect.poll(() => connections.every(({ status }) => status === 'ready'), { timeout: 5_000 }).toBe(true)
  // What an emptied Redis has lost is told to it by whoever still knows: the minute is not given twice.
  expect(await flood(apps, 5)).toBe(0)
}, 60_000)

it('counts together in the very next request once Redis is back', async () => {
  const port = await freePort()
  const redis = await startRedis(port)
  const { apps, connections } = await startApps(port)
  await flood(apps, 10)
  redis.kill('SIGKILL')
  await expect.poll(() => connections.some(({ status }) => status === 'ready')).toBe(false)
  await flood(apps, 5)
  await startRedis(port)
  await expect.poll(() => connections.every(({ status }) => status === 'ready'), { timeout: 5_000 }).toBe(true)
  // Each tries Redis again within a second of the last time it was not there.
  await systemClock.sleep(1_100)
  const left = async () => Number((await apps[0]!.inject('/api/v1/tokens')).headers['ratelimit-remaining'])
  const first = await left()
  await flood(apps.slice(1), 10)
  expect(await left()).toBe(first - 31)
}, 60_000)
