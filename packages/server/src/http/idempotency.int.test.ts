import { afterAll, beforeAll, describe } from 'vitest'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { testIdempotency } from './test-idempotency.ts'

const there = await isPostgresThere()

describe.skipIf(!there)('PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)', () => {
  let opened: Awaited<ReturnType<typeof createPostgresDb>>
  beforeAll(async () => void (opened = await createPostgresDb()), 120_000)
  afterAll(() => opened.drop())

  testIdempotency('PostgreSQL', () => opened.db)
})
