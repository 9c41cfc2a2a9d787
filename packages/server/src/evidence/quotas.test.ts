import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createLimiter } from '../network/limiter.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { createQuotas } from './quotas.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())

const clock = createManualClock(Date.UTC(2026, 2, 1, 12))
const since = clock.now() - 86_400_000
const until = clock.now() + 1_800_000
const asked = { quota: 'x:quota', since, until, wanted: 3, most: 7, corrections: [] }

it('calls are set aside while the quota has some, each quota for itself', async () => {
  const quotas = createQuotas({ db })
  expect(await quotas.setAside(asked)).toEqual({ got: 3, spent: [{ until, calls: 3 }] })
  expect(await quotas.setAside(asked)).toMatchObject({ got: 3 })
  expect(await quotas.setAside(asked)).toEqual({ got: 1, spent: [{ until, calls: 7 }] })
  expect(await quotas.setAside(asked)).toEqual({ got: 0, spent: [{ until, calls: 7 }] })
  expect(await quotas.setAside({ ...asked, quota: 'y:quota' })).toMatchObject({ got: 3 })
  expect(await quotas.spent('x:quota', since)).toEqual([{ until, calls: 7 }])
  expect(await quotas.spent('x:quota', until)).toEqual([])
})

it('what was not used comes back, and never more than was set aside', async () => {
  const quotas = createQuotas({ db })
  const back = { ...asked, quota: 'z:quota', corrections: [{ until, calls: -2 }] }
  expect(await quotas.setAside(back)).toEqual({ got: 3, spent: [{ until, calls: 3 }] })
  expect(await quotas.setAside(back)).toEqual({ got: 3, spent: [{ until, calls: 4 }] })
})

it('a day’s quota is as spent for the next process as it was for the last', async () => {
  const make = () =>
    createLimiter({
      source: 'day:quota',
      budget: { calls: 5, perMs: 86_400_000 },
      clock,
      kept: createQuotas({ db }),
    })
  const one = make()
  for (let i = 0; i < 4; i++) await one.take(0)
  const next = make()
  await next.take(0)
  await expect(next.take(0)).rejects.toMatchObject({ code: 'tooMany' })
})
