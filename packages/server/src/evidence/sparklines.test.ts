import { afterAll, beforeAll, expect, it } from 'vitest'
import { candlesOf, hours, minutes, toIso, tokenId, type Bar } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createCandleStore } from './candles.ts'
import { createRollUps } from './rollups.ts'
import { createSparklines } from './sparklines.ts'

const at = Date.UTC(2026, 0, 5)
const now = at + hours(4) + minutes(7)
let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())

const bars = (from: number, count: number): Bar[] =>
  Array.from({ length: count }, (_, i) => {
    const close = 1 + (from + i) / 64
    return { openAt: at + minutes(from + i), open: close, high: close, low: close, close, volume: 1 }
  })

async function keep(token: string, source: string, those: Bar[]) {
  const store = createCandleStore({ db })
  const how = { interval: '1m', fetchedAt: at } as const
  await db.transaction().execute((tx) => store.put(tx, { token, source }, candlesOf('x', minutes(1), those), how))
  await createRollUps({ db }).rollUp()
}

it('tells closed hours alone, at equal steps, of the venue most is known of, in the order that was asked for', async () => {
  await keep('a:native', 'small', bars(0, 60))
  // The third hour is not known, the fifth is not over.
  await keep('a:native', 'large', [...bars(0, 120), ...bars(180, 66)])
  await keep('b:native', 'one', bars(180, 60))
  const ask = (points: number, names: string[]) =>
    createSparklines({ db, clock: { now: () => now } })({ tokens: names.map(tokenId), interval: '1h', points })
  const closes = ['1.921875', '2.859375', null, '4.734375']
  const none = { token: 'nobody:native', closes: null, source: null, lastAt: null }
  const lastAt = toIso(at + hours(4))
  expect(await ask(48, ['nobody:native', 'a:native', 'b:native'])).toEqual([
    none,
    { token: 'a:native', closes, source: 'large', lastAt },
    { token: 'b:native', closes: closes.slice(-1), source: 'one', lastAt },
  ])
  expect((await ask(2, ['a:native']))[0]!.closes).toEqual(closes.slice(-1))
}, 60_000)
