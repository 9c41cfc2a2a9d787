import { createSavedDb } from '../db/saved-db.ts'
import { testFollow } from './test-follow.ts'

testFollow('the embedded database', createSavedDb)
