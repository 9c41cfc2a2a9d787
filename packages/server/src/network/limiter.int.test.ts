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
  await shared.del(`pumpiq:calls:${source}`)
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

it('no stretch of its length has more of their calls than the budget, wherever it begins', async () => {
  const name = `${source}-border`
  const short = { calls: 4, perMs: 3_000 }
  const two = [0, 1].map(() => createLimiter({ source: name, budget: short, clock: systemClock, shared }))
  await two[0]!.take(0)
  await systemClock.sleep(2_000)
  const late = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => two[i % 2]!.take(0)))
  await systemClock.sleep(1_050)
  const afterBorder = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => two[i % 2]!.take(0)))
  const count = (all: typeof late) => all.filter(({ status }) => status === 'fulfilled').length
  expect(count(late)).toBe(3)
  expect(count(afterBorder)).toBe(1)
  expect(two.map((one) => one.hasRoom(1))).toEqual([false, false])
  await shared.del(`pumpiq:calls:${name}`)
})

it('very large quotas are one between processes, and spread over their time', async () => {
  const name = `${source}-large`
  const quota = { calls: 20_000, perMs: 86_400_000 }
  const two = [0, 1].map(() => createLimiter({ source: name, budget: quota, clock: systemClock, shared }))
  await Promise.all(Array.from({ length: 1_998 }, () => two[0]!.take(0)))
  const rest = await Promise.allSettled(Array.from({ length: 4 }, () => two[1]!.take(0)))
  expect(rest.filter(({ status }) => status === 'fulfilled').length).toBe(2)
  await shared.del(`pumpiq:ninths:${name}`)
})

it('a process whose Redis goes away goes on from what it sent', async () => {
  const own = openRedis({ url: createSecret('redis://127.0.0.1:6379'), log })
  await new Promise<void>((ready) => own.once('ready', () => ready()))
  const name = `${source}-away`
  const left = createLimiter({ source: name, budget, clock: systemClock, shared: own })
  for (let i = 0; i < 4; i++) await left.take(0)
  own.disconnect()
  await expect.poll(() => own.status).not.toBe('ready')
  await left.take(0)
  await expect(left.take(0)).rejects.toMatchObject({ code: 'tooMany' })
  await shared.del(`pumpiq:calls:${name}`)
})

it('without Redis a process keeps to the budget by itself, and says so once', async () => {
  const gone = openRedis({ url: createSecret('redis://127.0.0.1:1'), log })
  expect(await taken(limiter(gone), 8)).toBe(5)
  await expect.poll(() => log.entries.filter(({ level }) => level === 'warn').length).toBe(1)
  gone.disconnect()
})
