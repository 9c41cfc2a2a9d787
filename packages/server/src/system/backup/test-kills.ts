import { spawn } from 'node:child_process'
import { deepStrictEqual, ok } from 'node:assert'
import { sql } from 'kysely'
import type { Db } from '../../db/db.ts'
import { migrate, newestMigration } from '../../db/migrate.ts'
import { openRaw, upTo, withHeavy } from '../../db/test-migration.ts'
import { systemClock } from '../../platform/clock.ts'
import { seededRandom } from '../../platform/random.ts'
import type { Sum } from './format.ts'
import { columnSums, fillCandles, type Columns } from './test-content.ts'

/** The previous version. */
export const older = '0002-following'

/** Opens a database by its place, works and closes. */
export async function on<T>(at: string, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = await openRaw(at)
  try {
    return await work(db)
  } finally {
    await close()
  }
}

/** A database of the previous version with so many candles. */
export async function createOlder(at: string, candles: number): Promise<Record<string, Sum>> {
  return on(at, async (db) => {
    await migrate(db as never, upTo(older))
    await sql`insert into installation (home_label) values ('live')`.execute(db)
    await fillCandles(db, candles)
    await sql`insert into ledger (seq, prev_hash, hash, body) values (1, ${'0'.repeat(64)}, ${'a'.repeat(64)}, '{}')`.execute(
      db,
    )
    return columnSums(db, await columnsNow(db))
  })
}

/** The columns that there are. */
export async function columnsNow(db: Db): Promise<Columns> {
  const { rows } = await sql<{ table: string; columns: string[] }>`
    select table_name as "table", array_agg(column_name::text order by ordinal_position) as columns from information_schema.columns
    where table_schema = 'public' and table_name not like 'kysely%' group by 1`.execute(db)
  return Object.fromEntries(rows.map(({ table, columns }) => [table, columns]))
}

const starter = new URL('../../db/test-migration.ts', import.meta.url).href

/** Lets a process migrate and kills it so long after it began, if it is not through by then. */
async function killMigrating(at: string, afterMs: number): Promise<'killed' | 'done'> {
  const source = `const { migrateUntilKilled } = await import('${starter}')
    await migrateUntilKilled(process.argv[1], (line) => process.stdout.write(line))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source, at], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let said = ''
  await new Promise<void>((begun) => {
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
      begun()
    })
    child.once('exit', () => begun())
  })
  await Promise.race([systemClock.sleep(afterMs), ended])
  child.kill('SIGKILL')
  await ended
  return said.includes('done') ? 'done' : 'killed'
}

type Kills = { place(): Promise<string>; candles: number; kills: number }

/** Kills at random points of what the migration takes, checks after each, and lets it through at last. */
export async function killed({ place, candles, kills }: Kills): Promise<string> {
  const random = seededRandom(18)
  const trial = await place()
  await createOlder(trial, candles)
  const startedAt = systemClock.monotonic()
  await on(trial, (db) => migrate(db as never, withHeavy))
  const takesMs = systemClock.monotonic() - startedAt

  const at = await place()
  const before = await createOlder(at, candles)
  const columns = await on(at, columnsNow)
  let hit = 0
  for (let tries = 0; hit < kills && tries < kills * 5; tries++) {
    const how = await killMigrating(at, random() * takesMs * 0.9)
    const [newest, now] = await on(
      at,
      async (db) => [await newestMigration(db), await columnSums(db, columns)] as const,
    )
    ok(newest === older || newest === '9999-heavy', `neither old nor new but ${newest}`)
    deepStrictEqual(now, before)
    if (newest !== older) break
    if (how === 'killed') hit += 1
  }
  ok(hit === kills, `${hit} of ${kills} kills came while it was migrating`)
  await on(at, async (db) => {
    if ((await newestMigration(db)) === older) await migrate(db as never, withHeavy)
    deepStrictEqual(await newestMigration(db), '9999-heavy')
    deepStrictEqual(await columnSums(db, columns), before)
  })
  return `${candles} candles: ${hit} kills within ${Math.round(takesMs)} ms, the old version each time, checksums equal`
}
