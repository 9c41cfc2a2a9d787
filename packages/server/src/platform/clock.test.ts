import { describe, expect, it } from 'vitest'
import { systemClock } from './clock.ts'
import { createManualClock } from './manual-clock.ts'

describe('the system clock', () => {
  it('sleeps at least as long as asked and wakes at once with the reason of an abort', async () => {
    const from = systemClock.monotonic()
    await systemClock.sleep(20)
    expect(systemClock.monotonic() - from).toBeGreaterThanOrEqual(19)
    const stop = new AbortController()
    const sleeping = systemClock.sleep(60_000, stop.signal)
    stop.abort(new Error('shutting down'))
    await expect(sleeping).rejects.toThrow('shutting down')
    await expect(systemClock.sleep(1, stop.signal)).rejects.toThrow('shutting down')
  })

  it('does not take a wait beyond the timer of the platform for none', async () => {
    const stop = new AbortController()
    let woke = false
    const sleeping = systemClock.sleep(2 ** 40, stop.signal).then(() => (woke = true))
    await systemClock.sleep(20)
    expect(woke).toBe(false)
    stop.abort(new Error('enough'))
    await expect(sleeping).rejects.toThrow('enough')
  })

  it('never overlaps the runs of a timer', async () => {
    let running = 0
    let most = 0
    let runs = 0
    const timer = systemClock.every(2, async () => {
      runs += 1
      most = Math.max(most, ++running)
      await systemClock.sleep(10)
      running -= 1
    })
    await expect.poll(() => runs).toBeGreaterThanOrEqual(3)
    timer.stop()
    expect(most).toBe(1)
  })

  it.each([Number.NaN, -1, Infinity])('refuses a length of %s', async (ms) => {
    await expect(systemClock.sleep(ms)).rejects.toThrow(`a length is 0 ms or more, not ${ms}`)
    expect(() => systemClock.every(ms, () => {})).toThrow('not')
  })
})

describe('a clock set by hand', () => {
  it('stands still, and moved on lets happen in order what falls due', async () => {
    const clock = createManualClock(1_000)
    const seen: string[] = []
    const note = (name: string) => () => void seen.push(`${name}@${clock.now()}`)
    void clock.sleep(50).then(note('slept'))
    const timer = clock.every(20, note('tick'))
    await clock.advance(60)
    timer.stop()
    await clock.advance(100)
    expect(seen).toEqual(['tick@1020', 'tick@1040', 'slept@1050', 'tick@1060'])
    expect(clock.now()).toBe(1_160)
  })
})
