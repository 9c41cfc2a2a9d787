import { minutes, toIso } from '@pumpiq/domain'
import { sql } from 'kysely'
import { createDb, type Db } from '../../db/db.ts'
import { createDatabase } from '../../db/test-postgres.ts'
import { createSavedDb } from '../../db/saved-db.ts'
import { systemClock } from '../../platform/clock.ts'
import { silentLog } from '../../platform/log.ts'
import { columnsOf, fixTexts, sumOf } from './content.ts'
import type { Sum } from './format.ts'
import { tableNames } from './tables.ts'

/** The columns of each table. */
export type Columns = Readonly<Record<string, readonly string[]>>

/** Count and checksum of these columns as the database itself says them now. */
export async function columnSums(db: Db, tables: Columns): Promise<Record<string, Sum>> {
  return db.transaction().execute(async (tx) => {
    await fixTexts(tx)
    const sums: Record<string, Sum> = {}
    for (const [table, columns] of Object.entries(tables))
      sums[table] = await sumOf({ tx, clock: systemClock }, table, columns)
    return sums
  })
}

/** The same of every table and column. */
export async function sumsOf(db: Db): Promise<Record<string, Sum>> {
  const tables: Record<string, readonly string[]> = {}
  await db.transaction().execute(async (tx) => {
    for (const table of tableNames) tables[table] = (await columnsOf(tx, table)).map(({ name }) => name)
  })
  return columnSums(db, tables)
}

/** So many candles of a minute, tiny prices among them, some with more digits than a double has. */
export async function fillCandles(db: Db, count: number, from = Date.UTC(2024, 0, 1)): Promise<void> {
  const batch = 20_000
  for (let done = 0; done < count; done += batch) {
    await sql`insert into candle (token_id, source, tf, ts, o, h, l, c, v, fetched_at, revision)
      select (array['bitcoin:native', 'solana:So11111111111111111111111111111111111111112'])[1 + n % 2], 'paper', '1m',
        ${toIso(from)}::timestamptz + n / 2 * interval '1 minute', p, p * 1.01, p * 0.99, p * 1.002, n * 1.000000000000000000001,
        ${toIso(from)}::timestamptz + n / 2 * interval '1 minute' + interval '61.123456 seconds', n % 3
      from (select n, (0.000000001234 + n * 0.000000000001)::numeric as p
        from generate_series(${done}::int, ${Math.min(done + batch, count) - 1}::int) n) made`.execute(db)
  }
}

/** What no product code writes, of every kind that a table can hold. */
export async function fillOdd(db: Db): Promise<void> {
  const at = toIso(Date.UTC(2026, 0, 1) + minutes(1))
  const odd = {
    text: 'Ünï "q" \\ \n\t \u0001 🚀 {NULL}',
    n: [1e21, 0.1, -0.5, 'BIG'],
    nothing: null,
    '': {},
  }
  // More digits than a double has.
  const document = JSON.stringify(odd).replace('"BIG"', '12345678901234567890.123456789')
  const target = 'a,b{"c"} \\x NULL \u2028'
  await sql`insert into lease (name, holder, epoch, expires_at) values ('l', ${odd.text}, 9007199254740993, '-infinity')`.execute(
    db,
  )
  await sql`insert into notification_preference (user_id, document, updated_at)
    values (${target}, ${document}::jsonb, '2026-01-01T00:00:00.123456Z'), ('', 'null'::jsonb, 'infinity')`.execute(db)
  for (const subject of ['a', 'b', 'c'])
    await sql`insert into outbox (id, kind, subject, user_id, house, at, document)
      values (gen_random_uuid(), 'odd', ${subject}, 'NULL', ${subject === 'a'}, ${at}, ${document}::jsonb)`.execute(db)
  // The last number was given and its row forgotten.
  await sql`delete from outbox where subject = 'c'`.execute(db)
  await sql`insert into tokens (id, chain, address, symbol, name, market_cap_usd, price_usd, updated_at)
    values ('x:y', 'x', 'y', 'É', ${target}, 1e300, 0.000000000000000001, ${at})`.execute(db)
}

export const nextOutboxSeq = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ seq: number }>`insert into outbox (id, kind, subject, user_id, house, at, document)
    values (gen_random_uuid(), 'next', gen_random_uuid()::text, '', false, now(), '{}') returning seq`.execute(db)
  return rows[0]!.seq
}

export type Engine = 'PGlite' | 'PostgreSQL'

/** An empty, migrated database of either engine. */
export async function createEngine(engine: Engine): Promise<{ db: Db; close(): Promise<void> }> {
  if (engine === 'PGlite') {
    const db = await createSavedDb()
    return { db, close: () => db.destroy() }
  }
  const { url, drop } = await createDatabase()
  const db = await createDb({ url, label: 'live', log: silentLog })
  // As the saved one: migrated, never opened as anything.
  await sql`delete from installation`.execute(db)
  return {
    db,
    async close() {
      await db.destroy()
      await drop()
    },
  }
}
