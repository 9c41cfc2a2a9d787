import { candlesOf, minutes, type Bar } from '@pumpiq/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createCandleStore, type CandleStore } from './candles.ts'

let db: Db
let store: CandleStore
beforeAll(async () => {
  db = await createSavedDb()
  store = createCandleStore({ db })
}, 120_000)
afterAll(() => db.destroy())

const at = Date.UTC(2026, 0, 5)
const bar = (i: number, close: number): Bar => ({
  openAt: at + minutes(i),
  open: close,
  high: close * 1.1,
  low: close / 3,
  close,
  volume: i,
})
const series = (token: string) => ({ token, source: 'test' })
const put = (token: string, bars: Bar[], fetchedAt = at) =>
  db
    .transaction()
    .execute((tx) => store.put(tx, series(token), candlesOf('x', minutes(1), bars), { interval: '1m', fetchedAt }))
const closes = async (token: string, to = 20_000, keptBy?: number) => {
  const range = { interval: '1m', from: at, to: at + minutes(to), ...(keptBy !== undefined && { keptBy }) } as const
  const { close, length } = await store.read(series(token), range)
  return [...close.subarray(0, length)]
}

it('keeps candles as they came, to the last bit, and gives them back in order', async () => {
  const bars = Array.from({ length: 12_000 }, (_, i) => bar(i, 1.234e-9 * (1 + i / 7)))
  expect(await put('tiny', bars.slice(6_000))).toHaveLength(6_000)
  expect(await put('tiny', bars.slice(0, 6_000))).toHaveLength(6_000)
  const read = await store.read(series('tiny'), { interval: '1m', from: at, to: at + minutes(12_000) })
  expect(read).toEqual(candlesOf('test:tiny:1m', minutes(1), bars))
})

it('taken again tells what changed, counts it as a revision, and leaves the rest alone', async () => {
  await put('again', [bar(0, 1), bar(1, 2), bar(2, 3)])
  expect(await put('again', [bar(0, 1), bar(1, 2.5), bar(2, 3), bar(3, 4)])).toEqual([at + minutes(1), at + minutes(3)])
  expect(await closes('again')).toEqual([1, 2.5, 3, 4])
  const rows = await db.selectFrom('candle').select('revision').where('tokenId', '=', 'again').orderBy('ts').execute()
  expect(rows.map(({ revision }) => revision)).toEqual([0, 1, 0, 0])
})

it('of another token, venue or interval is another series; what was kept later can be left out', async () => {
  await put('one', [bar(0, 1)])
  await put('one', [bar(1, 2)], at + minutes(5))
  expect(await closes('other')).toEqual([])
  expect(await closes('one', 1)).toEqual([1])
  expect(await closes('one', 10, at)).toEqual([1])
  const range = { interval: '1h', from: at, to: at + minutes(60) } as const
  expect((await store.read(series('one'), range)).length).toBe(0)
  const wrong = db
    .transaction()
    .execute((tx) => store.put(tx, series('one'), candlesOf('x', minutes(1), []), { interval: '1h', fetchedAt: at }))
  await expect(wrong).rejects.toThrow('x are no 1h candles')
})

it('has a cursor that is kept whole', async () => {
  const cursor = {
    fromAt: at,
    knownUntil: at + minutes(3),
    askedAt: at + minutes(4),
    answeredAt: null,
    problem: 'no answer',
    revisedFrom: at + minutes(1),
  }
  expect(await store.cursor(series('c'))).toBeNull()
  await db.transaction().execute((tx) => store.putCursor(tx, series('c'), cursor))
  expect(await store.cursor(series('c'))).toEqual(cursor)
  await db.transaction().execute((tx) => store.settleRevision(tx, series('c')))
  expect(await store.cursor(series('c'))).toEqual({ ...cursor, revisedFrom: null })
})
