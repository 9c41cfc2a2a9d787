import { createSavedDb } from '../db/saved-db.ts'
import { testFollowAndBatch } from './test-follow-and-batch.ts'

testFollowAndBatch('the embedded database', createSavedDb)
