import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createDatabase, isPostgresThere } from '../db/test-postgres.ts'
import { systemClock } from '../platform/clock.ts'
import { createCollectedLog, silentLog } from '../platform/log.ts'
import { createSecret } from '../platform/secret.ts'
import type { Backend } from './backend.ts'
import { openPostgresBackend } from './bull-postgres.ts'
import { createBackend } from './create-backend.ts'
import type { Job } from './job.ts'
import { createJobs } from './runner.ts'
import { testBackend } from './test-backend.ts'
import { openLine } from '../network/test-line.ts'
import { isRedisHere, startRedis } from './test-redis.ts'

const needs = { clock: systemClock, log: silentLog, lockMs: 1_000 }
const patience = { timeout: 30_000, interval: 10 }
const isThere = await isPostgresThere()

describe.skipIf(!isThere)('with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)', () => {
  testBackend('PostgreSQL', async () => {
    const { url, drop } = await createDatabase()
    return { connect: () => createBackend({ databaseUrl: url, ...needs }), close: drop }
  })

  it('opens once for four processes that start at the same time', async () => {
    const { url, drop } = await createDatabase()
    const all = await Promise.all([1, 2, 3, 4].map(() => openPostgresBackend({ url, ...needs })))
    expect(await Promise.all(all.map((backend) => backend.answers()))).toEqual([true, true, true, true])
    await Promise.all(all.map((backend) => backend.close()))
    await drop()
  })

  it('says that it cannot be reached, without the password', async () => {
    const url = createSecret('postgres://postgres:hunter2@127.0.0.1:1/none')
    const error = await createBackend({ databaseUrl: url, ...needs }).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code: 'unavailable', message: 'the queue in the database does not open' })
    expect(String((error as Error).cause)).not.toContain('hunter2')
  })

  it('goes on after its database cut every connection', async () => {
    const { url, drop } = await createDatabase()
    const log = createCollectedLog()
    const backend = await createBackend({ databaseUrl: url, ...needs, log })
    const ran: string[] = []
    backend.work('tracker', 1, async ({ payload }) => void ran.push((payload as { n: string }).n))
    await backend.place('tracker', { name: 'a', payload: { n: 'before' }, id: null, retries: 0 })
    await vi.waitFor(() => expect(ran).toEqual(['before']), patience)
    const other = await openPostgresBackend({ url, ...needs })
    const admin = new pg.Client({ connectionString: url.reveal() })
    await admin.connect()
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await admin.end()
    await vi.waitFor(
      () => other.place('tracker', { name: 'a', payload: { n: 'after' }, id: null, retries: 0 }),
      patience,
    )
    await vi.waitFor(() => expect(ran).toEqual(['before', 'after']), patience)
    expect(log.entries.length).toBeLessThan(5)
    await Promise.all([backend.close(), other.close()])
    await drop()
  })

  it('refuses to place while its database is away, says so once, and goes on when it is back', async () => {
    const { url, drop } = await createDatabase()
    const line = await openLine(5432)
    const through = createSecret(url.reveal().replace(':5432', `:${line.port}`))
    const log = createCollectedLog()
    const backend = await createBackend({ databaseUrl: through, ...needs, log })
    const ran: string[] = []
    const place = (id: string) => backend.place('tracker', { name: 'a', payload: {}, id, retries: 0 })
    backend.work('tracker', 2, async ({ key }) => void ran.push(key))
    await place('before')
    await vi.waitFor(() => expect(ran).toEqual(['a/before']), patience)
    await vi.waitFor(async () => expect(await backend.counts('tracker')).toMatchObject({ active: 0 }), patience)
    await line.cut()
    await expect(place('away')).rejects.toMatchObject({ code: 'unavailable' })
    expect(await backend.answers()).toBe(false)
    await line.mend()
    await vi.waitFor(() => place('after'), patience)
    await vi.waitFor(() => expect(ran).toEqual(['a/before', 'a/after']), patience)
    const what = 'the queue in the database'
    await vi.waitFor(
      () => expect(log.entries.map(({ sentence }) => sentence)).toContain(`${what} answers again`),
      patience,
    )
    expectFewLines(log.entries, what)
    await backend.close()
    await line.cut()
    await drop()
  })

  it('gives the job of a killed process to another', async () => {
    const { url, drop } = await createDatabase()
    await testKill({ databaseUrl: url.reveal() }, await createBackend({ databaseUrl: url, ...needs }))
    await drop()
  })
})

describe.skipIf(!isRedisHere())('with a Redis of its own (skipped where /usr/bin/redis-server is missing)', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => void (redis = await startRedis()))
  afterAll(() => redis.stop())

  testBackend('Redis', async () => {
    const own = await startRedis()
    return { connect: () => createBackend({ redisUrl: own.url, ...needs }), close: own.stop }
  })

  it('gives the job of a killed process to another', async () => {
    await testKill({ redisUrl: redis.url.reveal() }, await createBackend({ redisUrl: redis.url, ...needs }))
  })

  describe('that is lost', () => {
    /** A row that must be worked at: placed when it was written, and swept back by a timed job while it is not done. */
    const rows = new Set<string>()
    const done: string[] = []
    const slots: number[] = []
    const jobs: Job[] = [
      {
        name: 'work',
        role: 'tracker',
        timeoutMs: 5_000,
        payload: z.string(),
        run: async (id) => void (done.push(id as string), rows.delete(id as string)),
      },
      {
        name: 'sweep',
        role: 'tracker',
        everyMs: 300,
        timeoutMs: 5_000,
        run: async (_, { slot }) => void (slots.push(slot!), await sweep()),
      },
    ]
    const log = createCollectedLog()
    let runner: ReturnType<typeof createJobs>
    let backend: Backend
    const sweep = () =>
      Promise.all([...rows].map((id) => backend.place('tracker', { name: 'work', payload: id, id, retries: 0 })))
    beforeAll(async () => {
      backend = { ...(await createBackend({ redisUrl: redis.url, ...needs, log })), lookEveryMs: 200 }
      runner = createJobs({ backend, jobs, roles: ['tracker'], clock: systemClock, log })
      runner.start()
    })
    afterEach(() => rows.clear())
    afterAll(() => runner.stop())
    const nextSlots = async (more = 2) => {
      const before = slots.length
      await vi.waitFor(() => expect(slots.length).toBeGreaterThanOrEqual(before + more), patience)
    }

    it('keeps its timed jobs and what has a row when it is emptied', async () => {
      await nextSlots()
      for (let i = 0; i < 5; i++) {
        rows.add(`emptied-${i}`)
        await redis.client.flushall()
      }
      await vi.waitFor(() => expect(rows.size).toBe(0), patience)
      await nextSlots()
    })

    it('refuses to place while it is gone, keeps its timed jobs when it is back and empty, and says each once', async () => {
      const toldBefore = log.entries.length
      await redis.kill()
      await expect(runner.place('work', 'gone')).rejects.toMatchObject({ code: 'unavailable' })
      expect((await runner.health()).backend).toEqual({ kind: 'redis', answers: false })
      expect((await runner.health()).roles).toMatchObject([{ role: 'tracker', queue: null }])
      rows.add('gone')
      await redis.again()
      await vi.waitFor(() => expect(rows.size).toBe(0), patience)
      await nextSlots()
      await vi.waitFor(
        () => expect(log.entries.some(({ sentence }) => sentence === 'Redis answers again')).toBe(true),
        patience,
      )
      const told = log.entries.slice(toldBefore).filter(({ level }) => level !== 'debug')
      expectFewLines(told, 'Redis')
    })

    it('is said not to answer while it takes no writes, full or a copy of another', async () => {
      const answers = async () => (await runner.health()).backend.answers
      await vi.waitFor(async () => expect(await answers()).toBe(true), patience)
      await redis.client.config('SET', 'maxmemory', '1mb')
      expect(await answers()).toBe(false)
      await redis.client.config('SET', 'maxmemory', '0')
      expect(await answers()).toBe(true)
      await redis.client.replicaof('127.0.0.1', '1')
      expect(await answers()).toBe(false)
      await redis.client.replicaof('NO', 'ONE')
      expect(await answers()).toBe(true)
      await nextSlots()
    })

    it('opens, fails to place and stops while it is gone', async () => {
      await redis.kill()
      const other = createJobs({
        backend: await createBackend({ redisUrl: redis.url, ...needs }),
        jobs,
        roles: ['tracker'],
        clock: systemClock,
        log: silentLog,
      })
      other.start()
      await expect(other.place('work', 'gone')).rejects.toMatchObject({ code: 'unavailable' })
      await other.stop()
      await redis.again()
      await nextSlots()
    })
  })
})

/**
 * Dozens of connections break and try again many times a second; a person is told when it goes and when it is back. On a busy machine it may
 * be found away twice.
 */
function expectFewLines(told: ReturnType<typeof createCollectedLog>['entries'], what: string): void {
  const [gone, back] = [`${what} does not answer; jobs wait until it does`, `${what} answers again`]
  const lines = told.filter(({ sentence }) => sentence.startsWith(what))
  const said = lines.map(({ sentence, fields }) => `${sentence} (${String(fields.error ?? '')})`).join('\n')
  expect([lines.at(0)?.sentence, lines.at(-1)?.sentence], said).toEqual([gone, back])
  expect(lines.length, said).toBeLessThanOrEqual(4)
}

async function testKill(where: { redisUrl?: string; databaseUrl?: string }, backend: Backend): Promise<void> {
  const child = fork(fileURLToPath(new URL('./test-worker.ts', import.meta.url)))
  child.send({ ...where, lockMs: needs.lockMs })
  const taken = new Promise((resolve) => child.once('message', resolve))
  await backend.place('tracker', { name: 'a', payload: {}, id: 'x', retries: 0 })
  await taken
  child.kill('SIGKILL')
  const ran = Promise.withResolvers<string>()
  backend.work('tracker', 1, async ({ key }) => ran.resolve(key))
  expect(await ran.promise).toBe('a/x')
  await vi.waitFor(
    async () => expect(await backend.counts('tracker')).toMatchObject({ waiting: 0, active: 0, failed: 0 }),
    patience,
  )
  await backend.close()
}
