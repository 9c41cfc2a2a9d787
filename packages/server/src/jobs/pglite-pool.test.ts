import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import { openPgliteBackend } from './bull-pglite.ts'
import { createPglitePool } from './pglite-pool.ts'

describe('the pool over the embedded database', () => {
  let pglite: PGlite
  beforeAll(async () => {
    pglite = await PGlite.create()
    await pglite.exec('create table written (n int)')
  })
  afterAll(() => pglite.close())
  const kept = async () =>
    (await pglite.query<{ n: number }>('select n from written order by n')).rows.map(({ n }) => n)

  it('keeps a transaction apart from what others write meanwhile, and rolls back its own alone', async () => {
    const client = await createPglitePool(pglite).connect()
    await client.query('BEGIN')
    await client.query('insert into written values ($1)', [1])
    const other = pglite.query('insert into written values (2)')
    await client.query('ROLLBACK')
    await other
    expect(await kept()).toEqual([2])
    await client.query('begin')
    await client.query('insert into written values (3)')
    await client.query('commit')
    expect(await kept()).toEqual([2, 3])
    client.release()
  })

  it('gives the session back when a client is released in the middle of a transaction', async () => {
    const client = await createPglitePool(pglite).connect()
    await client.query('begin')
    await client.query('insert into written values (4)')
    client.release()
    expect(await kept()).toEqual([2, 3])
  })

  it('tells of a refused statement, and how many rows were met', async () => {
    const pool = createPglitePool(pglite)
    await expect(pool.query('select * from nowhere')).rejects.toMatchObject({ code: '42P01' })
    expect((await pool.query('update written set n = n where n > $1', [1])).rowCount).toBe(2)
    expect((await pool.query({ text: 'select n from written where n = $1', values: [3] })).rows).toEqual([{ n: 3 }])
  })

  it('hears what is notified while it listens', async () => {
    const client = await createPglitePool(pglite).connect()
    const heard: unknown[] = []
    client.on('notification', (told) => heard.push(told))
    await client.query('-- a comment first\nLISTEN "somewhere";')
    await pglite.query(`select pg_notify('somewhere', 'one')`)
    await vi.waitFor(() => expect(heard).toEqual([{ channel: 'somewhere', payload: 'one' }]))
    await client.query('UNLISTEN somewhere')
    await pglite.query(`select pg_notify('somewhere', 'two')`)
    expect(heard).toHaveLength(1)
  })

  it('leaves our statements our own tables where the queue has some of the same name', async () => {
    await pglite.exec('create table job (mine int)')
    const backend = await openPgliteBackend({ pglite, clock: systemClock, log: silentLog, lockMs: 10_000 })
    expect((await pglite.query('select * from job')).fields.map(({ name }) => name)).toEqual(['mine'])
    await pglite.exec('drop table job')
    await backend.place('tracker', { name: 'a', payload: {}, id: null, retries: 0 })
    expect(await backend.counts('tracker')).toMatchObject({ waiting: 1 })
    await pglite.exec('create table made_later (n int)')
    const { rows } = await pglite.query(
      `select table_schema from information_schema.tables where table_name = 'made_later'`,
    )
    expect(rows).toEqual([{ table_schema: 'public' }])
    await backend.close()
  })
})
