import { sql } from 'kysely'
import { tokenId, type Recommendation } from '@pumpiq/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { sha256Hex } from '../platform/hash.ts'
import { createIds } from '../platform/ids.ts'
import { seededRandom } from '../platform/random.ts'
import { createRecommendations, type RecommendationFilter, type Recommendations } from './store.ts'
import { sampleRecommendation } from './test-recommendation.ts'

// A cold start of the embedded database takes seconds, and many of them on a machine that is busy.
const startMs = 120_000

let db: Db
let store: Recommendations
const ids = createIds({ clock: { now: () => 1_700_000_000_000 }, random: seededRandom(3) })
const [bitcoin, ether] = [tokenId('bitcoin:native'), tokenId('ethereum:native')]

beforeAll(async () => {
  db = await createSavedDb()
  store = createRecommendations({ db })
}, startMs)
afterAll(() => db.destroy())
beforeEach(async () => {
  // What no user of the product can do: the test owns the database and takes the guard away.
  await sql`alter table recommendations disable trigger all`.execute(db)
  await db.deleteFrom('recommendations').execute()
  await sql`alter table recommendations enable trigger all`.execute(db)
})

type Given = Parameters<typeof sampleRecommendation>[0]
async function put(userId: string, given: Given): Promise<Recommendation> {
  const document = sampleRecommendation({ id: ids.next(), house: userId === 'house', ...given })
  await store.insert(db, userId, document)
  return document
}
const any = { token: null, type: null, timeframe: null, before: null, limit: 10 }
const asked = (given: Partial<RecommendationFilter>): RecommendationFilter => ({ ...any, ...given })
const behind = ({ issuedAt, id }: Recommendation) => ({ at: Date.parse(issuedAt), id })
const at = (hour: number) => new Date(Date.UTC(2024, 0, 1, hour)).toISOString()

describe('recommendations', () => {
  it('come out as they went in, tiny prices and text included', async () => {
    const document = await put('ann', {})
    expect(await store.byId('ann', document.id)).toEqual(document)
  })

  it('of a user are not there for another; those of the house are there for all', async () => {
    const own = await put('ann', {})
    const house = await put('house', {})
    expect(await store.byId('bob', own.id)).toBeNull()
    expect(await store.byId('bob', house.id)).toEqual(house)
    expect(await store.list('bob', asked({ limit: 10 }))).toEqual([house])
    expect(await store.latest('bob', bitcoin, 'SWING')).toBeNull()
    expect(await store.byId('ann', ids.next())).toBeNull()
  })

  it('are listed newest first, page by page, without a hole or a double where instants are equal', async () => {
    const all: Recommendation[] = []
    for (let n = 0; n < 23; n++) all.push(await put(n % 2 ? 'ann' : 'house', { issuedAt: at(Math.floor(n / 4)) }))
    const seen: Recommendation[] = []
    for (;;) {
      const before = seen.at(-1)
      const page = await store.list('ann', asked({ limit: 5, before: before ? behind(before) : null }))
      if (page.length === 0) break
      seen.push(...page)
    }
    expect(seen).toEqual(all.toSorted((a, b) => (b.issuedAt + b.id > a.issuedAt + a.id ? 1 : -1)))
  })

  it('are found by token, type and timeframe', async () => {
    await put('ann', {})
    const wanted = await put('ann', { token: ether, type: 'AVOID', timeframe: 'SCALP' })
    expect(await store.list('ann', asked({ token: ether, limit: 9 }))).toEqual([wanted])
    expect(await store.list('ann', asked({ type: 'AVOID', limit: 9 }))).toEqual([wanted])
    expect(await store.list('ann', asked({ timeframe: 'SCALP', limit: 9 }))).toEqual([wanted])
    expect(await store.list('ann', asked({ token: ether, type: 'BUY', limit: 9 }))).toEqual([])
    expect((await store.latest('ann', ether, 'SCALP'))?.id).toBe(wanted.id)
  })

  it('refuse a page of no or too many', async () => {
    await expect(store.list('ann', asked({ limit: 0 }))).rejects.toThrow(
      'limit is a whole number from 1 to 1000, not 0',
    )
  })

  it('cannot be had twice under one id', async () => {
    const document = await put('ann', {})
    await expect(store.insert(db, 'bob', document)).rejects.toMatchObject({ code: '23505' })
  })
})

describe('current house calls', () => {
  it('are the newest of each token, whoever else asked, and an older one of a type is not current', async () => {
    await put('house', { type: 'AVOID', issuedAt: at(1) })
    const newest = await put('house', { issuedAt: at(5) })
    await put('ann', { issuedAt: at(9) })
    const other = await put('house', { token: ether, type: 'AVOID', issuedAt: at(3) })
    expect(await store.current(asked({ limit: 10 }))).toEqual([newest, other])
    expect(await store.current(asked({ limit: 10, type: 'AVOID' }))).toEqual([other])
    expect(await store.current(asked({ limit: 10, token: bitcoin }))).toEqual([newest])
    expect(await store.current(asked({ limit: 10, timeframe: 'SCALP' }))).toEqual([])
    expect(await store.current(asked({ limit: 10, before: behind(newest) }))).toEqual([other])
    expect([await store.countCurrent(), await store.countCurrent('SCALP')]).toEqual([2, 0])
  })
})

describe('lists', () => {
  it('hold what a person would pick out of all, whatever is asked for', async () => {
    const random = seededRandom(11)
    const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
    const [tokens, types] = [[bitcoin, ether, tokenId('solana:native')], ['BUY', 'AVOID'] as const]
    const timeframes = ['SCALP', 'SWING', 'LONG_TERM'] as const
    const all: { userId: string; call: Recommendation }[] = []
    for (let n = 0; n < 80; n++) {
      const userId = pick(['house', 'house', 'ann', 'bob'])
      const given = {
        token: pick(tokens),
        type: pick(types),
        timeframe: pick(timeframes),
        issuedAt: at(pick([1, 2, 3, 4, 5])),
      }
      all.push({ userId, call: await put(userId, given) })
    }
    const order = (one: Recommendation, other: Recommendation) =>
      other.issuedAt + other.id > one.issuedAt + one.id ? 1 : -1
    const seen = (who: (userId: string) => boolean) =>
      all.flatMap(({ userId, call }) => (who(userId) ? [call] : [])).toSorted(order)
    const own = seen((userId) => userId !== 'bob')
    const house = seen((userId) => userId === 'house')
    for (let n = 0; n < 60; n++) {
      const [token, type, timeframe, before] = [
        pick([null, ...tokens]),
        pick([null, ...types]),
        pick([null, ...timeframes]),
        pick([null, ...own]),
      ]
      const filter = asked({ token, type, timeframe, before: before && behind(before), limit: pick([1, 3, 50]) })
      const some = (calls: Recommendation[]) =>
        calls
          .filter((call) => (token === null || call.token === token) && (type === null || call.type === type))
          .filter((call) => timeframe === null || call.timeframe === timeframe)
          .filter((call) => before === null || order(call, before) > 0)
          .slice(0, filter.limit)
          .map(({ id }) => id)
      const inTime = house.filter((call) => timeframe === null || call.timeframe === timeframe)
      const current = inTime.filter((call, i) => inTime.findIndex((other) => other.token === call.token) === i)
      expect((await store.list('ann', filter)).map(({ id }) => id)).toEqual(some(own))
      expect((await store.current(filter)).map(({ id }) => id)).toEqual(some(current))
      expect(await store.countCurrent(timeframe)).toBe(current.length)
    }
  })
})

describe('inputs', () => {
  it('are kept once under their hash, and text of another hash is refused', async () => {
    const body = '{"brief":1}'
    const hash = sha256Hex(body)
    expect([await store.hasInputs(hash), await store.inputs(hash)]).toEqual([false, null])
    await store.putInputs(db, hash, body)
    await store.putInputs(db, hash, body)
    expect([await store.hasInputs(hash), await store.inputs(hash)]).toEqual([true, body])
    await expect(store.putInputs(db, hash, '{"brief":2}')).rejects.toThrow(`were to be kept as ${hash}`)
  })

  it('vanish with the transaction they were written in', async () => {
    const body = '{"brief":3}'
    const work = db.transaction().execute(async (tx) => {
      await store.putInputs(tx, sha256Hex(body), body)
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await store.hasInputs(sha256Hex(body))).toBe(false)
  })
})
