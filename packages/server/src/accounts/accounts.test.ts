import { createSavedDb } from '../db/saved-db.ts'
import { testAccounts } from '../testing/test-accounts.ts'

testAccounts('PGlite', createSavedDb, 100)
