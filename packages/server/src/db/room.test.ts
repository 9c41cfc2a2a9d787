import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dbOver, type Db } from './db.ts'
import { pgliteDialectOver, pgliteOptions } from './pglite.ts'
import { guardRoom, refuseWithoutRoom } from './room.ts'
import { sql } from 'kysely'

const mebibyte = 2 ** 20
let free: number | null = null
let db: Db

beforeAll(async () => {
  db = dbOver(pgliteDialectOver(guardRoom(await PGlite.create(pgliteOptions), () => free)))
  await sql`create table kept (n int primary key)`.execute(db)
}, 120_000)
afterAll(() => db.destroy())

const put = (n: number) => sql`insert into kept values (${n})`.execute(db)
const count = async () => (await sql<{ n: number }>`select count(*) as n from kept`.execute(db)).rows[0]!.n

describe('an embedded database whose disk fills', () => {
  it('refuses to write while there is little room, says how much, reads on, and writes again by itself', async () => {
    free = 63 * mebibyte
    await expect(put(1)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the disk of the data folder has 63 MB left: nothing is recorded until it has 64 MB',
    })
    expect(await count()).toBe(0)
    free = 64 * mebibyte
    await put(1)
    expect(await count()).toBe(1)
  })

  it('refuses even to read before the log could need room that is not there', async () => {
    free = 19 * mebibyte
    await expect(count()).rejects.toMatchObject({ code: 'unavailable' })
    free = null
    expect(await count()).toBe(1)
  })

  it('keeps nothing of a transaction during which the room ran out, and goes on afterwards', async () => {
    const work = db.transaction().execute(async (tx) => {
      await sql`insert into kept values (2)`.execute(tx)
      free = mebibyte
      await sql`insert into kept values (3)`.execute(tx)
    })
    await expect(work).rejects.toMatchObject({ code: 'unavailable' })
    free = 2 ** 40
    expect(await count()).toBe(1)
    await put(2)
    expect(await count()).toBe(2)
  })

  it('is not opened where it could not be, a new one not where it would not fit', () => {
    expect(() => refuseWithoutRoom('', false, () => 63 * mebibyte)).toThrow('has 63 MB left')
    expect(() => refuseWithoutRoom('', true, () => 100 * mebibyte)).toThrow('until it has 128 MB')
    expect(() => refuseWithoutRoom('', true, () => null)).not.toThrow()
  })
})
