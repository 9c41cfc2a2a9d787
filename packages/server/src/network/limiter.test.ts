import { describe, expect, it } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { createLimiter } from './limiter.ts'
import { mishapOf } from './mishap.ts'

const limiterOf = (calls: number, perMs: number) =>
  createLimiter({ source: 'vendor', budget: { calls, perMs }, clock: systemClock })

describe('a budget', () => {
  it('lets so many calls through in a window and the next ones in the windows after it, in order', async () => {
    const limiter = limiterOf(2, 100)
    const start = systemClock.monotonic()
    const order: number[] = []
    const at = await Promise.all(
      [0, 1, 2, 3, 4].map(async (i) => {
        await limiter.take(5_000)
        order.push(i)
        return systemClock.monotonic() - start
      }),
    )
    expect(order).toEqual([0, 1, 2, 3, 4])
    expect(at[1]).toBeLessThan(90)
    expect(at[2]).toBeGreaterThan(90)
    expect(at[4]).toBeGreaterThan(190)
  })

  it('fails at once when the line is longer than the caller may wait, and says how long it is', async () => {
    const limiter = limiterOf(1, 60_000)
    await limiter.take(0)
    const refused = await limiter.take(50).catch((thrown: unknown) => thrown)
    expect(mishapOf(refused)).toBe('busy')
    expect(refused).toMatchObject({
      code: 'tooMany',
      retryAfterMs: expect.toSatisfy((ms) => ms > 50_000 && ms <= 60_000),
    })
  })

  it('does not let a caller stand in a line that it cannot wait out', async () => {
    const limiter = limiterOf(1, 100)
    const inLine = Array.from({ length: 6 }, () => limiter.take(5_000))
    const start = systemClock.monotonic()
    await expect(limiter.take(300)).rejects.toMatchObject({ code: 'tooMany', retryAfterMs: 600 })
    expect(systemClock.monotonic() - start).toBeLessThan(90)
    await Promise.all(inLine)
  })

  it('tells what is left of the window', async () => {
    const limiter = limiterOf(3, 60_000)
    expect(limiter.left()).toBe(3)
    await limiter.take(0)
    expect(limiter.left()).toBe(2)
  })

  it('lets a waiting caller go away without blocking the line', async () => {
    const limiter = limiterOf(1, 80)
    await limiter.take(0)
    const stop = new AbortController()
    const gone = limiter.take(1_000, stop.signal)
    const next = limiter.take(1_000)
    stop.abort(new Error('gone'))
    await expect(gone).rejects.toThrow('gone')
    await expect(next).resolves.toBeUndefined()
  })
})
