import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { minutes, price, toIso, type Recommendation } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createFollowStates, saying, shownFollow } from './follow-state.ts'
import { createRecommendations } from './store.ts'
import { sampleRecommendation } from './test-recommendation.ts'

const start = Date.UTC(2026, 3, 1)
const expiresAt = toIso(start + minutes(60 * 24 * 99))

/** What both databases owe to what users make of recommendations. `open` gives a migrated, empty one. */
export function testFollow(name: string, open: () => Promise<Db>): void {
  describe(`what users make of recommendations, on ${name}`, () => {
    let db: Db
    beforeAll(async () => void (db = await open()), 120_000)
    afterAll(() => db.destroy())
    beforeEach(async () => void (await db.deleteFrom('followState').execute()))
    testStates(() => db)
    testWords()
  })
}

let made = 0
const idOf = () => `01920000-0000-7000-8000-${String(++made).padStart(12, '0')}`

const own = { state: 'following' as const, note: 'mine', entered: null, exited: null }

function testStates(db: () => Db): void {
  const filter = { token: null, type: null, timeframe: null, before: null, limit: 10 }
  async function put(userId: string, given: Partial<Recommendation> = {}) {
    const call = sampleRecommendation({ id: idOf(), house: userId === 'house', expiresAt, ...given })
    await createRecommendations({ db: db() }).insert(db(), userId, call)
    return call
  }

  it('keeps what one makes of a recommendation for himself, and leaves the record as it is', async () => {
    const follows = createFollowStates({ db: db() })
    const call = await put('house')
    const entered = { price: price('0.000000001234'), at: start }
    await follows.put('ann', call.id, { ...own, entered }, start)
    expect(await follows.of('ann', call.id)).toEqual({ ...own, entered, updatedAt: start })
    expect(await follows.of('bob', call.id)).toBeNull()
    await follows.put('ann', call.id, { ...own, state: 'done' }, start + 1)
    expect(await follows.of('ann', call.id)).toMatchObject({ state: 'done', entered: null, updatedAt: start + 1 })
    expect(await createRecommendations({ db: db() }).byId('ann', call.id)).toEqual(call)
  })

  it('lists what one follows and may see, newest first, by the filters of all lists', async () => {
    const follows = createFollowStates({ db: db() })
    const older = await put('house', { issuedAt: toIso(start - 10), type: 'HOLD' })
    const newer = await put('house', { issuedAt: toIso(start), type: 'AVOID' })
    const others = await put('bob')
    const dismissed = await put('ann')
    for (const { id } of [older, newer, others]) await follows.put('ann', id, own, start)
    await follows.put('ann', dismissed.id, { ...own, state: 'dismissed' }, start)
    const listed = async (given: object) =>
      (await follows.following('ann', { ...filter, ...given })).map(({ id }) => id)
    expect(await listed({})).toEqual([newer.id, older.id])
    expect(await listed({ type: 'HOLD' })).toEqual([older.id])
    expect(await listed({ before: { at: start, id: newer.id } })).toEqual([older.id])
    expect(await listed({ whose: 'mine' })).toEqual([])
    expect(await follows.following('bob', filter)).toEqual([])
  })
}

function testWords(): void {
  it('understands the words of the first version, and changes only what is said', () => {
    const entered = { price: price('100'), at: start - 5 }
    const old = { ...own, entered }
    const done = saying(old, { status: 'STOPPED', currentPrice: price('90') }, start)
    expect(done).toEqual({ ...old, state: 'done', exited: { price: '90', at: start } })
    expect(shownFollow({ ...done, updatedAt: start }, 'BUY').returnPct).toBe(-10)
    expect(shownFollow({ ...done, updatedAt: start }, 'SELL').returnPct).toBe(10)
    expect(saying(old, { state: 'paused' }, start)).toEqual({ ...old, state: 'paused' })
    expect(saying(old, { note: null, entered: null }, start)).toEqual({ ...own, note: null })
    expect(saying(null, { note: 'seen' }, start)).toMatchObject({ state: 'following', note: 'seen' })
  })

  it('refuses what lies ahead, and leaving before coming', () => {
    const at = (ms: number) => ({ price: price('1'), at: toIso(start + ms) })
    expect(() => saying(null, { entered: at(minutes(6)) }, start)).toThrow('entered.at lies ahead')
    expect(() => saying(null, { entered: at(0), exited: at(-1) }, start)).toThrow('lies before entered.at')
  })
}
