import { afterAll, beforeAll, describe } from 'vitest'
import { createDb } from '../db/db.ts'
import { createDatabase, isPostgresThere } from '../db/test-postgres.ts'
import { silentLog } from '../platform/log.ts'
import { testLedgerShown } from '../testing/test-ledger-shown.ts'

const there = await isPostgresThere()

describe.skipIf(!there)('PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>
  beforeAll(async () => void (database = await createDatabase()))
  afterAll(() => database.drop())
  testLedgerShown('PostgreSQL', () => createDb({ url: database.url, label: 'live', log: silentLog }))
})
