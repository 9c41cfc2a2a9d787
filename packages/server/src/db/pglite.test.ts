import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemBreath } from '../platform/breath.ts'
import { dbOver, type Db } from './db.ts'
import { letTurn, pgliteDialectOver, pgliteOptions } from './pglite.ts'
import { sql } from 'kysely'

let db: Db
beforeAll(async () => {
  db = dbOver(pgliteDialectOver(letTurn(await PGlite.create(pgliteOptions), systemBreath)))
  await sql`create table kept (n int primary key)`.execute(db)
}, 120_000)
afterAll(() => db.destroy())

/** How often the loop turns while the work is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let going = true
  const count = () => {
    turns++
    if (going) setImmediate(count)
  }
  setImmediate(count)
  await work()
  going = false
  return turns
}

const busy = (on: Db) => sql`select count(*) from generate_series(1, 60000)`.execute(on)

it('lets the event loop turn between statements, of one, of many at once and of a transaction', async () => {
  const oneByOne = async (on: Db) => {
    for (let n = 0; n < 40; n++) await busy(on)
  }
  expect(await turnsDuring(() => oneByOne(db))).toBeGreaterThan(3)
  expect(await turnsDuring(() => Promise.all(Array.from({ length: 40 }, () => busy(db))))).toBeGreaterThan(3)
  expect(await turnsDuring(() => db.transaction().execute(oneByOne))).toBeGreaterThan(3)
})

it('lets nothing of others into a transaction while the loop turns', async () => {
  const work = db.transaction().execute(async (tx) => {
    await sql`insert into kept values (1)`.execute(tx)
    for (let n = 0; n < 20; n++) await busy(tx)
    throw new Error('taken back')
  })
  const other = sql`insert into kept values (2)`.execute(db)
  await expect(work).rejects.toThrow('taken back')
  await other
  const { rows } = await sql<{ n: number }>`select n from kept`.execute(db)
  expect(rows).toEqual([{ n: 2 }])
})
