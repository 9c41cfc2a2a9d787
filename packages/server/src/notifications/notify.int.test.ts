import { describe } from 'vitest'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { testNotify } from '../testing/test-notify.ts'

describe.skipIf(!(await isPostgresThere()))(
  'with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)',
  () => {
    testNotify('PostgreSQL', createPostgresDb, 1_000)
  },
)
