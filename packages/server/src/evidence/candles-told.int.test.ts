import { candlesOf, minutes } from '@pumpiq/domain'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { createCandleStore } from './candles.ts'
import { putTold } from './candles-told.ts'

const from = Date.UTC(2026, 0, 5)
const isThere = await isPostgresThere()

const bars = (first: number, count: number, price: number) =>
  candlesOf(
    'told',
    minutes(1),
    Array.from({ length: count }, (_, i) => ({
      openAt: from + minutes(first + i),
      open: price,
      high: price * 1.5,
      low: price / 3,
      close: price,
      volume: i,
    })),
  )

const cursor = { fromAt: from, knownUntil: from, askedAt: from, answeredAt: from, problem: null, revisedFrom: null }

const places = {
  PGlite: async () => {
    const db = await createSavedDb()
    return { db, drop: () => db.destroy() }
  },
  PostgreSQL: createPostgresDb,
}

describe.each(['PGlite', 'PostgreSQL'] as const)('minutes of many series that are told live, on %s', (place) => {
  let db: Db
  let drop: () => Promise<void>
  beforeAll(async () => {
    if (place === 'PGlite' || isThere) ({ db, drop } = await places[place]())
  })
  afterAll(() => drop?.())

  it.skipIf(place === 'PostgreSQL' && !isThere)(
    `are kept to the last bit with their cursors moved on, and are due to be rolled up${isThere ? '' : ' (PostgreSQL: skipped, none answers on 127.0.0.1:5432)'}`,
    async () => {
      const candles = createCandleStore({ db })
      const series = ['a:native', 'b:native', 'c:"quoted, name"'].map((token) => ({ token, source: 'paper' }))
      await db.transaction().execute(async (tx) => {
        for (const one of series) await candles.putCursor(tx, one, cursor)
      })
      const told = series.map((one, i) => ({
        series: one,
        candles: bars(0, i + 1, 0.000000001234 * 10 ** (6 * i)),
        knownUntil: from + minutes(i + 1),
      }))
      for (let twice = 0; twice < 2; twice++) await db.transaction().execute((tx) => putTold(tx, told, from))
      for (const { series: one, candles: given, knownUntil } of told) {
        const kept = await candles.read(one, { interval: '1m', from, to: from + minutes(9) })
        const columns = ['openAt', 'open', 'high', 'low', 'close', 'volume'] as const
        for (const column of columns) expect([...kept[column]]).toEqual([...given[column]])
        expect(await candles.cursor(one)).toEqual({ ...cursor, knownUntil })
      }
      const due = await db.selectFrom('rollupDue').select(['tokenId', 'dueFrom']).orderBy('tokenId').execute()
      expect(due).toEqual(series.map(({ token }) => ({ tokenId: token, dueFrom: new Date(from) })))
      const rows = await db.selectFrom('candle').select('revision').execute()
      expect(rows.map(({ revision }) => revision)).toEqual([0, 0, 0, 0, 0, 0])
    },
  )

  it.skipIf(place !== 'PostgreSQL' || !isThere)(
    'wait for whoever has a series due before they hold its cursor, as everybody does',
    async () => {
      const one = { token: 'z:native', source: 'paper' }
      const told = { series: one, candles: bars(0, 1, 1), knownUntil: from + minutes(1) }
      await db.transaction().execute(async (tx) => {
        await createCandleStore({ db }).putCursor(tx, one, cursor)
        await putTold(tx, [told], from)
      })
      const later: Promise<void>[] = []
      await db.transaction().execute(async (tx) => {
        await sql`select from rollup_due where token_id = ${one.token} for update`.execute(tx)
        const next = { series: one, candles: bars(1, 1, 1), knownUntil: from + minutes(2) }
        later.push(db.transaction().execute((other) => putTold(other, [next], from)))
        const waiting = async () =>
          (
            await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
              db,
            )
          ).rows.length
        await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
        await sql`select from candle_cursor where token_id = ${one.token} for update nowait`.execute(tx)
      })
      await Promise.all(later)
      expect(await createCandleStore({ db }).cursor(one)).toMatchObject({ knownUntil: from + minutes(2) })
    },
  )
})
