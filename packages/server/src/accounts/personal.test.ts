import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { kept, personal } from './personal.ts'

describe('what is kept about a person', () => {
  let db: Db
  beforeAll(async () => void (db = await createSavedDb()), 120_000)
  afterAll(() => db.destroy())

  it('either goes with him or says why it stays, in every table that says whose a row is', async () => {
    const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'user_id'`.execute(db)
    const known = [...personal.map(({ table }) => table), ...Object.keys(kept)]
    expect(rows.map(({ name }) => name).toSorted()).toEqual(known.toSorted())
  })

  it('goes in an order in which nothing refers to what is gone', async () => {
    const { rows } = await sql<{
      of: string
      to: string
    }>`select conrelid::regclass::text as of, confrelid::regclass::text as to
      from pg_constraint where contype = 'f' and confdeltype <> 'c'`.execute(db)
    const order = personal.map(({ table }) => table)
    for (const { of, to } of rows.filter((one) => order.includes(one.to)))
      expect([of, to, order.indexOf(of) >= 0 && order.indexOf(of) < order.indexOf(to)]).toEqual([of, to, true])
  })
})
