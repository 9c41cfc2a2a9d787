import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { systemClock } from '../platform/clock.ts'
import { systemIds } from '../platform/ids.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { says, startModelServer } from '../testing/model-server.ts'
import { createBudget } from './budget.ts'
import { good, openModel, question } from './test-model.ts'

const cent = { input: 4_000_000, output: 6_000_000 }
let days = 0

/** Each on a day of its own, so that they do not share one. */
function budgetOf(db: Db, usdPerDay: number) {
  const clock = createManualClock(Date.UTC(2030, 0, ++days, 12))
  return { clock, budget: createBudget({ db, clock, ids: systemIds, usdPerDay }) }
}

function testBudget(name: string, open: () => Promise<{ db: Db; close(): Promise<void> }>): void {
  describe(`the budget on ${name}`, () => {
    let db: Db
    let close: () => Promise<void>
    beforeAll(async () => void ({ db, close } = await open()), 120_000)
    afterAll(() => close())
    const asking = { userId: 'ann', most: cent, forMs: 60_000, userUsdPerDay: 1_000 }

    it('lets as many in as there is money for, of fifty that ask at once through two stores', async () => {
      const { clock, budget } = budgetOf(db, 0.2)
      const second = createBudget({ db, clock, ids: systemIds, usdPerDay: 0.2 })
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, i) => (i % 2 ? budget : second).reserve({ ...asking, userId: `u${i % 7}` })),
      )
      expect(answers.filter((one) => one !== null)).toHaveLength(20)
      expect(await budget.spentUsd()).toBeCloseTo(0.2, 9)
    })

    it('counts what was spent, not what was set aside, and gives the rest back', async () => {
      const { budget } = budgetOf(db, 0.015)
      const first = await budget.reserve(asking)
      expect(await budget.reserve(asking)).toBeNull()
      await budget.settle(first!, 1_000_000)
      expect(await budget.spentUsd()).toBeCloseTo(0.001, 9)
      expect(await budget.spentUsd('ann')).toBeCloseTo(0.001, 9)
      expect(await budget.reserve(asking)).not.toBeNull()
    })

    it('books what a call cost, even when that is more than was set aside', async () => {
      const { budget } = budgetOf(db, 0.02)
      await budget.settle((await budget.reserve(asking))!, 30_000_000)
      expect(await budget.spentUsd()).toBeCloseTo(0.03, 9)
      expect(await budget.reserve(asking)).toBeNull()
    })

    it('refuses a user beyond his own limit, others not, and leaves nothing of the refusal', async () => {
      const { budget } = budgetOf(db, 1)
      const poor = { ...asking, userUsdPerDay: 0.01 }
      expect(await budget.reserve(poor)).not.toBeNull()
      expect(await budget.reserve(poor)).toBeNull()
      expect(await budget.reserve({ ...asking, userId: 'bob' })).not.toBeNull()
      expect(await budget.spentUsd()).toBeCloseTo(0.02, 9)
    })

    it('begins anew with the UTC day', async () => {
      const { clock, budget } = budgetOf(db, 0.01)
      expect(await budget.reserve(asking)).not.toBeNull()
      expect(await budget.reserve(asking)).toBeNull()
      days++
      await clock.advance(12 * 3_600_000)
      expect(await budget.reserve(asking)).not.toBeNull()
    })

    it('spends nothing at 0, and lets through what costs nothing', async () => {
      const { budget } = budgetOf(db, 0)
      expect(await budget.reserve(asking)).toBeNull()
      expect(await budget.reserve({ ...asking, most: { input: 0, output: 0 } })).not.toBeNull()
    })

    it('takes back what a killed process had set aside, but for its input', async () => {
      const { budget } = budgetOf(db, 1)
      const killed = await budget.reserve({ ...asking, forMs: 50 })
      expect(await budget.spentUsd()).toBeCloseTo(0.01, 9)
      await systemClock.sleep(80)
      expect(await budget.spentUsd()).toBeCloseTo(0.004, 9)
      // It was only slow, after all.
      await budget.settle(killed!, 7_000_000)
      expect(await budget.spentUsd()).toBeCloseTo(0.007, 9)
      expect((await sql`select 1 from model_reservation where id = ${killed!.id}`.execute(db)).rows).toEqual([])
    })

    it(
      'is never overspent by fifty at once that ask a real server, and asks nothing it cannot pay',
      { timeout: 60_000 },
      async () => {
        const server = await startModelServer()
        server.answer(says.json(good, { usage: { input: 200, output: 100 } }))
        const clock = createManualClock(Date.UTC(2030, 6, ++days))
        const both = [1, 2].map(() =>
          openModel({ db, upstream: server.upstream, clock, settings: { usdPerDay: 0.02, model: 'gpt-6-sol' } }),
        )
        const replies = await Promise.all(
          Array.from({ length: 50 }, (_, i) =>
            both[i % 2]!.model.ask(question({ purpose: 'reader', timeoutMs: 60_000 })),
          ),
        )
        const answered = replies.filter(({ ending }) => ending === 'answered')
        const refused = replies.filter(({ ending }) => ending === 'overspent')
        expect(answered.length + refused.length).toBe(50)
        expect(refused.length).toBeGreaterThan(0)
        expect(answered.length).toBeGreaterThan(0)
        expect(server.calls).toHaveLength(answered.length)
        const { usdToday } = await both[0]!.model.health()
        expect(usdToday).toBeCloseTo(answered.length * 0.0014, 9)
        expect(usdToday).toBeLessThanOrEqual(0.02)
        for (const one of both) await one.close()
        await server.close()
      },
    )
  })
}

testBudget('PGlite', async () => {
  const db = await createSavedDb()
  return { db, close: () => db.destroy() }
})

const there = await isPostgresThere()
describe.skipIf(!there)('with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)', () => {
  testBudget('PostgreSQL', async () => {
    const { db, drop } = await createPostgresDb()
    return { db, close: drop }
  })
})
