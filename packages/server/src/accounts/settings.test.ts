import { afterAll, beforeAll } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { testSettings } from './test-settings.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())

testSettings('the embedded database', () => db)
