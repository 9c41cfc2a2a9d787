import { createSavedDb } from '../db/saved-db.ts'
import { testLedgerShown } from '../testing/test-ledger-shown.ts'

testLedgerShown('the embedded database', createSavedDb)
