import { days, fitsKnownAt, hybridWeights, kinds, toIso, type Kind, type Timeframe } from '@pumpiq/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { createCalibrateLive } from './calibrate-live.ts'
import { createFitStore } from './fit-store.ts'
import { createLiveTrials } from './live-trials.ts'
import { recordAt, writeRecord } from './test-record.ts'

const isThere = await isPostgresThere()
const pause = async () => {}
const present: readonly Kind[] = ['news', 'technical']
const onPrior = () => 'prior' as const

describe.skipIf(!isThere)('the live level (skipped without PostgreSQL)', () => {
  let embedded: Db
  let postgres: Awaited<ReturnType<typeof createPostgresDb>>
  const both = () => [embedded, postgres.db]
  beforeAll(async () => {
    embedded = await createSavedDb()
    postgres = await createPostgresDb()
    for (const db of both()) await writeRecord(db, { calls: 3_000 })
  }, 120_000)
  afterAll(async () => {
    await embedded.destroy()
    await postgres.drop()
  })

  const calibrateAt = (db: Db, now: number) =>
    createCalibrateLive({
      liveTrials: createLiveTrials({ db, pause }),
      fits: createFitStore({ db }),
      clock: { now: () => now },
      engineVersion: 'test',
    })()

  it('learns from house calls whose whole window was over, by the kinds they were made from', async () => {
    for (const db of both()) {
      const liveTrials = createLiveTrials({ db, pause })
      const all = await liveTrials('SWING', recordAt + days(30), onPrior)
      expect(all.map((group) => group.kinds)).toEqual([present])
      expect(all[0]!.weights).toEqual(hybridWeights)
      const { trials } = all[0]!
      expect(trials.length).toBeGreaterThan(200)
      for (let i = 0; i < trials.length; i++) {
        expect(Number.isFinite(trials.grossR[i]!)).toBe(true)
        expect(trials.rewardR[i]).toBeCloseTo(1.2, 9)
        expect(trials.input.lean[i]).toBeCloseTo(0.3, 9)
      }
      const cut = recordAt - days(60)
      const earlier = (await liveTrials('SWING', cut, onPrior))[0]!.trials
      expect(Math.max(...earlier.expiresAt)).toBeLessThanOrEqual(cut)
      expect(earlier.length).toBeLessThan(trials.length)
      // What was said by another method is of another level.
      expect(await liveTrials('SWING', recordAt + days(30), () => 'backtest')).toHaveLength(1)
    }
  })

  it('keeps a fit that only later calls may use, once, and makes another when more is over', async () => {
    const now = recordAt - days(60)
    for (const db of both()) {
      const store = createFitStore({ db })
      await calibrateAt(db, now)
      await calibrateAt(db, now)
      const rows = await db.selectFrom('confidenceFit').select('id').execute()
      const found = await store.newest('SWING', now)
      expect(found).toHaveLength(1)
      expect(found[0]).toMatchObject({ method: 'live', below: 'prior', kinds: present, weights: hybridWeights })
      expect(found[0]!.effectiveN).toBeGreaterThanOrEqual(30)
      expect(Date.parse(found[0]!.until)).toBeLessThanOrEqual(now)
      expect(await store.newest('SWING', now - 1)).toEqual([])
      expect(await store.newest('LONG_TERM', now)).toEqual([])
      const asked = { timeframe: 'SWING', weights: hybridWeights, at: now + 1 } as const
      expect(fitsKnownAt(found, { ...asked, present }).fits).toEqual(found)
      expect(fitsKnownAt(found, { ...asked, present: kinds }).fits).toEqual([])
      await calibrateAt(db, recordAt + days(30))
      expect((await store.newest('SWING', recordAt + days(30)))[0]!.n).toBeGreaterThan(found[0]!.n)
      expect(await store.newest('SWING', now)).toEqual(found)
      expect(rows.length).toBeLessThan((await db.selectFrom('confidenceFit').select('id').execute()).length)
    }
  })

  it('gives the newest of each set of weights and kinds that was known, and of no other timeframe', async () => {
    for (const db of both()) {
      const store = createFitStore({ db })
      const [fit] = await store.newest('SWING', recordAt + days(30))
      const keep = (id: string, kept: readonly Kind[], until: number, timeframe: Timeframe = 'SCALP') =>
        store.keep(id, { ...fit!, timeframe, kinds: [...kept], until: toIso(until) }, until)
      await keep('a', present, 1_000)
      await keep('b', present, 2_000)
      await keep('c', present, 9_000)
      await keep('d', ['onchain'], 3_000)
      await keep('e', ['social'], 9_000)
      await keep('f', ['social'], 1_000, 'DAY_TRADE')
      const told = async (timeframe: Timeframe, at: number) =>
        (await store.newest(timeframe, at)).map((each) => [each.kinds, Date.parse(each.until)])
      expect(await told('SCALP', 5_000)).toEqual([
        [present, 2_000],
        [['onchain'], 3_000],
      ])
      expect(await told('SCALP', 10_000)).toHaveLength(3)
      expect(await told('SCALP', 1_000)).toEqual([])
    }
  })

  it('makes none of fewer than thirty independent calls', async () => {
    for (const db of both()) {
      const groups = await createLiveTrials({ db, pause })('SWING', recordAt - days(735), onPrior)
      expect(groups[0]?.trials.length ?? 0).toBeLessThan(30)
      await calibrateAt(db, recordAt - days(735))
      expect(await createFitStore({ db }).newest('SWING', recordAt - days(735))).toEqual([])
    }
  })
})
