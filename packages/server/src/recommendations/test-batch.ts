import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Failure, houseProfile, minutes, toIso, tokenId } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createIds } from '../platform/ids.ts'
import { createCollectedLog } from '../platform/log.ts'
import { createManualClock, type ManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import { createAsks, type Asks } from './asks.ts'
import { createBatches, jobOf, type Batches } from './batch.ts'
import { createBatchStore, type BatchStore } from './batch-store.ts'
import { createRecommendations, type Recommendations } from './store.ts'
import { sampleRecommendation } from './test-recommendation.ts'

const start = Date.UTC(2026, 3, 1)
const expiresAt = toIso(start + minutes(60 * 24 * 99))
const random = seededRandom(11)
const tokens = ['bitcoin:native', 'ethereum:native', 'solana:native', 'cardano:native', 'polkadot:native'].map(
  (id) => ({
    id: tokenId(id),
    symbol: id.split(':')[0]!,
  }),
)

/** What both databases owe to recommendations that are asked for in one go. `open` gives a migrated, empty one. */
export function testBatch(name: string, open: () => Promise<Db>): void {
  describe(`recommendations asked for in one go, on ${name}`, () => {
    let db: Db
    beforeAll(async () => void (db = await open()), 120_000)
    afterAll(() => db.destroy())
    beforeEach(async () => {
      for (const table of ['batch', 'ask'] as const) await db.deleteFrom(table).execute()
    })
    testCourse(() => db)
  })
}

let made = 0
const idOf = () => `01920000-0000-7000-8000-${String(++made).padStart(12, '0')}`

type Bench = {
  /** When it begins: each a day after the one before, whose answers are then old. */
  readonly at: number
  clock: ManualClock
  asks: Asks
  store: BatchStore
  recommendations: Recommendations
  batches: Batches
  placed: string[]
  /** Another process over the same database. */
  other(): Batches
}

let benches = 0
function bench(db: Db): Bench {
  const at = start + ++benches * minutes(60 * 24)
  const clock = createManualClock(at)
  const ids = createIds({ clock, random })
  const asks = createAsks({ db, ids, clock })
  const store = createBatchStore({ db, ids })
  const recommendations = createRecommendations({ db })
  const placed: string[] = []
  const place = async (id: string) => void placed.push(id)
  const other = () => createBatches({ store, asks, recommendations, clock, log: createCollectedLog(), place })
  return { at, clock, asks, store, recommendations, placed, batches: other(), other }
}

function testCourse(db: () => Db): void {
  const wanted = { userId: 'ann', kind: 'batch' as const, profile: houseProfile, maxAgeMs: minutes(5), tokens }

  /** What an engine does, up to whoever waits: a call of its own, recorded with the answer. */
  async function answer({ asks, recommendations, clock }: Bench, id: string): Promise<string> {
    const ask = (await asks.byId(id))!
    const issuedAt = toIso(clock.now())
    const call = sampleRecommendation({ id: idOf(), house: false, token: ask.token, issuedAt, expiresAt })
    await db()
      .transaction()
      .execute(async (tx) => {
        await recommendations.insert(tx, ask.userId, call)
        await asks.answer(tx, id, call.id)
      })
    return call.id
  }
  const waiting = ({ asks, clock }: Bench) => asks.waiting({ before: clock.now(), houseBefore: clock.now() })

  it('asks two at a time, goes on as they are answered, and ends with all results in order', async () => {
    const one = bench(db())
    const { id } = await one.batches.start(wanted, 2)
    expect(one.placed).toHaveLength(2)
    const results: string[] = []
    for (let i = 0; i < tokens.length; i++) {
      await one.clock.advance(1_000)
      const asked = one.placed[i]!
      results.push(await answer(one, asked))
      await one.batches.answered(asked)
      expect((await waiting(one)).length).toBeLessThanOrEqual(2)
      const job = jobOf((await one.store.of('ann', id))!, one.clock.now())
      expect(job.progress).toEqual({ done: i + 1, failed: 0, total: 5 })
      if (i === 1) expect(job).toMatchObject({ state: 'processing', estimatedCompletionAt: toIso(one.at + 5_000) })
    }
    const job = jobOf((await one.store.of('ann', id))!, one.clock.now())
    expect(job).toMatchObject({
      state: 'completed',
      results,
      endedAt: toIso(one.at + 5_000),
      estimatedCompletionAt: null,
    })
    expect(await one.store.of('bob', id)).toBeNull()
    expect((await one.store.list('ann', null, 10)).map((batch) => batch.id)).toEqual([id])
    expect(await one.store.list('bob', null, 10)).toEqual([])
  })

  it('is gone on with by another process after any step, and asks nothing twice', async () => {
    const one = bench(db())
    const id = await one.store.add(wanted, one.at, 2)
    // Killed after it was kept; then after a question was put and before it was noted; then after an answer that nobody heard of.
    await one.asks.put({ ...wanted, house: false, token: tokens[0]!.id, slot: null, deadlineAt: one.at + minutes(2) })
    await one.other().sweep()
    expect(await waiting(one)).toHaveLength(2)
    for (let i = 0; i < tokens.length; i++) {
      await one.clock.advance(1_000)
      const [next] = await waiting(one)
      await answer(one, next!)
      await Promise.all([one.other().sweep(), one.other().sweep()])
    }
    const job = jobOf((await one.store.of('ann', id))!, one.clock.now())
    expect(job).toMatchObject({ state: 'completed', progress: { done: 5, failed: 0 } })
    expect(new Set(job.results).size).toBe(5)
    const { count } = await db()
      .selectFrom('ask')
      .select((is) => is.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBe(5)
  })

  it('takes for its own what was answered after it was asked for, though no older answer will do', async () => {
    const one = bench(db())
    const [first] = tokens
    const id = await one.store.add({ ...wanted, tokens: [first!], maxAgeMs: 0 }, one.at, 2)
    // Killed when the question was put and not noted; an engine has answered it since.
    const asked = { ...wanted, house: false, token: first!.id, slot: null, deadlineAt: one.at + minutes(2) }
    const call = await answer(one, (await one.asks.put(asked)).id)
    await one.clock.advance(10_000)
    await one.other().sweep()
    expect(jobOf((await one.store.of('ann', id))!, one.clock.now())).toMatchObject({
      state: 'completed',
      results: [call],
    })
    expect(one.placed).toEqual([])
  })

  it('leaves an item as it is that somebody else has moved on meanwhile', async () => {
    const one = bench(db())
    const id = await one.store.add(wanted, one.at, 2)
    const seen = (await one.store.byId(id))!.items[0]!
    await one.store.cancel('ann', id, one.at)
    await one.store.move(id, seen, { state: 'asked', askId: idOf(), attempts: 1 }, one.at)
    expect((await one.store.byId(id))!.items[0]).toMatchObject({ state: 'cancelled', askId: null, attempts: 0 })
  })

  it('gives a fresh answer again, and never one that is older than was asked for', async () => {
    const one = bench(db())
    const [first] = tokens
    const { id: asked } = await one.asks.put({
      ...wanted,
      house: false,
      token: first!.id,
      slot: null,
      deadlineAt: one.at + 1,
    })
    const call = await answer(one, asked)
    await one.clock.advance(minutes(1))
    const fresh = await one.batches.start({ ...wanted, tokens: [first!] }, 9)
    expect(jobOf(fresh, one.clock.now())).toMatchObject({ state: 'completed', results: [call] })
    const anew = await one.batches.start({ ...wanted, tokens: [first!], maxAgeMs: 0 }, 9)
    expect(jobOf(anew, one.clock.now())).toMatchObject({ state: 'processing', results: [] })
  })

  it('tells why a token failed, asks again what no engine answered, and fails where nothing came', async () => {
    const one = bench(db())
    const two = tokens.slice(0, 2)
    const { id } = await one.batches.start({ ...wanted, tokens: two }, 2)
    const [first, second] = one.placed
    await one.asks.fail(first!, new Failure('notFound', 'nobody lists it'))
    await one.asks.fail(second!, new Failure('unavailable', 'no engine answered in time; ask again'))
    await one.batches.sweep()
    expect(one.placed).toHaveLength(3)
    expect(jobOf((await one.store.of('ann', id))!, one.at).items.map(({ problem }) => problem)).toEqual([
      'nobody lists it',
      null,
    ])
    for (const again of [2, 3]) {
      await one.asks.fail(one.placed[again]!, new Failure('unavailable', 'the venues are busy'))
      await one.batches.answered(one.placed[again]!)
    }
    const job = jobOf((await one.store.of('ann', id))!, one.at)
    expect(job).toMatchObject({ state: 'failed', progress: { done: 0, failed: 2 } })
    expect(job.items[1]!.problem).toBe('the venues are busy')
    expect(one.placed).toHaveLength(4)
  })

  it('begins nothing more once it is cancelled by its own user', async () => {
    const one = bench(db())
    const { id } = await one.batches.start(wanted, 2)
    await one.store.cancel('bob', id, one.at)
    expect((await one.store.of('ann', id))!.endedAt).toBeNull()
    await answer(one, one.placed[0]!)
    await one.batches.answered(one.placed[0]!)
    await one.store.cancel('ann', id, one.at)
    await answer(one, one.placed[1]!)
    await one.batches.answered(one.placed[1]!)
    await one.batches.sweep()
    expect(one.placed).toHaveLength(3)
    const job = jobOf((await one.store.of('ann', id))!, one.at)
    expect(job).toMatchObject({ state: 'cancelled', progress: { done: 1, failed: 0, total: 5 } })
    await one.store.cancel('ann', id, one.at + 5)
    expect((await one.store.of('ann', id))!.endedAt).toBe(one.at)
  })

  it('is refused where a user has as many under way as his tier may', async () => {
    const one = bench(db())
    const many = await Promise.allSettled([1, 2, 3, 4].map(() => one.store.add(wanted, one.at, 2)))
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(many.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'tooMany', retryAfterMs: 10_000 },
    })
    await one.store.add({ ...wanted, userId: 'bob' }, one.at, 2)
  })

  it('is forgotten thirty days after it ended', async () => {
    const one = bench(db())
    const id = await one.store.add(wanted, one.at, 2)
    await one.store.cancel('ann', id, one.at)
    await one.clock.advance(minutes(60 * 24 * 30))
    await one.batches.sweep()
    expect(await one.store.of('ann', id)).not.toBeNull()
    await one.clock.advance(1)
    await one.batches.sweep()
    expect(await one.store.of('ann', id)).toBeNull()
  })
}
