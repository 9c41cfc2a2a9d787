import { expect, it } from 'vitest'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { createQuotas } from './quotas.ts'

const isThere = await isPostgresThere()

it.skipIf(!isThere)(
  'processes that set aside at once on PostgreSQL never get more than the quota (skipped without it)',
  async () => {
    const { db, drop } = await createPostgresDb()
    try {
      const until = Date.UTC(2026, 2, 1, 12)
      const asked = { quota: 'x:quota', since: until - 86_400_000, until, wanted: 3, most: 100, corrections: [] }
      const all = await Promise.all(Array.from({ length: 60 }, () => createQuotas({ db }).setAside(asked)))
      expect(all.reduce((sum, { got }) => sum + got, 0)).toBe(100)
      expect(await createQuotas({ db }).spent('x:quota', 0)).toEqual([{ until, calls: 100 }])
    } finally {
      await drop()
    }
  },
)
