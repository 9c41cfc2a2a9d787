import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDb, type Db } from '../db/db.ts'
import { createDatabase, isPostgresThere } from '../db/test-postgres.ts'
import { systemClock } from '../platform/clock.ts'
import { sha256Hex } from '../platform/hash.ts'
import { silentLog } from '../platform/log.ts'
import { createLedger, type Also } from './ledger.ts'
import { verifyExport } from './verify.ts'

const there = await isPostgresThere()
const alsoInput: Also = async (tx, { body }) =>
  void (await tx
    .insertInto('inputs')
    .values({ hash: sha256Hex(body), body })
    .execute())

describe.skipIf(!there)('the ledger on PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>
  let dbs: Db[]
  beforeAll(async () => {
    database = await createDatabase()
    dbs = await Promise.all([1, 2, 3].map(() => createDb({ url: database.url, label: 'live', log: silentLog })))
  })
  afterAll(async () => {
    await Promise.all(dbs.map((db) => db.destroy()))
    await database.drop()
  })
  const ledgerOf = (db: Db) => createLedger({ db, file: null, log: silentLog })

  it('stays one chain when three that do not know each other append at once', async () => {
    const ledgers = dbs.map(ledgerOf)
    const sealed = await Promise.all(
      Array.from({ length: 150 }, (_, n) => ledgers[n % 3]!.append({ writer: n % 3, n }, alsoInput)),
    )
    expect(new Set(sealed.map(({ seq }) => seq)).size).toBe(150)
    expect(await verifyExport(ledgers[0]!.exportLines())).toMatchObject({ ok: true, count: 150 })
  })

  it('loses no acknowledged record and doubles none while its connections are cut', { timeout: 60_000 }, async () => {
    const ledger = ledgerOf(dbs[0]!)
    const before = (await ledger.head())?.seq ?? 0
    const cutting = new AbortController()
    const cut = async () => {
      while (!cutting.signal.aborted) {
        await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
          dbs[1]!,
        )
        await systemClock.sleep(15)
      }
    }
    const cutter = cut()
    const acknowledged: string[] = []
    let refused = 0
    let unknown = 0
    for (let n = 0; n < 300; n++) {
      const body = { cut: n }
      await ledger.append(body, alsoInput).then(
        ({ hash }) => void acknowledged.push(hash),
        (error: Error) => (error.message.endsWith('is not known') ? (unknown += 1) : (refused += 1)),
      )
    }
    cutting.abort()
    await cutter
    const rows = await dbs[1]!.selectFrom('ledger').select(['hash', 'body']).where('seq', '>', before).execute()
    const kept = new Set(rows.map(({ hash }) => hash))
    expect(acknowledged.filter((hash) => !kept.has(hash))).toEqual([])
    expect(new Set(rows.map(({ body }) => body)).size).toBe(rows.length)
    // What was refused is not there; of what was told as unknown, anything may be.
    expect(rows.length).toBeLessThanOrEqual(acknowledged.length + unknown)
    expect(refused).toBeGreaterThan(0)
    expect((await verifyExport(ledger.exportLines())).ok).toBe(true)
  })
})
