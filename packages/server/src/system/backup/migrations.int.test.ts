import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { createDatabase, isPostgresThere } from '../../db/test-postgres.ts'
import { systemClock } from '../../platform/clock.ts'
import { silentLog } from '../../platform/log.ts'
import { createDb, type Db } from '../../db/db.ts'
import { restoreBackup } from './restore.ts'
import { columnSums } from './test-content.ts'
import { columnsNow, createOlder, killed, older, on } from './test-kills.ts'
import { writeBackup } from './write.ts'

const there = await isPostgresThere()
const dir = mkdtempSync(join(tmpdir(), 'pumpiq-migrations-'))
const dropping: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const drop of dropping) await drop()
  rmSync(dir, { recursive: true, force: true })
})

/** Where an empty database of its own is: a URL or a folder. */
async function place(engine: 'PGlite' | 'PostgreSQL'): Promise<string> {
  if (engine === 'PGlite') return mkdtempSync(join(dir, 'home-'))
  const { url, drop } = await createDatabase()
  dropping.push(drop)
  return url.reveal()
}

/** Everything that the two engines can be asked about a schema and that should be the same. */
async function schemaOf(db: Db): Promise<unknown> {
  const columns = await sql`select table_name, column_name, data_type, is_nullable, column_default, is_identity
    from information_schema.columns where table_schema = 'public' order by 1, 2`.execute(db)
  const constraints = await sql`select conrelid::regclass::text, contype, pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace and contype <> 'n' order by 1, 2, 3`.execute(db)
  const indexes = await sql`select indexdef from pg_indexes where schemaname = 'public' order by 1`.execute(db)
  const triggers =
    await sql`select tgrelid::regclass::text, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal order by 1, 2`.execute(
      db,
    )
  return [columns.rows, constraints.rows, indexes.rows, triggers.rows]
}

describe.skipIf(!there)('migrations, with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)', () => {
  it('make the same schema on both engines, from nothing and from the previous version with candles, which they leave alone', async () => {
    const schemas: unknown[] = []
    for (const engine of ['PGlite', 'PostgreSQL'] as const) {
      const fresh = await place(engine)
      schemas.push(
        await on(fresh, async (db) => {
          await migrate(db as never)
          return schemaOf(db)
        }),
      )
      const at = await place(engine)
      const before = await createOlder(at, 20_000)
      schemas.push(
        await on(at, async (db) => {
          const columns = await columnsNow(db)
          expect((await migrate(db as never)).from).toBe(older)
          expect(await columnSums(db, columns)).toEqual(before)
          return schemaOf(db)
        }),
      )
    }
    for (const schema of schemas.slice(1)) expect(schema).toEqual(schemas[0])
  })

  it('leave the old or the new when the process is killed over one', { timeout: 600_000 }, async ({ annotate }) => {
    const postgres = await killed({ place: () => place('PostgreSQL'), candles: 50_000, kills: 2 })
    const pglite = await killed({ place: () => place('PGlite'), candles: 50_000, kills: 1 })
    // It throws where anything but the old or the new, or an altered row, is found.
    expect([postgres, pglite]).toEqual([expect.stringContaining('2 kills'), expect.stringContaining('1 kills')])
    await annotate(`PostgreSQL, ${postgres}; PGlite, ${pglite}`)
  })

  it('are waited for, but not for ever, and then it is said', async () => {
    const at = await place('PostgreSQL')
    await on(at, (db) =>
      db.connection().execute(async (holder) => {
        const migrating = 7_081_945_112_026
        await sql`select pg_advisory_lock(${migrating}::bigint)`.execute(holder)
        await expect(on(at, (other) => migrate(other as never, undefined, { waitMs: 200 }))).rejects.toMatchObject({
          code: 'unavailable',
          message: expect.stringContaining('another process has been migrating this database for more than 0.2 s'),
        })
        const waiting = on(at, (other) => migrate(other as never))
        await sql`select pg_advisory_unlock(${migrating}::bigint)`.execute(holder)
        expect((await waiting).from).toBeNull()
      }),
    )
  })

  it('come after a restore of an older backup, and a database that is newer than the backup is refused', async () => {
    const path = join(dir, 'older.jsonl.gz')
    const from = await place('PostgreSQL')
    const before = await createOlder(from, 1_000)
    const needs = { label: 'live', version: '0.1', clock: systemClock } as const
    const columns = await on(from, columnsNow)
    expect((await on(from, (db) => writeBackup({ db, ...needs }, path))).header.schema).toBe(older)
    for (const engine of ['PGlite', 'PostgreSQL'] as const) {
      const at = await place(engine)
      await on(at, async (db) => {
        await restoreBackup({ db, ...needs }, path)
        expect(await columnSums(db, columns)).toEqual(before)
        expect((await migrate(db as never)).applied).toEqual([])
      })
    }
    const newer = await createDatabase()
    dropping.push(newer.drop)
    const db = await createDb({ url: newer.url, label: 'live', log: silentLog })
    await expect(restoreBackup({ db, ...needs }, path)).rejects.toThrow(
      'restore it into a database that was never used',
    )
    await db.destroy()
  })
})
