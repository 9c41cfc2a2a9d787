import { afterAll, beforeAll, expect, it } from 'vitest'
import { candlesOf, days, hours, minutes, tokenId, type Bar, type Interval } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import type { History, HistoryAsk } from '../tokens/routes.ts'
import { createCandleStore } from './candles.ts'
import { createHistory } from './history.ts'
import { createRollUps } from './rollups.ts'

const at = Date.UTC(2026, 0, 5)
const time = { at: at + hours(3) + minutes(7) }
let db: Db
let history: History
beforeAll(async () => {
  db = await createSavedDb()
  history = createHistory({ db, clock: { now: () => time.at } })
}, 120_000)
afterAll(() => db.destroy())

const bar = (i: number, price = 1 + i / 64): Bar => ({
  openAt: at + minutes(i),
  open: price,
  high: price * 2,
  low: price / 2,
  close: price,
  volume: 0.5,
})
async function keep(token: string, source: string, bars: Bar[]) {
  const how = { interval: '1m', fetchedAt: at } as const
  const store = createCandleStore({ db })
  await db.transaction().execute((tx) => store.put(tx, { token, source }, candlesOf('x', minutes(1), bars), how))
  await createRollUps({ db }).rollUp()
}
const ask = (token: string, interval: Interval, more: Partial<HistoryAsk> = {}) =>
  history({ token: tokenId(token), interval, from: null, to: null, limit: 100, behind: null, ...more })
const range = (n: number, from = 0) => Array.from({ length: n }, (_, i) => bar(from + i))

it('is of the venue most is known of in the span, newest first, in decimal strings', async () => {
  await keep('a:native', 'small', range(10))
  await keep('a:native', 'large', range(61).toSpliced(20, 2))
  const { source, candles, why } = await ask('a:native', '1h')
  expect({ source, why }).toEqual({ source: 'large', why: null })
  expect(candles).toEqual([
    { ts: at, open: '1', high: '3.84375', low: '0.5', close: '1.921875', volume: '29', minutes: 58 },
  ])
  const fine = await ask('a:native', '1m', { from: at + minutes(19), to: at + minutes(23) })
  expect(fine.candles.map(({ ts }) => (ts - at) / minutes(1))).toEqual([22, 19])
  expect(fine.candles[0]).toMatchObject({ open: '1.34375', volume: '0.5', minutes: 1 })
})

it('tells no candle that is not closed: what has all its minutes is, and what something later is known of', async () => {
  await keep('b:native', 'test', range(13))
  const opens = async () => (await ask('b:native', '5m')).candles.map(({ ts }) => (ts - at) / minutes(1))
  expect(await opens()).toEqual([5, 0])
  await keep('b:native', 'test', range(2, 13))
  expect(await opens()).toEqual([10, 5, 0])
  expect((await ask('b:native', '1h')).candles).toEqual([])
  time.at += days(2)
  expect((await ask('b:native', '1h')).candles).toMatchObject([{ minutes: 15 }])
  time.at -= days(2)
})

it('goes on behind a page with the same venue', async () => {
  await keep('c:native', 'one', range(40))
  const first = await ask('c:native', '5m', { limit: 3 })
  expect(first.candles).toHaveLength(4)
  await keep('c:native', 'two', range(60))
  const behind = { source: 'one', before: first.candles[2]!.ts }
  const rest = await ask('c:native', '5m', { limit: 10, behind })
  expect(rest.source).toBe('one')
  expect([...first.candles.slice(0, 3), ...rest.candles].map(({ ts }) => (ts - at) / minutes(5))).toEqual([
    7, 6, 5, 4, 3, 2, 1, 0,
  ])
  const end = await ask('c:native', '5m', { behind: { source: 'one', before: at } })
  expect(end).toEqual({ source: 'one', candles: [], why: null })
})

it('says why there is none', async () => {
  const none = await ask('d:native', '1h')
  expect(none).toEqual({
    source: null,
    candles: [],
    why: 'no candles of d:native are kept: they are kept from the first call on that is followed',
  })
  const elsewhere = await ask('c:native', '1h', { from: at - days(9), to: at - days(8) })
  expect(elsewhere).toMatchObject({ source: null, why: expect.stringContaining('from 2026-01-05 to 2026-01-05') })
})
