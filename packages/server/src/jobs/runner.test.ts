import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Failure } from '@pumpiq/domain'
import { createCollectedLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import type { Role } from '../platform/roles.ts'
import { createInProcessBackend } from './in-process.ts'
import type { Job } from './job.ts'
import { createJobs } from './runner.ts'

const startAt = Date.UTC(2026, 0, 1, 12, 0, 30)
const minute = 60_000

function setUp(jobs: Job[], roles: readonly Role[] = ['tracker']) {
  const clock = createManualClock(startAt)
  const log = createCollectedLog()
  const backend = createInProcessBackend({ clock })
  const runner = createJobs({ backend, jobs, roles, clock, log })
  return { clock, log, backend, ...runner }
}

const idle: Job = { name: 'idle', role: 'tracker', timeoutMs: minute, run: async () => {} }
const counted = (more: Partial<Job> = {}) => {
  const ran: { payload: unknown; slot: number | null }[] = []
  const run: Job['run'] = async (payload, { slot }) => void ran.push({ payload, slot })
  return { ran, job: { ...idle, name: 'counted', run, ...more } }
}

describe('the jobs of a process', () => {
  it('are refused when two bear one name, when a role or a name is none', () => {
    expect(() => setUp([idle, idle])).toThrow('there are two jobs of the name idle')
    expect(() => setUp([{ ...idle, role: 'cook' as Role }])).toThrow('of the role cook, which is none')
    expect(() => setUp([{ ...idle, name: 'a:b' }])).toThrow('a job is named like roll-up, not a:b')
  })

  it('are placed by a name that is there, with what they take', async () => {
    const { ran, job } = counted({ payload: z.object({ token: z.string() }) })
    const { place, start, clock } = setUp([idle, job])
    start()
    await expect(place('other')).rejects.toMatchObject({ code: 'broken', message: 'there is no job of the name other' })
    await expect(place('idle', 1)).rejects.toMatchObject({ code: 'invalid', message: 'the job idle takes no payload' })
    await expect(place('counted', { token: 7 })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/^the job counted does not take this token: /),
    })
    await place('counted', { token: 'bitcoin' })
    await clock.advance(0)
    expect(ran).toEqual([{ payload: { token: 'bitcoin' }, slot: null }])
  })

  it('that are timed are placed beside their times, once while that one waits or runs', async () => {
    const gate = Promise.withResolvers<void>()
    const ran: (number | null)[] = []
    const timed: Job = {
      ...idle,
      name: 'timed',
      everyMs: 60 * minute,
      timeoutMs: 30 * minute,
      async run(_, { slot }) {
        ran.push(slot)
        await gate.promise
      },
    }
    const { placeTimed, start, clock, health } = setUp([idle, timed])
    start()
    expect(await placeTimed('timed')).toEqual({ role: 'tracker' })
    await placeTimed('timed')
    await clock.advance(0)
    expect(ran).toEqual([null])
    expect((await health()).jobs[1]).toMatchObject({
      running: 1,
      lastEnding: null,
      everyMs: 60 * minute,
      retriesAtMost: 0,
    })
    gate.resolve()
    await clock.advance(0)
    expect((await health()).jobs[1]).toMatchObject({ running: 0, lastEnding: 'done' })
    await placeTimed('timed')
    await clock.advance(0)
    expect(ran).toEqual([null, null])
    for (const name of ['idle', 'other'])
      await expect(placeTimed(name)).rejects.toMatchObject({
        code: 'notFound',
        message: `there is no timed job of the name ${name}`,
      })
  })

  it('tell how the newest run ended', async () => {
    const ends = [() => Promise.reject(new Failure('unavailable', 'away')), () => new Promise<void>(() => {})]
    const { place, start, clock, health, stop } = setUp([{ ...idle, run: () => ends.shift()!() }])
    start()
    await place('idle')
    await clock.advance(0)
    expect((await health()).jobs).toMatchObject([{ running: 0, lastEnding: 'failed' }])
    await place('idle')
    const stopped = stop()
    await clock.advance(minute)
    await stopped
    expect((await health()).jobs).toMatchObject([{ running: 0, lastEnding: 'handed_back' }])
  })

  it('run at the multiples of their interval, and tell the slot', async () => {
    const { ran, job } = counted({ everyMs: minute })
    const { start, clock, stop } = setUp([job])
    start()
    await clock.advance(2 * minute)
    expect(ran.map(({ slot }) => slot)).toEqual([startAt + minute / 2, startAt + 1.5 * minute])
    await stop()
    await clock.advance(2 * minute)
    expect(ran).toHaveLength(2)
  })

  it('leave a slot out that comes while the one before still runs', async () => {
    const gate = Promise.withResolvers<void>()
    const { start, clock, health } = setUp([
      { ...idle, everyMs: minute, timeoutMs: 10 * minute, run: () => gate.promise },
    ])
    start()
    await clock.advance(3 * minute)
    expect((await health()).jobs).toMatchObject([{ runs: 1, leftOut: 2, failures: 0 }])
    gate.resolve()
    await clock.advance(minute)
    expect((await health()).jobs).toMatchObject([{ runs: 2, leftOut: 2, failures: 0 }])
  })

  it('are tried again after 1, 2, 4 seconds, and say what went wrong', async () => {
    const ranAt: number[] = []
    const { start, clock, place, health, log } = setUp([
      {
        ...idle,
        retries: 3,
        run: async () => {
          ranAt.push(clock.now() - startAt)
          throw ranAt.length < 3 ? new Failure('unavailable', 'no answer') : new TypeError('x is not a function')
        },
      },
    ])
    start()
    await place('idle')
    await clock.advance(0)
    await clock.advance(minute)
    expect(ranAt).toEqual([0, 1_000, 3_000, 7_000])
    const { jobs, roles } = await health()
    expect(jobs).toMatchObject([
      {
        runs: 4,
        failures: 4,
        retries: 3,
        lastProblem: { at: startAt + 7_000, sentence: 'something broke: TypeError' },
      },
    ])
    expect(roles).toMatchObject([{ role: 'tracker', isWorkedHere: true, queue: { failed: 1, waiting: 0, active: 0 } }])
    expect(log.entries.map(({ level, sentence }) => [level, sentence])).toEqual([
      ['warn', 'idle failed: no answer'],
      ['warn', 'idle failed: no answer'],
      ['error', 'idle broke'],
      ['error', 'idle broke'],
    ])
  })

  it('are interrupted by stop ten seconds after it was asked, without counting as failed', async () => {
    const reasons: unknown[] = []
    const { start, clock, place, stop, health } = setUp([
      {
        ...idle,
        run: (_, { abort }) =>
          new Promise((_ended, failed) => {
            abort.addEventListener('abort', () => {
              reasons.push(clock.now() - startAt)
              failed(abort.reason as Error)
            })
          }),
      },
    ])
    start()
    await place('idle')
    await clock.advance(0)
    const stopping = stop()
    await clock.advance(9_000)
    expect(reasons).toEqual([])
    await clock.advance(1_000)
    await stopping
    expect(reasons).toEqual([10_000])
    expect((await health()).jobs).toMatchObject([{ runs: 1, failures: 0 }])
  })

  it('hear at once that the process is asked to end, and wait again when they leave for that', async () => {
    const leaves: Job['run'] = (_, { stopping }) =>
      new Promise((_ended, failed) => {
        stopping.addEventListener('abort', () => failed(stopping.reason as Error))
      })
    const { start, clock, place, stop, health } = setUp([{ ...idle, run: leaves }])
    start()
    await place('idle')
    await clock.advance(0)
    await stop()
    const { jobs, roles } = await health()
    expect(jobs).toMatchObject([{ runs: 1, failures: 0 }])
    expect(roles).toMatchObject([{ queue: { waiting: 1, failed: 0 } }])
  })

  it('end also where a worker cannot be stopped, and while others still run', async () => {
    const clock = createManualClock(startAt)
    const backend = createInProcessBackend({ clock })
    const work = () => ({ stop: () => Promise.reject(new Error('the connection is closed')) })
    const unheard: unknown[] = []
    const hear = (thrown: unknown) => void unheard.push(thrown)
    process.on('unhandledRejection', hear)
    const endless = { ...idle, run: () => new Promise(() => {}) }
    const { start, runNow, stop } = createJobs({
      backend: { ...backend, work },
      jobs: [endless],
      roles: ['tracker'],
      clock,
      log: createCollectedLog(),
    })
    start()
    const run = runNow('idle').catch(() => 'interrupted')
    const stopped = stop()
    await new Promise(setImmediate)
    await clock.advance(10_000)
    await clock.advance(2_000)
    await stopped
    expect(await run).toBe('interrupted')
    process.off('unhandledRejection', hear)
    expect(unheard).toEqual([])
  })

  it('run here and now for whoever asks, and answer', async () => {
    const { runNow, health } = setUp([{ ...idle, payload: z.number(), run: async (n) => (n as number) * 2 }])
    expect(await runNow('idle', 21)).toBe(42)
    await expect(runNow('idle', 'x')).rejects.toMatchObject({ code: 'invalid' })
    await expect(runNow('other')).rejects.toMatchObject({ code: 'broken' })
    expect((await health()).jobs).toMatchObject([{ runs: 2, failures: 1, lastDurationMs: 0, p50Ms: 0, p95Ms: 0 }])
  })

  it('of another version are said aloud, and their slots are taken away', async () => {
    const { start, clock, backend, log } = setUp([idle])
    start()
    await backend.schedule('tracker', [{ name: 'gone', everyMs: minute, retries: 0 }])
    await clock.advance(5 * minute)
    expect(log.entries.map(({ sentence }) => sentence)).toEqual([
      'a job of the name gone came out of the queue, and this version has none',
    ])
    expect(await backend.counts('tracker')).toMatchObject({ delayed: 0 })
  })
})
