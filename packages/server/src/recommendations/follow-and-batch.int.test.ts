import { afterAll, describe } from 'vitest'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { testFollowAndBatch } from './test-follow-and-batch.ts'

const drops: (() => Promise<void>)[] = []

describe.skipIf(!(await isPostgresThere()))(
  'with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)',
  () => {
    testFollowAndBatch('PostgreSQL', async () => {
      const { db, drop } = await createPostgresDb()
      drops.push(drop)
      return db
    })
    afterAll(() => Promise.all(drops.map((drop) => drop())))
  },
)
