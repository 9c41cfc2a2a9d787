import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { Failure } from '@pumpiq/domain'
import { systemClock } from '../platform/clock.ts'
import { systemIds } from '../platform/ids.ts'
import { createCollectedLog } from '../platform/log.ts'
import type { Role } from '../platform/roles.ts'
import { HandBack, type Backend } from './backend.ts'
import type { Job, JobContext } from './job.ts'
import { createJobs } from './runner.ts'

/** A store and the ways into it: each `connect` is what one process would open. */
export type TestStore = {
  connect(): Promise<Backend>
  close(): Promise<void>
  /** Why a worker cannot die and leave its job to another, where it cannot. */
  dies?: string
}

const patience = { timeout: 20_000, interval: 10 }
const until = (isSo: () => unknown) => vi.waitFor(() => expect(isSo()).toBeTruthy(), patience)
const forever = () => new Promise<never>(() => {})

/** What all queues owe. `open` gives an empty store, whose locks are short enough that a test can see them run out. */
export function testBackend(name: string, open: () => Promise<TestStore>): void {
  describe(`the jobs on ${name}`, () => {
    let store: TestStore
    const backends: Backend[] = []
    const connect = async () => {
      const backend = await store.connect()
      backends.push(backend)
      return backend
    }
    beforeAll(async () => void (store = await open()))
    afterEach(async () => {
      await Promise.all(backends.splice(0).map((backend) => backend.close()))
    })
    afterAll(() => store.close())
    testPlacing(connect)
    testTime(connect)
    testEnds(connect)
    testLoss(connect, () => store.dies)
  })
}

type Connect = () => Promise<Backend>
type Run = (payload: { n: number }, context: JobContext) => Promise<unknown>

/** Jobs of a name of their own, so that the tests of one store do not meet. */
function job(more: Omit<Partial<Job>, 'run'> & { run: Run }): Job {
  const name = `job-${systemIds.next()}`
  return { name, role: 'engine', payload: z.object({ n: z.number() }), timeoutMs: 10_000, ...more }
}

async function start(connect: Connect, jobs: Job[], role: Role = 'engine') {
  const log = createCollectedLog()
  const runner = createJobs({ backend: await connect(), jobs, roles: [role], clock: systemClock, log })
  runner.start()
  const tally = async () => (await runner.health()).jobs[0]!
  const queue = async () => (await runner.health()).roles[0]!.queue!
  return { ...runner, log, tally, queue }
}

function testPlacing(connect: Connect): void {
  it('run once what is placed many times under one id, in one of two processes, and take the id again afterwards', async () => {
    const ran: number[] = []
    const gate = Promise.withResolvers<void>()
    const own = job({
      async run({ n }) {
        ran.push(n)
        await gate.promise
      },
    })
    const [one, two] = [await start(connect, [own]), await start(connect, [own])]
    await Promise.all(
      Array.from({ length: 10 }, () => [one, two].map((at) => at.place(own.name, { n: 1 }, { id: 'x' }))).flat(),
    )
    await until(() => ran.length > 0)
    await one.place(own.name, { n: 2 }, { id: 'x' })
    gate.resolve()
    await vi.waitFor(async () => expect(await one.queue()).toMatchObject({ waiting: 0, active: 0 }), patience)
    expect(ran).toEqual([1])
    await two.place(own.name, { n: 3 }, { id: 'x' })
    await until(() => ran.length === 2)
    expect(ran).toEqual([1, 3])
  })

  it('share many jobs between two processes, each once', async () => {
    const ran = new Map<string, number[]>()
    const named = systemIds.next()
    const runs = (at: string) =>
      job({ name: `job-${named}`, run: async ({ n }) => void ran.set(at, [...(ran.get(at) ?? []), n]) })
    const [one] = [await start(connect, [runs('one')]), await start(connect, [runs('two')])]
    await Promise.all(Array.from({ length: 60 }, (_, n) => one.place(`job-${named}`, { n })))
    const all = () => [...ran.values()].flat().toSorted((a, b) => a - b)
    await until(() => all().length >= 60)
    expect(all()).toEqual(Array.from({ length: 60 }, (_, n) => n))
  })

  it('leave a job alone that is of no role of the process', async () => {
    const own = job({ role: 'tracker', run: forever })
    const one = await start(connect, [own])
    await one.place(own.name, { n: 1 })
    await vi.waitFor(async () => expect(await one.queue()).toMatchObject({ waiting: 1, active: 0 }), patience)
    expect((await one.health()).roles).toMatchObject([{ role: 'tracker', isWorkedHere: false }])
    expect((await one.queue()).oldestWaitingMs).toBeGreaterThanOrEqual(0)
    const backend = await connect()
    backend.work('tracker', 1, () => Promise.resolve())
    await vi.waitFor(async () => expect(await one.queue()).toMatchObject({ waiting: 0, active: 0 }), patience)
  })
}

function testTime(connect: Connect): void {
  it('run a slot once however many processes keep time, at the multiples of its interval', async () => {
    const slots: number[] = []
    const own = job({ role: 'engine', everyMs: 400, run: async (_, { slot }) => void slots.push(slot!) })
    delete (own as { payload?: unknown }).payload
    const runners = [await start(connect, [own]), await start(connect, [own]), await start(connect, [own])]
    await until(() => slots.length >= 4)
    await Promise.all(runners.map((runner) => runner.stop()))
    expect(new Set(slots).size).toBe(slots.length)
    expect(slots.filter((slot) => slot % 400 !== 0)).toEqual([])
    await (await connect()).unschedule('engine', own.name)
  })

  it('keep a schedule that is put there again as it is, follow a new interval, and forget one that is taken away', async () => {
    const backend = await connect()
    const name = `job-${systemIds.next()}`
    const delayed = async () => (await backend.counts('collector:news')).delayed
    for (const everyMs of [3_600_000, 3_600_000, 7_200_000]) {
      await backend.schedule('collector:news', [{ name, everyMs, retries: 0 }])
      await vi.waitFor(async () => expect(await delayed()).toBe(1), patience)
    }
    await backend.unschedule('collector:news', name)
    const own = job({ role: 'collector:news', everyMs: 200, run: async () => {} })
    await backend.schedule('collector:news', [{ name: own.name, everyMs: 200, retries: 0 }])
    await start(connect, [job({ role: 'collector:news', run: forever })], 'collector:news')
    await vi.waitFor(
      async () => expect(await backend.counts('collector:news')).toMatchObject({ failed: 1, delayed: 0 }),
      patience,
    )
  })
}

function testEnds(connect: Connect): void {
  it('try a failed run again as often as the job allows, and count it', async () => {
    let runs = 0
    const own = job({
      retries: 1,
      run: async () => {
        runs += 1
        throw new Failure('unavailable', 'the moon is behind a cloud')
      },
    })
    const [one] = [await start(connect, [own]), await start(connect, [{ ...own }])]
    const before = await one.queue()
    await one.place(own.name, { n: 1 }, { id: 'x' })
    await until(() => runs === 2)
    await vi.waitFor(async () => expect((await one.queue()).failed).toBe(before.failed + 1), patience)
    expect(runs).toBe(2)
  })

  it('count a run as failed that goes on after its time, and do not begin it beside itself', async () => {
    const aborted: unknown[] = []
    const gate = Promise.withResolvers<void>()
    const own = job({
      timeoutMs: 100,
      run: async (_, { abort }) => {
        abort.addEventListener('abort', () => aborted.push(abort.reason))
        await gate.promise
      },
    })
    const one = await start(connect, [own])
    await one.place(own.name, { n: 1 }, { id: 'x' })
    await vi.waitFor(async () => expect(await one.tally()).toMatchObject({ runs: 1, failures: 1 }), patience)
    expect(aborted).toMatchObject([{ code: 'unavailable', message: `${own.name} took more than 100 ms` }])
    await vi.waitFor(async () => expect(await one.queue()).toMatchObject({ active: 0 }), patience)
    await one.place(own.name, { n: 1 }, { id: 'x' })
    await vi.waitFor(async () => expect(await one.tally()).toMatchObject({ runs: 1, failures: 2 }), patience)
    expect((await one.tally()).lastProblem?.sentence).toBe(`${own.name}: the run before has not ended yet`)
    gate.resolve()
  })

  it('let the runs end that stop finds, and close', async () => {
    const gate = Promise.withResolvers<void>()
    const seen: string[] = []
    const own = job({ run: async () => void (seen.push('begun'), await gate.promise, seen.push('ended')) })
    const [one, two] = [await start(connect, [own]), await connect()]
    await one.place(own.name, { n: 1 })
    // Not once it counts as active: a job that was taken but not begun is given back.
    await until(() => seen.length === 1)
    const stopping = one.stop()
    gate.resolve()
    await stopping
    expect(seen).toEqual(['begun', 'ended'])
    expect(await two.counts('engine')).toMatchObject({ waiting: 0, active: 0 })
  })

  it('give a job back that is interrupted, and run it elsewhere as if for the first time', async () => {
    const [one, two] = [await connect(), await connect()]
    const attempts: number[] = []
    const gate = Promise.withResolvers<void>()
    const first = one.work('collector:social', 1, async ({ attempt }) => {
      attempts.push(attempt)
      await gate.promise
      throw new HandBack('stopped')
    })
    await one.place('collector:social', { name: 'a', payload: {}, id: 'x', retries: 0 })
    await until(() => attempts.length === 1)
    const stopped = first.stop()
    gate.resolve()
    await stopped
    two.work('collector:social', 1, async ({ attempt }) => void attempts.push(attempt))
    await until(() => attempts.length === 2)
    expect(attempts).toEqual([0, 0])
    await vi.waitFor(
      async () => expect(await two.counts('collector:social')).toMatchObject({ waiting: 0, active: 0, failed: 0 }),
      patience,
    )
  })
}

function testLoss(connect: Connect, dies: () => string | undefined): void {
  it('take over the job of a worker that is gone without a word', async ({ skip }) => {
    skip(dies() !== undefined, dies())
    const [one, two] = [await connect(), await connect()]
    const ran: string[] = []
    one.work('collector:onchain', 1, async () => (ran.push('one'), forever()))
    await one.place('collector:onchain', { name: 'a', payload: {}, id: 'x', retries: 0 })
    await until(() => ran.length === 1)
    await one.close()
    two.work('collector:onchain', 1, async () => void ran.push('two'))
    await until(() => ran.length === 2)
    expect(ran).toEqual(['one', 'two'])
    await vi.waitFor(
      async () => expect(await two.counts('collector:onchain')).toMatchObject({ waiting: 0, active: 0, failed: 0 }),
      patience,
    )
  })
}
