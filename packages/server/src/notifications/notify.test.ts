import { createSavedDb } from '../db/saved-db.ts'
import { testNotify } from '../testing/test-notify.ts'

testNotify(
  'PGlite',
  async () => {
    const db = await createSavedDb()
    return { db, drop: () => db.destroy() }
  },
  200,
)
