import { afterAll, describe } from 'vitest'
import { createDb } from '../db/db.ts'
import { createDatabase, isPostgresThere } from '../db/test-postgres.ts'
import { silentLog } from '../platform/log.ts'
import { testAccounts } from '../testing/test-accounts.ts'

const dropping: (() => Promise<void>)[] = []

describe.skipIf(!(await isPostgresThere()))(
  'with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)',
  () => {
    afterAll(async () => {
      for (const drop of dropping) await drop()
    })
    testAccounts('PostgreSQL', async () => {
      const { url, drop } = await createDatabase()
      dropping.push(drop)
      return createDb({ url, label: 'live', log: silentLog })
    })
  },
)
