import { createSavedDb } from '../db/saved-db.ts'
import { testHoldings } from './test-holdings.ts'

testHoldings('the embedded database', createSavedDb)
