import { storedInputs } from '../../recommendations/stored-inputs.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hours } from '@pumpiq/domain'
import { afterAll, describe, expect, it } from 'vitest'
import { isPostgresThere } from '../../db/test-postgres.ts'
import type { Db } from '../../db/db.ts'
import { exportLines } from '../../ledger/export.ts'
import { verifyExport } from '../../ledger/verify.ts'
import { systemClock } from '../../platform/clock.ts'
import { compareReplay } from '../../recommendations/replay.ts'
import { createRecommendations } from '../../recommendations/store.ts'
import { localUser } from '../../recommendations/users.ts'
import { createWorld } from '../../testing/world.ts'
import { restoreBackup } from './restore.ts'
import { createEngine, fillCandles, fillOdd, nextOutboxSeq, sumsOf, type Engine } from './test-content.ts'
import { writeBackup } from './write.ts'

const there = await isPostgresThere()
const dir = mkdtempSync(join(tmpdir(), 'pumpiq-drill-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const label = 'simulated'
const clock = systemClock
/** What the world's engine seals as its version. */
const version = 'test'

/** Calls and outcomes made by the product, and what it would never write. */
async function fill(db: Db): Promise<string[]> {
  const world = await createWorld({ seed: 5, db })
  await world.until(world.app.house.round())
  for (const token of ['BTC', 'ETH'])
    await world.until(world.client.recommendations.create({ body: { token, timeframe: 'SCALP', maxAgeMs: 0 } }))
  for (const stepMs of [hours(1), hours(8), hours(20)]) {
    await world.time.advance(stepMs)
    await world.until(world.app.tracker.round())
  }
  const { items } = await world.client.recommendations.list({ query: { limit: 100 } })
  await world.close()
  await fillCandles(db, 5_000)
  await fillOdd(db)
  return items.map(({ id }) => id)
}

async function replays(db: Db, id: string): Promise<boolean> {
  const recommendations = createRecommendations({ db })
  const sealed = (await recommendations.byId(localUser, id))!
  return compareReplay(sealed, await storedInputs(recommendations, sealed), version).identical
}

const engines: readonly Engine[] = ['PGlite', 'PostgreSQL']

describe.skipIf(!there)('with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)', () => {
  describe.each(engines)('a backup of %s', (from) => {
    it(
      'restores into either engine with equal counts and checksums; the ledger verifies and calls replay',
      { timeout: 400_000 },
      async ({ annotate }) => {
        const source = await createEngine(from)
        const path = join(dir, `${from}.jsonl.gz`)
        const ids = await fill(source.db)
        const { tables, header } = await writeBackup({ db: source.db, label, version, clock }, path)
        expect(await sumsOf(source.db)).toEqual(tables)
        for (const table of ['ledger', 'inputs', 'recommendations', 'following', 'outcomes', 'candle_cursor', 'tokens'])
          expect(tables[table]?.rows, table).toBeGreaterThan(1)
        expect(header.sequences).toMatchObject({ 'outbox.seq': expect.stringMatching(/^[1-9]/) })

        for (const to of engines) {
          const target = await createEngine(to)
          await restoreBackup({ db: target.db, label, clock }, path)
          expect(await sumsOf(target.db), to).toEqual(tables)
          expect(await verifyExport(exportLines(target.db))).toMatchObject({ ok: true, count: tables['ledger']!.rows })
          for (const id of ids) expect([id, await replays(target.db, id)]).toEqual([id, true])
          const seq = await nextOutboxSeq(target.db)
          expect(seq).toBe(Number(header.sequences['outbox.seq']) + 1)
          await expect(restoreBackup({ db: target.db, label, clock }, path)).rejects.toMatchObject({
            code: 'conflict',
            message: expect.stringMatching(/into an empty installation only; rows are there: .*ledger \d+/),
          })
          await target.close()
        }
        await source.close()
        await annotate(`${Object.values(tables).reduce((sum, { rows }) => sum + rows, 0)} rows, ${ids.length} calls`)
      },
    )
  })

  it('is taken of one instant while others write', async () => {
    const source = await createEngine('PostgreSQL')
    const target = await createEngine('PostgreSQL')
    const path = join(dir, 'busy.jsonl.gz')
    await fillCandles(source.db, 50_000)
    let isOver = false
    let written = 0
    // Two rows at a time that belong together: a backup with one of them is of no instant.
    const writing = (async () => {
      while (!isOver) {
        await source.db.transaction().execute(async (tx) => {
          const at = new Date(Date.UTC(2026, 0, 1) + written).toISOString()
          const key = String(written).padStart(8, '0')
          await tx
            .insertInto('candleCursor')
            .values({ tokenId: key, source: 's', fromAt: at, knownUntil: at, askedAt: at })
            .execute()
          await tx.insertInto('notificationPreference').values({ userId: key, document: '{}', updatedAt: at }).execute()
        })
        written += 1
      }
    })()
    await systemClock.sleep(50)
    const { tables } = await writeBackup({ db: source.db, label, version, clock }, path)
    isOver = true
    await writing
    expect(tables['candle_cursor']?.rows).toBe(tables['notification_preference']?.rows)
    expect(tables['candle_cursor']!.rows).toBeLessThan(written)
    await restoreBackup({ db: target.db, label, clock }, path)
    expect(await sumsOf(target.db)).toEqual(tables)
    await source.close()
    await target.close()
  })
})
