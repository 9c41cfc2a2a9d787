import { afterAll, beforeAll } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { testIdempotency } from './test-idempotency.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())

testIdempotency('the embedded database', () => db)
