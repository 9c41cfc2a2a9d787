import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { toIso, type OutcomeStatus, type Recommendation } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createIds } from '../platform/ids.ts'
import { seededRandom } from '../platform/random.ts'
import { createRecommendations, type RecommendationFilter } from './store.ts'
import { sampleRecommendation } from './test-recommendation.ts'

let db: Db
const ids = createIds({ clock: { now: () => 1_700_000_000_000 }, random: seededRandom(3) })
const named = new Map<string, string>()
let issued = Date.UTC(2024, 0, 1)

async function call(name: string, userId: string, given: Partial<Recommendation> = {}): Promise<string> {
  const document = sampleRecommendation({
    id: ids.next(),
    house: userId === 'house',
    issuedAt: toIso((issued += 60_000)),
    ...given,
  })
  await createRecommendations({ db }).insert(db, userId, document)
  named.set(document.id, name)
  return document.id
}

async function ended(id: string, closed: boolean, ...versions: OutcomeStatus[]): Promise<void> {
  await sql`insert into following (recommendation_id, token_id, symbol, source, issued_at, expires_at, closed)
    values (${id}, 't', 'T', 's', now(), now() + interval '1 day', ${closed})`.execute(db)
  for (const [i, status] of versions.entries())
    await sql`insert into outcomes (recommendation_id, version, status, ended_at, document, ledger_seq)
      values (${id}, ${i + 1}, ${status}, now(), '{"outcome": {}}', ${named.size * 10 + i})`.execute(db)
}

beforeAll(async () => {
  db = await createSavedDb()
  await sql`alter table outcomes drop constraint outcomes_ledger_seq_fkey`.execute(db)
  const confident = (value: number) =>
    ({ value, low: 0.3, high: 0.8, n: 40, method: 'prior', measured: value }) as Recommendation['confidence']
  await call('fresh', 'house', { riskRating: 'LOW', confidence: confident(0.6) })
  await ended(await call('open', 'ann', { riskRating: 'HIGH', confidence: confident(0.5) }), false)
  await ended(await call('won', 'house', { actionable: { yes: true, why: 'edge' } }), true, 'TARGET_3')
  await ended(await call('lost', 'ann'), true, 'STOPPED')
  await ended(await call('corrected', 'house'), true, 'STOPPED', 'TARGET_3')
  await ended(await call('anew', 'house'), false, 'STOPPED')
  await ended(await call('unfilled', 'house'), true, 'NOT_FILLED')
  await call('none', 'house', { abstained: 'no candles', confidence: null })
}, 120_000)
afterAll(() => db.destroy())

const any = { token: null, type: null, timeframe: null, before: null, limit: 50 }
const namesOf = async (filter: Partial<RecommendationFilter>) =>
  (await createRecommendations({ db }).list('ann', { ...any, ...filter })).map(({ id }) => named.get(id)).toReversed()

it('calls are found by where they stand: by the last version of an ending, and never where none was made', async () => {
  expect(await namesOf({ status: 'active' })).toEqual(['fresh', 'open', 'anew'])
  expect(await namesOf({ status: 'completed' })).toEqual(['won', 'corrected'])
  expect(await namesOf({ status: 'stopped' })).toEqual(['lost'])
  expect(await namesOf({ status: 'expired' })).toEqual(['unfilled'])
})

it('calls are found by confidence, risk, edge and whose they are', async () => {
  expect(await namesOf({ minConfidence: 0.55, riskRating: 'LOW' })).toEqual(['fresh'])
  expect(await namesOf({ riskRating: 'HIGH', minConfidence: 0.5 })).toEqual(['open'])
  expect(await namesOf({ riskRating: 'HIGH', minConfidence: 0.51 })).toEqual([])
  expect(await namesOf({ actionable: true })).toEqual(['won'])
  expect(await namesOf({ whose: 'mine' })).toEqual(['open', 'lost'])
  expect(await namesOf({ whose: 'house', status: 'completed' })).toEqual(['won', 'corrected'])
})

it('the newest calls of the house are asked the same', async () => {
  const { current } = createRecommendations({ db })
  expect((await current({ ...any, actionable: true })).length).toBe(0)
  expect((await current(any)).map(({ id }) => named.get(id))).toEqual(['none'])
})
