import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { systemIds } from '../platform/ids.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { createBudget } from './budget.ts'
import { createSpending } from './spending.ts'

const noon = Date.UTC(2031, 2, 1, 12)
const dayMs = 86_400_000

function testSpending(name: string, open: () => Promise<{ db: Db; close(): Promise<void> }>): void {
  describe(`what is told of spending on ${name}`, () => {
    let db: Db
    let close: () => Promise<void>
    beforeAll(async () => {
      ;({ db, close } = await open())
      for (const [owner, usd, daysAgo] of [
        ['ann', 0.5, 0],
        ['ann', 0.25, 29],
        ['ann', 8, 30],
        ['bob', 0.75, 1],
        ['house', 1, 0],
      ] as const)
        await spend(owner, usd, noon - daysAgo * dayMs)
      // Of another day than the rest by the hour alone.
      await refuse('ann', 'overspent', null, noon - 12 * 3_600_000)
      await refuse('ann', 'overspent', null, noon - 12 * 3_600_000 - 1)
      await refuse('carl', 'overspent', null, noon - 29 * dayMs)
      await refuse('carl', 'overspent', null, noon - 30 * dayMs)
      await refuse('carl', 'overspent', 402, noon)
      await refuse('carl', 'slow', null, noon)
    }, 120_000)
    afterAll(() => close())

    async function spend(userId: string, usd: number, at: number) {
      const budget = createBudget({ db, clock: createManualClock(at), ids: systemIds, usdPerDay: 100 })
      const asked = { userId, most: { input: usd * 1e9, output: 0 }, forMs: 60_000, userUsdPerDay: 100 }
      await budget.settle((await budget.reserve(asked))!, usd * 1e9)
    }

    async function refuse(userId: string, ending: string, status: number | null, at: number) {
      const call = {
        id: systemIds.next(),
        promptHash: 'hash',
        purpose: 'analyst',
        model: 'm',
        part: 'question' as const,
      }
      const cost = { code: null, tokens: null, nanoUsd: 0, estimated: false, latencyMs: 0, response: null }
      await db
        .insertInto('modelAttempt')
        .values({ ...call, ...cost, userId, ending, status, at: new Date(at).toISOString() })
        .execute()
    }

    const spending = (at = noon) => createSpending({ db, clock: { now: () => at } })

    it('is of this UTC day and the twenty-nine before, of each owner and of all', async () => {
      expect(spending().day()).toBe('2031-03-01')
      expect(await spending().of('ann')).toEqual({
        today: { usd: 0.5, refused: 1 },
        last30Days: { usd: 0.75, refused: 2 },
      })
      expect(await spending().all()).toEqual({
        today: { usd: 1.5, refused: 1 },
        last30Days: { usd: 2.5, refused: 3 },
        setAsideUsd: 0,
      })
      expect((await spending(noon + dayMs).of('ann')).today).toEqual({ usd: 0, refused: 0 })
      expect(await spending().of('nobody')).toEqual({
        today: { usd: 0, refused: 0 },
        last30Days: { usd: 0, refused: 0 },
      })
    })

    it('counts as refused what was not asked for want of money, not what a vendor refused or what came late', async () => {
      const { last30Days } = await spending().of('carl')
      expect(last30Days).toEqual({ usd: 0, refused: 1 })
    })

    it('is listed by who spent most, then by name, page by page, without the installation’s own', async () => {
      const owners: string[] = []
      for (let after: Parameters<ReturnType<typeof spending>['byOwner']>[0]['after'] = null; ;) {
        const { items, next } = await spending().byOwner({ besides: ['house'], after, limit: 1 })
        owners.push(...items.map(({ owner }) => owner))
        if (next === null) break
        after = next
      }
      expect(owners).toEqual(['ann', 'bob', 'carl'])
    })

    it('is told day by day, newest first', async () => {
      expect(await spending().days()).toEqual([
        { day: '2031-03-01', usd: 1.5, refused: 1 },
        { day: '2031-02-28', usd: 0.75, refused: 1 },
        { day: '2031-01-31', usd: 0.25, refused: 1 },
      ])
    })

    it('holds what is set aside for a question under way', async () => {
      const budget = createBudget({ db, clock: createManualClock(noon), ids: systemIds, usdPerDay: 100 })
      const asked = { userId: 'dora', most: { input: 1e9, output: 1e9 }, forMs: 60_000, userUsdPerDay: 100 }
      const reservation = await budget.reserve(asked)
      expect(await spending().all()).toMatchObject({ today: { usd: 3.5 }, setAsideUsd: 2 })
      await budget.settle(reservation!, 0)
      expect(await spending().all()).toMatchObject({ today: { usd: 1.5 }, setAsideUsd: 0 })
    })
  })
}

testSpending('the embedded database', async () => {
  const db = await createSavedDb()
  return { db, close: () => db.destroy() }
})

const there = await isPostgresThere()
describe.skipIf(!there)('where PostgreSQL answers at 127.0.0.1:5432', () => {
  testSpending('PostgreSQL', async () => {
    const { db, drop } = await createPostgresDb()
    return { db, close: drop }
  })
})
