import { afterAll, describe } from 'vitest'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { testBatch } from './test-batch.ts'
import { testFollow } from './test-follow.ts'

const drops: (() => Promise<void>)[] = []
const open = async () => {
  const { db, drop } = await createPostgresDb()
  drops.push(drop)
  return db
}

describe.skipIf(!(await isPostgresThere()))(
  'with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)',
  () => {
    testFollow('PostgreSQL', open)
    testBatch('PostgreSQL', open)
    afterAll(() => Promise.all(drops.map((drop) => drop())))
  },
)
