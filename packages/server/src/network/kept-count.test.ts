import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createManualClock, type ManualClock } from '../platform/manual-clock.ts'
import type { Budget } from './count.ts'
import type { KeptQuotas, Spent } from './kept-count.ts'
import { createLimiter } from './limiter.ts'

const day = 86_400_000
const hour = 3_600_000

/** What outlives processes, in memory. */
function store() {
  const rows = new Map<string, number>()
  const told = { writes: 0 }
  let isAway = false
  let isSlow = false
  const answer = async <T>(value: T): Promise<T> => {
    if (isAway) throw new Error('the database is away')
    return isSlow ? new Promise<T>(() => {}) : value
  }
  const spentOf = (quota: string, since: number): Spent[] =>
    [...rows]
      .map(([key, calls]) => ({ quota: key.split('|')[0]!, until: Number(key.split('|')[1]), calls }))
      .filter((row) => row.quota === quota && row.until > since)
  const kept: KeptQuotas = {
    spent: async (quota, since) => answer(spentOf(quota, since)),
    async setAside({ quota, since, until, wanted, most, corrections }) {
      await answer(null)
      told.writes++
      for (const one of [...corrections, { until, calls: 0 }]) {
        const key = `${quota}|${one.until}`
        rows.set(key, Math.max(0, (rows.get(key) ?? 0) + one.calls))
      }
      const sum = spentOf(quota, since).reduce((all, { calls }) => all + calls, 0)
      const got = Math.max(0, Math.min(wanted, most - sum))
      rows.set(`${quota}|${until}`, rows.get(`${quota}|${until}`)! + got)
      return { got, spent: spentOf(quota, since) }
    },
  }
  return { kept, told, away: (is: boolean) => void (isAway = is), slow: (is: boolean) => void (isSlow = is) }
}

const limiter = (clock: ManualClock, kept: KeptQuotas, budget: Budget) =>
  createLimiter({ source: 'vendor:quota', budget, clock, kept })
type Quota = ReturnType<typeof limiter>
const isTaken = (of: Quota): Promise<boolean> =>
  of.take(0).then(
    () => true,
    () => false,
  )
async function takeAll(of: Quota): Promise<number> {
  let taken = 0
  while (await isTaken(of)) taken++
  return taken
}
const mostIn = (sentAt: readonly number[], perMs: number): number =>
  Math.max(0, ...sentAt.map((from) => sentAt.filter((at) => at >= from && at < from + perMs).length))

it('a quota is as spent after a restart as before it, and comes back when its time is over', async () => {
  const clock = createManualClock(Date.UTC(2026, 2, 1))
  const { kept } = store()
  const budget = { calls: 100, perMs: day }
  expect(await takeAll(limiter(clock, kept, budget))).toBe(100)
  await clock.advance(hour)
  const again = limiter(clock, kept, budget)
  expect(await takeAll(again)).toBe(0)
  const refused = await again.take(0).catch((thrown: unknown) => thrown)
  expect(refused).toMatchObject({ code: 'tooMany', retryAfterMs: day + hour / 2 - hour })
  await clock.advance(day)
  expect(await takeAll(limiter(clock, kept, budget))).toBe(100)
})

it('what is left is known before the first call', async () => {
  const clock = createManualClock(0)
  const { kept } = store()
  const budget = { calls: 10, perMs: day }
  for (const one = limiter(clock, kept, budget); one.left() > 4;) await one.take(0)
  const again = limiter(clock, kept, budget)
  await clock.advance(0)
  expect([again.left(), again.hasRoom(1)]).toEqual([4, false])
})

it('several processes have one quota between them, and large quotas are written in bundles', async () => {
  const clock = createManualClock(0)
  const { kept, told } = store()
  const budget = { calls: 19_200, perMs: day }
  const two = [limiter(clock, kept, budget), limiter(clock, kept, budget)]
  let taken = 0
  for (let i = 0; i < 4_000; i++) if (await isTaken(two[i % 2]!)) taken++
  expect([taken, told.writes]).toEqual([4_000, 40])
  expect((await takeAll(two[0]!)) + (await takeAll(two[1]!))).toBe(15_200)
})

it('no stretch of its length has more calls than the quota, however it is asked and whatever is killed', async () => {
  const steps = fc.array(
    fc.record({ pause: fc.integer({ min: 0, max: 5 * hour }), calls: fc.nat({ max: 12 }), killed: fc.boolean() }),
    { minLength: 5, maxLength: 40 },
  )
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 400 }), steps, async (calls, all) => {
      const clock = createManualClock(0)
      const { kept } = store()
      const make = () => limiter(clock, kept, { calls, perMs: day })
      const processes = [make(), make()]
      const sentAt: number[] = []
      for (const [i, { pause, calls: wanted, killed }] of all.entries()) {
        await clock.advance(pause)
        if (killed) processes[i % 2] = make()
        for (let n = 0; n < wanted; n++) if (await isTaken(processes[n % 2]!)) sentAt.push(clock.now())
      }
      expect(mostIn(sentAt, day)).toBeLessThanOrEqual(calls)
    }),
    { numRuns: 60 },
  )
})

it('while nothing can be kept a process goes on from what it knows, and tells it later', async () => {
  const clock = createManualClock(0)
  const { kept, away } = store()
  const budget = { calls: 10, perMs: day }
  const [one, other] = [limiter(clock, kept, budget), limiter(clock, kept, budget)]
  for (let i = 0; i < 3; i++) await one.take(0)
  away(true)
  for (let i = 0; i < 4; i++) await one.take(0)
  expect(one.left()).toBe(3)
  away(false)
  await one.take(0)
  expect(await takeAll(other)).toBe(2)
})

it('nobody waits for a slow database longer than a quarter of a second', async () => {
  const clock = createManualClock(0)
  const { kept, slow } = store()
  const one = limiter(clock, kept, { calls: 10, perMs: day })
  slow(true)
  let isThrough = false
  void one.take(0).then(() => (isThrough = true))
  await expect.poll(() => clock.dueIn()).toBe(250)
  await clock.advance(249)
  expect(isThrough).toBe(false)
  await clock.advance(1)
  await expect.poll(() => isThrough).toBe(true)
})
