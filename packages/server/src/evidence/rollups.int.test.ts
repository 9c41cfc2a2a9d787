import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { candlesOf, minutes, type Bar } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { seededRandom } from '../platform/random.ts'
import { createCandleStore } from './candles.ts'
import { createRollUps } from './rollups.ts'
import { fromScratch, rolledUp } from './test-rollups.ts'

const there = await isPostgresThere()
const at = Date.UTC(2026, 0, 4, 20)

describe.skipIf(!there)('with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)', () => {
  let db: Db
  let drop: () => Promise<void>
  beforeAll(async () => void ({ db, drop } = await createPostgresDb()))
  afterAll(() => drop())

  it('roll-ups miss nothing that is kept while several processes compute them', async () => {
    const seed = 20_260_105
    const random = seededRandom(seed)
    const store = createCandleStore({ db })
    const rollUps = createRollUps({ db })
    const bars = new Map<string, Map<number, Bar>>()
    let writing = true
    const barOf = (i: number): Bar => {
      const price = 1 + Math.floor(random() * 64) / 64
      return { openAt: at + minutes(i), open: price, high: price * 2, low: price / 2, close: price, volume: random() }
    }
    async function write(token: string): Promise<void> {
      const own = new Map<number, Bar>()
      bars.set(token, own)
      for (let k = 0; k < 60; k++) {
        const from = Math.floor(random() * 600)
        const some = Array.from({ length: 1 + Math.floor(random() * 20) }, (_, i) => barOf(from + i))
        await db.transaction().execute((tx) =>
          store.put(tx, { token, source: 'test' }, candlesOf('x', minutes(1), some), {
            interval: '1m',
            fetchedAt: at,
          }),
        )
        for (const one of some) own.set(one.openAt, one)
      }
    }
    async function compute(): Promise<void> {
      while (writing) await rollUps.rollUp()
    }
    const computing = [compute(), compute()]
    await Promise.all(['a', 'b', 'c', 'd'].map(write)).finally(() => (writing = false))
    await Promise.all(computing)
    await rollUps.rollUp()
    for (const [token, own] of bars) expect(await rolledUp(db, token), `seed ${seed}`).toEqual(fromScratch(own))
  })
})
