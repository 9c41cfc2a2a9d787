import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { candlesOf, days, minutes, toIso, type Bar } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createCandleStore, type CandleStore } from './candles.ts'
import { createRollUps, type RollUps } from './rollups.ts'
import { fromScratch, rolledUp } from './test-rollups.ts'

let db: Db
let store: CandleStore
let rollUps: RollUps
beforeAll(async () => {
  db = await createSavedDb()
  store = createCandleStore({ db })
  rollUps = createRollUps({ db })
}, 120_000)
afterAll(() => db.destroy())

const at = Date.UTC(2026, 0, 4, 22)
const put = (token: string, bars: Bar[]) =>
  db.transaction().execute((tx) =>
    store.put(tx, { token, source: 'test' }, candlesOf('x', minutes(1), bars), {
      interval: '1m',
      fetchedAt: at,
    }),
  )
const aBar = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 9 }))
  .map(([i, price, volume]): Bar => {
    const close = price * 1.3e-7
    return {
      openAt: at + minutes(i),
      open: price * 1e-7,
      high: price * 2e-7,
      low: price * 0.9e-7,
      close,
      volume: volume / 10,
    }
  })

it('are what computing from scratch gives, whatever comes twice, late, in disorder or corrected', async () => {
  let n = 0
  const pieces = fc.array(
    fc.record({
      bars: fc.uniqueArray(aBar, { minLength: 1, maxLength: 30, selector: ({ openAt }) => openAt }),
      endsAfter: fc.option(fc.nat(2)),
    }),
    { minLength: 1, maxLength: 8 },
  )
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      const token = `property ${n++}`
      const bars = new Map<number, Bar>()
      for (const { bars: some, endsAfter } of given) {
        const sorted = some.toSorted((a, b) => a.openAt - b.openAt)
        await put(token, sorted)
        for (const bar of sorted) bars.set(bar.openAt, bar)
        if (endsAfter !== null) await rollUps.rollUp(abortedAfter(endsAfter))
      }
      await rollUps.rollUp()
      expect(await rolledUp(db, token)).toEqual(fromScratch(bars))
    }),
    { numRuns: 60 },
  )
})

it('of months are computed in pieces, and go on where they were ended', async () => {
  const bars = Array.from({ length: 40 }, (_, i) => barAt(days(i) / minutes(1), i + 1))
  await put('long', bars)
  expect(await rollUps.rollUp(abortedAfter(3))).toBe(3)
  const due = await db.selectFrom('rollupDue').select('dueFrom').where('tokenId', '=', 'long').executeTakeFirst()
  expect(due!.dueFrom.getTime()).toBe(at + days(6))
  await rollUps.rollUp()
  expect(await rolledUp(db, 'long')).toEqual(fromScratch(new Map(bars.map((one) => [one.openAt, one]))))
  expect(await db.selectFrom('rollupDue').selectAll().execute()).toEqual([])
})

it('are not due when what comes is known already', async () => {
  await put('known', [barAt(0, 1), barAt(1, 2)])
  await rollUps.rollUp()
  await put('known', [barAt(0, 1), barAt(1, 2)])
  expect(await rollUps.rollUp()).toBe(0)
})

it('leave alone what lies where minutes may be gone', async () => {
  await put('gone', [barAt(0, 5), barAt(days(1) / minutes(1), 7)])
  await rollUps.rollUp()
  const before = await rolledUp(db, 'gone')
  const midnight = Math.floor((at + days(1)) / days(1)) * days(1)
  await db
    .insertInto('forgotten')
    .values({ tokenId: 'gone', source: 'test', forgottenUntil: toIso(midnight) })
    .execute()
  await put('gone', [barAt(1, 9)])
  await rollUps.rollUp()
  expect(await rolledUp(db, 'gone')).toEqual(before)
})

function barAt(i: number, price: number): Bar {
  return { openAt: at + minutes(i), open: price, high: price * 2, low: price / 2, close: price, volume: 0.1 }
}

/** Aborted at the look after so many. */
function abortedAfter(looks: number): AbortSignal {
  let left = looks
  return {
    get aborted() {
      return left-- <= 0
    },
  } as AbortSignal
}
