import { afterAll, describe, expect, it } from 'vitest'
import { silentLog } from '../platform/log.ts'
import { createSecret } from '../platform/secret.ts'
import { createDb } from './db.ts'
import { testDb } from './test-db.ts'
import { createDatabase, createPostgresDb, isPostgresThere } from './test-postgres.ts'

const there = await isPostgresThere()
const dropping: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const drop of dropping) await drop()
})

describe.skipIf(!there)('with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)', () => {
  testDb('PostgreSQL', async () => {
    const { db, drop } = await createPostgresDb()
    dropping.push(drop)
    return db
  })

  it('is migrated once by two processes that start at the same time, and keeps its label', async () => {
    const { url, drop } = await createDatabase()
    dropping.push(drop)
    const open = (label: 'live' | 'simulated') => createDb({ url, label, log: silentLog })
    const both = await Promise.all([open('live'), open('live')])
    await Promise.all(both.map((db) => db.destroy()))
    await expect(open('simulated')).rejects.toThrow('the database holds live data and cannot be opened as simulated')
  })

  it('says that it cannot be reached, without the password', async () => {
    const url = createSecret('postgres://postgres:hunter2@127.0.0.1:1/none')
    const error = await createDb({ url, label: 'live', log: silentLog }).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^the database of DATABASE_URL cannot be used: .*ECONNREFUSED/),
    })
    for (const said of [(error as Error).message, String((error as Error).cause)]) expect(said).not.toContain('hunter2')
  })
})
