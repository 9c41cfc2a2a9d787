import { createSavedDb } from '../db/saved-db.ts'
import { testBatch } from './test-batch.ts'

testBatch('the embedded database', createSavedDb)
