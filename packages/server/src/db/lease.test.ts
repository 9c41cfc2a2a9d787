import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from './db.ts'
import { dropLease, fence, takeLease } from './lease.ts'
import { createSavedDb } from './saved-db.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())

const take = (holder: string, name = 'test') => takeLease(db, { name, holder, forMs: 60_000 })
const expire = () => sql`update lease set expires_at = clock_timestamp() - interval '1 ms'`.execute(db)

it('is held by one at a time, who may take it again', async () => {
  const first = await take('a')
  expect(first).toEqual({ name: 'test', holder: 'a', epoch: 1 })
  expect(await take('b')).toBeNull()
  expect(await take('a')).toEqual(first)
  expect(await take('b', 'another')).toMatchObject({ epoch: 1 })
})

it('that has run out is taken over under a new epoch, and who held it cannot write any more', async () => {
  const old = (await take('a'))!
  await expire()
  const next = (await take('b'))!
  expect(next.epoch).toBe(old.epoch + 1)
  const input = { hash: 'b'.repeat(64), body: '{}' }
  const stale = db.transaction().execute(async (tx) => {
    await fence(tx, old)
    await tx.insertInto('inputs').values(input).execute()
  })
  await expect(stale).rejects.toThrow(`the lease test of epoch ${old.epoch} has been taken over`)
  expect(await db.selectFrom('inputs').selectAll().execute()).toEqual([])
  await db.transaction().execute(async (tx) => {
    await fence(tx, next)
    await tx.insertInto('inputs').values(input).execute()
  })
  expect(await db.selectFrom('inputs').selectAll().execute()).toEqual([input])
})

it('that was given back is free at once, and giving back an old one changes nothing', async () => {
  await expire()
  const held = (await take('c'))!
  await dropLease(db, { ...held, epoch: held.epoch - 1 })
  expect(await take('d')).toBeNull()
  await dropLease(db, held)
  expect(await take('d')).toMatchObject({ holder: 'd' })
})
