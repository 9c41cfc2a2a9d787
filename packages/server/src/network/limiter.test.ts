import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../platform/manual-clock.ts'
import { createLimiter, paceOf, withQuota } from './limiter.ts'
import { mishapOf } from './mishap.ts'

function world(calls: number, perMs: number) {
  const clock = createManualClock(0)
  return { clock, limiter: createLimiter({ source: 'vendor', budget: { calls, perMs }, clock }) }
}

/** The most of the instants that lie in any stretch of `perMs`. */
const mostIn = (sentAt: readonly number[], perMs: number): number =>
  Math.max(0, ...sentAt.map((from) => sentAt.filter((at) => at >= from && at < from + perMs).length))

describe('a budget', () => {
  it('lets so many calls through in a window and the next ones as the oldest leave it, in order', async () => {
    const { clock, limiter } = world(2, 100)
    const order: number[] = []
    const all = Promise.all(
      [0, 1, 2, 3, 4].map(async (i) => {
        await limiter.take(5_000)
        order.push(i)
        return clock.now()
      }),
    )
    await clock.advance(0)
    await clock.advance(1_000)
    expect(await all).toEqual([0, 0, 100, 100, 200])
    expect(order).toEqual([0, 1, 2, 3, 4])
  })

  it('is kept in every window, wherever it begins, and not only in windows one after the other', async () => {
    const { clock, limiter } = world(4, 1_000)
    await limiter.take(0)
    await clock.advance(990)
    for (let i = 0; i < 3; i++) await limiter.take(0)
    await clock.advance(10)
    await expect(limiter.take(0)).resolves.toBeUndefined()
    const refused = await limiter.take(0).catch((thrown: unknown) => thrown)
    expect(refused).toMatchObject({ code: 'tooMany', retryAfterMs: 990 })
  })

  it('holds at whatever pace it is asked', { timeout: 20_000 }, async () => {
    const paces = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 5, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), paces, async (calls, pauses) => {
        const { clock, limiter } = world(calls, 1_000)
        const sentAt: number[] = []
        for (const pause of pauses) {
          await clock.advance(pause)
          void limiter.take(1_500).then(
            () => sentAt.push(clock.now()),
            () => {},
          )
        }
        await clock.advance(5_000)
        expect(sentAt.length).toBeGreaterThanOrEqual(Math.min(calls, pauses.length))
        expect(mostIn(sentAt, 1_000)).toBeLessThanOrEqual(calls)
      }),
      { numRuns: 60 },
    )
  })

  it('of very many calls is spread over its time, and kept in every window too', async () => {
    const { limiter } = world(20_000, 86_400_000)
    let taken = 0
    const takes = () =>
      limiter.take(0).then(
        () => true,
        () => false,
      )
    while (await takes()) taken++
    expect(taken).toBe(2_000)
    expect([limiter.left(), limiter.hasRoom(1)]).toEqual([0, false])
  })

  it('fails at once when the line is longer than the caller may wait, and says how long it is', async () => {
    const { limiter } = world(1, 60_000)
    await limiter.take(0)
    const refused = await limiter.take(50).catch((thrown: unknown) => thrown)
    expect(mishapOf(refused)).toBe('busy')
    expect(refused).toMatchObject({ code: 'tooMany', retryAfterMs: 60_000 })
  })

  it('does not let a caller stand in a line that it cannot wait out', async () => {
    const { clock, limiter } = world(1, 100)
    const inLine = Array.from({ length: 6 }, () => limiter.take(5_000))
    await expect(limiter.take(300)).rejects.toMatchObject({ code: 'tooMany', retryAfterMs: 600 })
    await clock.advance(0)
    expect(() => limiter.refuseLong(600, 2)).toThrow('as often as its budget allows')
    expect(clock.now()).toBe(0)
    await clock.advance(1_000)
    await Promise.all(inLine)
  })

  it('tells what is left, and whether half of it would be left to others', async () => {
    const { clock, limiter } = world(4, 60_000)
    expect([limiter.left(), limiter.hasRoom(2), limiter.hasRoom(3), limiter.hasRoom(9)]).toEqual([4, true, true, true])
    await limiter.take(0)
    expect([limiter.left(), limiter.hasRoom(1), limiter.hasRoom(2)]).toEqual([3, true, false])
    await clock.advance(60_000)
    expect(limiter.left()).toBe(4)
  })

  it('lets a waiting caller go away without blocking the line', async () => {
    const { clock, limiter } = world(1, 80)
    await limiter.take(0)
    const stop = new AbortController()
    const gone = limiter.take(1_000, stop.signal)
    const next = limiter.take(1_000)
    await clock.advance(10)
    stop.abort(new Error('gone'))
    await expect(gone).rejects.toThrow('gone')
    await clock.advance(80)
    await expect(next).resolves.toBeUndefined()
  })
})

describe('a quota beside a budget', () => {
  it('counts only what goes out, and is not waited for', async () => {
    const clock = createManualClock(0)
    const quota = createLimiter({ source: 'vendor:quota', budget: { calls: 3, perMs: 86_400_000 }, clock })
    const short = createLimiter({ source: 'vendor', budget: { calls: 1, perMs: 1_000 }, clock })
    const pace = createLimiter({ source: 'vendor:pace', budget: { calls: 9, perMs: 1_000 }, clock })
    const both = withQuota(quota, pace, short)
    await both.take(0)
    for (let i = 0; i < 5; i++) await expect(both.take(100)).rejects.toMatchObject({ code: 'tooMany' })
    expect([quota.left(), both.left(), both.hasRoom(1)]).toEqual([2, 0, false])
    for (let i = 0; i < 2; i++) {
      await clock.advance(1_000)
      await both.take(0)
    }
    await clock.advance(1_000)
    const refused = await both.take(60_000).catch((thrown: unknown) => thrown)
    expect(refused).toMatchObject({ retryAfterMs: 86_400_000 - 3_000 })
  })
  it('is not spent in its first minutes, and serves whoever asks steadily all day', async () => {
    const budget = { calls: 100, perMs: 86_400_000 }
    const plan = (everyMs: number) => {
      const clock = createManualClock(0)
      const quota = createLimiter({ source: 'vendor:quota', budget, clock })
      const pace = createLimiter({ source: 'vendor:pace', budget: paceOf(budget), clock })
      const short = createLimiter({ source: 'vendor', budget: { calls: 300, perMs: 900_000 }, clock })
      return { clock, everyMs, both: withQuota(quota, pace, short), sentAt: [] as number[] }
    }
    for (const { clock, everyMs, both, sentAt } of [plan(20_000), plan(900_000)]) {
      for (; clock.now() < budget.perMs; await clock.advance(everyMs))
        await both.take(0).then(
          () => sentAt.push(clock.now()),
          () => {},
        )
      expect(sentAt.length).toBeGreaterThanOrEqual(96)
      expect(mostIn(sentAt, budget.perMs)).toBeLessThanOrEqual(100)
      expect(mostIn(sentAt, 3_600_000)).toBeLessThanOrEqual(13)
      expect(sentAt.at(-1)!).toBeGreaterThan(budget.perMs / 4)
    }
  })
})
