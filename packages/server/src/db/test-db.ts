import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from './db.ts'
import { migrate } from './migrate.ts'

// A cold start of the embedded database takes seconds, and many of them on a machine that is busy.
const startMs = 120_000

const hash = (n: number): string => n.toString(16).padStart(64, '0')
const one = async <T>(db: Db, query: ReturnType<typeof sql<T>>): Promise<T> => (await query.execute(db)).rows[0]!
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: { code?: string }) => error.code,
  )

type Bar = Partial<Record<'o' | 'h' | 'l' | 'c' | 'v', string>>
const insertCandle = (db: Db, ts: string, bar: Bar) =>
  db
    .insertInto('candle')
    .values({
      tokenId: 'bitcoin:native',
      source: 'test',
      tf: '1h',
      ts,
      o: '10',
      h: '12',
      l: '9',
      c: '11',
      v: '5',
      fetchedAt: ts,
      ...bar,
    })
    .execute()

/** What both databases owe: the same values out, the same errors, a ledger that only grows. `open` gives a migrated, empty one. */
export function testDb(name: string, open: () => Promise<Db>): void {
  describe(`the database on ${name}`, () => {
    let db: Db
    beforeAll(async () => void (db = await open()), startMs)
    afterAll(() => db.destroy())
    testValues(() => db)
    testTransactions(() => db)
    testCandles(() => db)
    testLedgerTable(() => db)

    it('is migrated again without a change', async () => {
      const { from, to, applied } = await migrate(db as never)
      expect([from, applied]).toEqual([to, []])
    })

    it('is refused to a program that lacks one of its migrations', async () => {
      const older = { getMigrations: () => Promise.resolve({}) }
      await expect(migrate(db as never, older)).rejects.toThrow('migrated by a newer version of this program')
    })
  })
}

function testValues(db: () => Db): void {
  it('answers int8 and counts as numbers, and as a BigInt where a number would round', async () => {
    const row = await one(db(), sql`select 7::int8 as a, count(*) as b, 9007199254740993::int8 as c from ledger`)
    expect(row).toEqual({ a: 7, b: 0, c: 9007199254740993n })
  })

  it('answers numeric and numeric[] as the decimal text that was stored, and intervals as text', async () => {
    const row = await one(
      db(),
      sql`select 0.000000001234::numeric as a, array[0.1, 123456789012345678.9]::numeric[] as b, '1 day'::interval as c`,
    )
    expect(row).toEqual({ a: '0.000000001234', b: ['0.1', '123456789012345678.9'], c: '1 day' })
  })

  it('answers timestamptz as an instant in milliseconds whatever zone it was written in', async () => {
    const row = await one<{ at: Date }>(db(), sql`select '2024-02-29T12:00:00.123+02:00'::timestamptz as at`)
    expect(row.at.toISOString()).toBe('2024-02-29T10:00:00.123Z')
  })

  it('gives columns camel-case names and leaves the keys inside documents as they are', async () => {
    const document = { snake_case: [{ camelCase: 1, with_under: [1, 'a', null] }] }
    const row = await one(db(), sql`select ${JSON.stringify(document)}::jsonb as the_document`)
    expect(row).toEqual({ theDocument: document })
  })
}

function testTransactions(db: () => Db): void {
  it('keeps nothing of a transaction that throws, and all that others wrote meanwhile', async () => {
    const input = (n: number) => ({ hash: hash(n), body: String(n) })
    const failing = db()
      .transaction()
      .execute(async (tx) => {
        await tx.insertInto('inputs').values(input(1)).execute()
        throw new Error('changed my mind')
      })
    const others = Array.from({ length: 20 }, (_, i) =>
      db()
        .insertInto('inputs')
        .values(input(i + 2))
        .execute(),
    )
    await expect(failing).rejects.toThrow('changed my mind')
    await Promise.all(others)
    const kept = await db().selectFrom('inputs').select('body').execute()
    expect(kept.map(({ body }) => Number(body)).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 2),
    )
  })

  it('names a doubled key by its code', async () => {
    const again = db()
      .insertInto('inputs')
      .values({ hash: hash(2), body: '' })
      .execute()
    expect(await codeOf(again)).toBe('23505')
  })
}

function testCandles(db: () => Db): void {
  it('keeps candles of tiny prices exactly', async () => {
    const price = '0.000000001234'
    await insertCandle(db(), '2024-01-01T00:00:00.000Z', { o: price, h: price, l: price, c: price, v: '0' })
    const row = await db().selectFrom('candle').selectAll().executeTakeFirstOrThrow()
    expect([row.o, row.h, row.l, row.c, row.revision]).toEqual([price, price, price, price, 0])
  })

  it.each<Bar>([
    { o: 'NaN' },
    { h: 'Infinity' },
    { l: '0' },
    { c: '-1' },
    { v: '-1' },
    { v: 'NaN' },
    { l: '10.5' },
    { h: '10.5' },
  ])('refuses a candle with %o', async (bar) => {
    expect(await codeOf(insertCandle(db(), '2024-01-02T00:00:00.000Z', bar))).toBe('23514')
  })

  it('takes candles in bulk and replaces those it has', async () => {
    const times = Array.from({ length: 500 }, (_, i) => new Date(Date.UTC(2024, 1, 1, i)).toISOString())
    for (const close of ['1.5', '1.25']) {
      const closes = times.map(() => close)
      await sql`insert into candle (token_id, source, tf, ts, o, h, l, c, v, fetched_at)
        select 'a:native', 'bulk', '1h', ts, c, c, c, c, 1, ts from unnest(${times}::timestamptz[], ${closes}::numeric[]) as given (ts, c)
        on conflict (token_id, source, tf, ts) do update set o = excluded.o, h = excluded.h, l = excluded.l, c = excluded.c,
        revision = candle.revision + 1`.execute(db())
    }
    const row = await one(
      db(),
      sql`select count(*) as n, min(c) as c, max(revision) as revision from candle where source = 'bulk'`,
    )
    expect(row).toEqual({ n: 500, c: '1.25', revision: 1 })
  })
}

function testLedgerTable(db: () => Db): void {
  it('appends to the ledger and refuses update, delete and truncate of it', async () => {
    await db()
      .insertInto('ledger')
      .values({ seq: 1, prevHash: hash(0), hash: hash(1), body: '{}' })
      .execute()
    for (const change of [sql`update ledger set body = '[]'`, sql`delete from ledger`, sql`truncate ledger cascade`]) {
      await expect(change.execute(db())).rejects.toThrow('the ledger is append-only')
    }
    // Recommendations refer to it, which refuses this one before the trigger does.
    await expect(sql`truncate ledger`.execute(db())).rejects.toThrow('cannot truncate a table referenced')
    expect(await db().selectFrom('ledger').selectAll().execute()).toEqual([
      { seq: 1, prevHash: hash(0), hash: hash(1), body: '{}' },
    ])
  })

  it('refuses a fork, a second beginning and a hash that is none', async () => {
    const insert = (seq: number, prevHash: string, own: string) =>
      codeOf(db().insertInto('ledger').values({ seq, prevHash, hash: own, body: '{}' }).execute())
    expect(await insert(2, hash(1), hash(2))).toBe('no error')
    expect(await insert(3, hash(1), hash(3))).toBe('23505')
    expect(await insert(3, hash(0), hash(3))).toBe('23514')
    expect(await insert(3, hash(2), 'ABC')).toBe('23514')
  })
}
