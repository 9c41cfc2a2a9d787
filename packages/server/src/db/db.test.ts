import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { openHome } from '../platform/home.ts'
import { silentLog } from '../platform/log.ts'
import { createDb } from './db.ts'
import { migrations } from './migrate.ts'
import { createSavedDb } from './saved-db.ts'
import { testDb } from './test-db.ts'

testDb('PGlite', createSavedDb)

describe('the embedded database', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pumpiq-db-'))
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  it('keeps what was written over a restart, and its label', { timeout: 120_000 }, async () => {
    const home = await openHome({ dir, label: 'simulated', clock: systemClock })
    const first = await createDb({ home, log: silentLog })
    await first
      .insertInto('inputs')
      .values({ hash: 'a'.repeat(64), body: '{}' })
      .execute()
    await first.destroy()
    const second = await createDb({ home, log: silentLog })
    expect(await second.selectFrom('inputs').selectAll().execute()).toHaveLength(1)
    expect(await second.selectFrom('dbCapability').selectAll().execute()).toEqual([
      { name: 'timeseries', value: 'plain' },
    ])
    await second.destroy()
    const mislabelled = { ...home, label: 'live' as const }
    await expect(createDb({ home: mislabelled, log: silentLog })).rejects.toThrow(
      'holds simulated data and cannot be opened as live',
    )
    home.release()
  })
})

describe('migrations', () => {
  it('are found by number, without a hole', async () => {
    const found = Object.keys(await migrations.getMigrations())
    expect(found[0]).toBe('0001-core')
    expect(found.map((name) => Number(name.slice(0, 4)))).toEqual(found.map((_, i) => i + 1))
  })
})
