import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Redis } from 'ioredis'
import { systemClock } from '../platform/clock.ts'
import { systemIds } from '../platform/ids.ts'
import { createCollectedLog } from '../platform/log.ts'
import { createSecret } from '../platform/secret.ts'
import { createLimiter } from './limiter.ts'
import { openRedis } from './redis.ts'

const source = `test-${systemIds.next()}`
const budget = { calls: 5, perMs: 60_000 }
const log = createCollectedLog()
let shared: Redis

beforeAll(async () => {
  shared = openRedis({ url: createSecret('redis://127.0.0.1:6379'), log })
  await new Promise<void>((ready) => shared.once('ready', () => ready()))
})
afterAll(async () => {
  await shared.del(`pumpiq:budget:${source}`)
  shared.disconnect()
})

const limiter = (redis: Redis) => createLimiter({ source, budget, clock: systemClock, shared: redis })
const taken = async (of: ReturnType<typeof limiter>, times: number) => {
  const all = await Promise.allSettled(Array.from({ length: times }, () => of.take(0)))
  return all.filter(({ status }) => status === 'fulfilled').length
}

it('two processes have one budget between them', async () => {
  const [one, other] = [limiter(shared), limiter(shared)]
  expect((await taken(one, 3)) + (await taken(other, 4))).toBe(5)
  await expect(one.take(0)).rejects.toMatchObject({ code: 'tooMany' })
})

it('without Redis a process keeps to the budget by itself, and says so once', async () => {
  const gone = openRedis({ url: createSecret('redis://127.0.0.1:1'), log })
  expect(await taken(limiter(gone), 8)).toBe(5)
  await expect.poll(() => log.entries.filter(({ level }) => level === 'warn').length).toBe(1)
  gone.disconnect()
})
