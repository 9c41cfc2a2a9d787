import { days } from '@pumpiq/domain'
import { BreakdownBy } from '@pumpiq/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { baselinesBeside } from './baselines.ts'
import { breakDown } from './breakdown.ts'
import { createCountCalls, type CountedAsk } from './outcomes-counted.ts'
import { calibrate } from './summary-calibration.ts'
import { summarise } from './summary.ts'
import { recordAt, writeRecord } from './test-record.ts'

const isThere = await isPostgresThere()
const now = recordAt + days(8)
const pause = async () => {}

describe.skipIf(!isThere)('the record on PostgreSQL and embedded', () => {
  let embedded: Db
  let postgres: Awaited<ReturnType<typeof createPostgresDb>>
  const both = () => [embedded, postgres.db]
  beforeAll(async () => {
    embedded = await createSavedDb()
    postgres = await createPostgresDb()
    for (const db of both()) await writeRecord(db, { calls: 5_000 })
  }, 120_000)
  afterAll(async () => {
    await embedded.destroy()
    await postgres.drop()
  })

  const counted = async (db: Db, ask: CountedAsk) => {
    const found = []
    for await (const calls of createCountCalls({ db, pause })(ask)) found.push(...calls)
    return found
  }

  it.each<CountedAsk>([
    { timeframe: 'SWING', endedFrom: null, withBaselines: true },
    { timeframe: 'SWING', endedFrom: now - days(90) },
    { timeframe: 'SCALP', endedFrom: null },
    { timeframe: 'LONG_TERM', endedFrom: null },
  ])('counts the same calls: %o', async (ask) => {
    const [one, other] = await Promise.all(both().map((db) => counted(db, ask)))
    expect(other).toEqual(one)
    expect(one!.length > 0).toBe(ask.timeframe !== 'LONG_TERM')
  })

  it('counts house calls alone, each once, by the outcome that stands', async () => {
    const found = await counted(postgres.db, { timeframe: 'SWING', endedFrom: null })
    const rows = await postgres.db
      .selectFrom('following')
      .innerJoin('recommendations', 'id', 'recommendationId')
      .select(['id', 'closed'])
      .where('house', '=', true)
      .where('timeframe', '=', 'SWING')
      .execute()
    expect(found.length).toBe(rows.length)
    expect(found.filter(({ ending }) => ending.status === 'OPEN').length).toBe(
      rows.filter(({ closed }) => !closed).length,
    )
    const last = await postgres.db
      .selectFrom('outcomes')
      .innerJoin('following', 'following.recommendationId', 'outcomes.recommendationId')
      .innerJoin('recommendations', 'id', 'outcomes.recommendationId')
      .distinctOn('outcomes.recommendationId')
      .select('rMultiple')
      .where('closed', '=', true)
      .where('house', '=', true)
      .where('timeframe', '=', 'SWING')
      .orderBy('outcomes.recommendationId')
      .orderBy('version', 'desc')
      .execute()
    const sum = (rs: readonly (number | null)[]) => rs.reduce<number>((all, r) => all + (r ?? 0), 0)
    expect(sum(found.map(({ ending }) => ending.rMultiple))).toBeCloseTo(sum(last.map(({ rMultiple }) => rMultiple)), 6)
  })

  it.each(BreakdownBy.options)('is told alike by %s', async (by) => {
    const [one, other] = await Promise.all(
      both().map((db) =>
        breakDown({
          countCalls: createCountCalls({ db, pause }),
          by,
          period: '1y',
          timeframe: undefined,
          filters: {},
          now,
          pause,
        }),
      ),
    )
    expect(other).toEqual(one)
    expect(one!.groups.length).toBeGreaterThan(0)
  })

  it('is summed up, compared and scored alike', async () => {
    const of = (db: Db) => {
      const asked = { countCalls: createCountCalls({ db, pause }), period: 'all', timeframe: 'SWING', now } as const
      return Promise.all([summarise(asked), baselinesBeside(asked), calibrate(asked)])
    }
    const [one, other] = await Promise.all(both().map(of))
    expect(other).toEqual(one)
    expect(one![0].directional.hit.value).not.toBeNull()
    expect(one![1].rows[1]!.leadPct).not.toBeNull()
  })
})
