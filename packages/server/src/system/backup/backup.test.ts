import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../db/db.ts'
import { newestMigration } from '../../db/migrate.ts'
import { createSavedDb } from '../../db/saved-db.ts'
import { systemClock } from '../../platform/clock.ts'
import { createCollectedLog } from '../../platform/log.ts'
import { createManualClock } from '../../platform/manual-clock.ts'
import { createDumps, newestDump } from './dumps.ts'
import { toldAgain } from './tables.ts'
import { scanBackup } from './read.ts'
import { restoreBackup } from './restore.ts'
import { systemJobs } from '../jobs.ts'
import { tableNames } from './tables.ts'
import { fillCandles, fillOdd, nextOutboxSeq, sumsOf } from './test-content.ts'
import { writeBackup } from './write.ts'

const dir = mkdtempSync(join(tmpdir(), 'pumpiq-backup-'))
const path = join(dir, 'backup.jsonl.gz')
const clock = systemClock
const label = 'live'
const version = '1.2.3'
let db: Db
let whole: string
let damaged = 0

beforeAll(async () => {
  db = await createSavedDb()
  await fillCandles(db, 3_000)
  await fillOdd(db)
  await writeBackup({ db, label, version, clock }, path)
  whole = gunzipSync(readFileSync(path)).toString()
}, 120_000)
afterAll(async () => {
  await db.destroy()
  rmSync(dir, { recursive: true, force: true })
})

function put(bytes: string | Uint8Array): string {
  const own = join(dir, `damaged-${(damaged += 1)}.gz`)
  writeFileSync(own, bytes)
  return own
}
const altered = (from: string | RegExp, to: string): string => {
  const text = whole.replace(from, to)
  expect(text).not.toBe(whole)
  return put(gzipSync(text, { level: 1 }))
}
const expectRefused = (file: string, what: string | RegExp) =>
  expect(scanBackup(file)).rejects.toMatchObject({ code: 'invalid', message: expect.stringMatching(what) })

describe('what is backed up', () => {
  // What is true for a minute and written again by whoever runs.
  const passing = new Set([
    'source_report',
    'watched',
    'model_reservation',
    'quota_spent',
    'idempotency_key',
    'auth_session',
    'auth_verification',
    'auth_setup',
    'auth_revision',
  ])

  it('is every table of the schema but those of the passing moment, and the database has no other of ours', async () => {
    const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_name not like 'kysely%'`.execute(db)
    const kept = rows.map(({ name }) => name).filter((name) => !passing.has(name))
    expect(kept.toSorted()).toEqual(tableNames.toSorted())
  })

  it('comes in an order in which rows are there before they are referred to', async () => {
    const { rows } = await sql<{
      of: string
      to: string
    }>`select conrelid::regclass::text as of, confrelid::regclass::text as to
      from pg_constraint where contype = 'f'`.execute(db)
    expect(rows.length).toBeGreaterThan(3)
    for (const { of, to } of rows.filter(({ of: table }) => !passing.has(table)))
      expect([of, to, tableNames.indexOf(of) > tableNames.indexOf(to)]).toEqual([of, to, true])
  })

  it('says its schema, label, version and instant first, then rows as texts by key, then counts and checksums', async () => {
    const [first = '', ...lines] = whole.split('\n')
    expect(JSON.parse(first)).toMatchObject({
      format: 'pumpiq-backup',
      version: 1,
      schema: await newestMigration(db),
      label,
      engine: version,
    })
    const at = lines.indexOf('{"table":"candle"}')
    expect(JSON.parse(lines[at + 1]!)).toEqual([
      ...'bitcoin:native paper 1m'.split(' '),
      '2024-01-01 00:00:00+00',
      ...'0.000000001234 0.00000000124634 0.00000000122166 0.000000001236468 0.000000000000000000000'.split(' '),
      '2024-01-01 00:01:01.123456+00',
      '0',
    ])
    expect(JSON.parse(lines.at(-2)!)).toMatchObject({ end: { tables: { candle: { rows: 3_000 } } } })
    expect((await scanBackup(path)).tables).toEqual(await sumsOf(db))
  })
})

describe('a damaged backup', () => {
  it('is refused wherever it was cut off, and nothing is read out of it as whole', async () => {
    const bytes = readFileSync(path)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (at) => {
        await expectRefused(put(bytes.subarray(0, at)), /cut off|is no backup|damaged/)
      }),
      { numRuns: 40 },
    )
  })

  it('is refused whichever byte was altered', async () => {
    const bytes = readFileSync(path)
    await fc.assert(
      // The ten bytes of gzip's own head hold a time and a system, which mean nothing.
      fc.asyncProperty(
        fc.integer({ min: 10, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const other = Buffer.from(bytes)
          other[at]! ^= by
          await expect(scanBackup(put(other))).rejects.toMatchObject({ code: 'invalid' })
        },
      ),
      { numRuns: 60 },
    )
  })

  it.each<[string, string | RegExp, string, RegExp]>([
    ['a value', '"0.000000001235"', '"0.000000001236"', /table candle: a row was altered/],
    [
      'a row that is gone',
      /\["bitcoin:native","paper".*\n/,
      '',
      /table candle: 2999 rows are there, 3000 were written/,
    ],
    [
      'a table that is gone',
      /\{"table":"ask"\}\n/,
      '',
      /line \d+, table \w+: the table \w+ is not the next in the header/,
    ],
    ['the header', '"1.2.3"', '"1.2.4"', /the header or the mark of a table was altered/],
    ['a line that is none', '{"table":"ask"}', '{"table":ask}', /line \d+, table \w+: this is no JSON/],
    ['the end', /\{"end":.*\n$/, '', /cut off/],
    ['something behind the end', /$/, '["x"]\n', /a row that belongs to no table/],
    ['a newer format', '"version":1', '"version":2', /is of format 2, this program reads 1/],
    ['another file', /^/, '{"hello":1}\n', /line 1: this is no header of a backup/],
  ])('is told by what is wrong and where: %s', async (_, from, to, what) => {
    await expectRefused(altered(from, to), what)
  })

  it('is refused when it is no gzip, and when it is not there', async () => {
    await expectRefused(put('seq,prev'), /at its beginning: the compressed data are damaged/)
    await expectRefused(join(dir, 'absent'), /cannot be read \(ENOENT\)/)
  })
})

describe('a restore', { timeout: 120_000 }, () => {
  let target: Db
  afterEach(() => target.destroy())

  it('gives the same counts and checksums, and the next number of the outbox', async () => {
    target = await createSavedDb()
    await restoreBackup({ db: target, label, clock }, path)
    expect(await sumsOf(target)).toEqual(await sumsOf(db))
    expect(await nextOutboxSeq(target)).toBe(4)
    await expect(sql`delete from inputs`.execute(target)).rejects.toThrow('append-only')
  })

  it('is refused for the other label and over any row, which it names and leaves', async () => {
    target = await createSavedDb()
    await fillCandles(target, 2)
    const before = await sumsOf(target)
    await expect(restoreBackup({ db: target, label: 'simulated', clock }, path)).rejects.toThrow(
      'holds live data and is not restored as simulated',
    )
    await expect(restoreBackup({ db: target, label, clock }, path)).rejects.toThrow('rows are there: candle 2')
    expect(await sumsOf(target)).toEqual(before)
  })

  it('leaves nothing when what is checked at its end does not hold', async () => {
    target = await createSavedDb()
    const before = await sumsOf(target)
    const check = () => Promise.reject(new Error('the chain is broken'))
    await expect(restoreBackup({ db: target, label, clock, check }, path)).rejects.toThrow('the chain is broken')
    expect(await sumsOf(target)).toEqual(before)
  })
})

describe('daily dumps', () => {
  it('keep the newest three, clear away what a killed one left, and are found without a lock', async () => {
    const home = mkdtempSync(join(dir, 'home-'))
    expect(newestDump(home)).toBeNull()
    const time = createManualClock(Date.UTC(2026, 0, 1))
    const awake = { ...time, sleep: systemClock.sleep }
    const dumps = createDumps({ db, homeDir: home, label, version, clock: awake, log: createCollectedLog() })
    for (let day = 0; day < 5; day++) {
      const made = await dumps.dump()
      expect(newestDump(home)).toBe(made?.path)
      writeFileSync(join(home, 'backups', 'left.part'), 'torn')
      await time.advance(86_400_000)
    }
    await dumps.dump()
    expect(readdirSync(join(home, 'backups')).toSorted()).toEqual([
      '20260104T000000000Z.jsonl.gz',
      '20260105T000000000Z.jsonl.gz',
      '20260106T000000000Z.jsonl.gz',
    ])
    const all = await sumsOf(db)
    for (const table of toldAgain) delete all[table]
    expect((await scanBackup(newestDump(home)!)).tables).toEqual(all)
  })

  it('leave no file behind when they are stopped', async () => {
    const home = mkdtempSync(join(dir, 'home-'))
    const dumps = createDumps({ db, homeDir: home, label, version, clock, log: createCollectedLog() })
    await expect(dumps.dump(AbortSignal.abort(new Error('enough')))).rejects.toThrow()
    expect(readdirSync(join(home, 'backups'))).toEqual([])
    expect((await sumsOf(db))['candle']?.rows).toBe(3_000)
  })

  it('are a job of the orchestrator, once a day', async () => {
    const home = mkdtempSync(join(dir, 'home-'))
    const dumps = createDumps({ db, homeDir: home, label, version, clock, log: createCollectedLog() })
    const [job] = systemJobs({ forgetModelJournal: async () => {}, forgetRequests: async () => {}, dumps })
    expect(job).toMatchObject({ name: 'dump', role: 'orchestrator', everyMs: 86_400_000 })
    const { signal } = new AbortController()
    await job!.run(undefined, { abort: signal, stopping: signal, slot: 0 })
    expect(newestDump(home)).not.toBeNull()
  })

  it('are not made on a cluster, which is said once', async () => {
    const log = createCollectedLog()
    const dumps = createDumps({ db, homeDir: null, label, version, clock, log })
    expect([await dumps.dump(), await dumps.dump()]).toEqual([null, null])
    expect(log.entries.map(({ sentence }) => sentence)).toEqual([expect.stringContaining('no dumps are made here')])
  })
})
