import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { Failure, houseProfile, minutes } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createIds } from '../platform/ids.ts'
import { createManualClock, type ManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import { knownTokens } from '../tokens/known.ts'
import { createAnswers, type Answers } from './answers.ts'
import { createAskAdvice, type AskAdvice } from './ask.ts'
import { createAsks, type Asks } from './asks.ts'
import { createRecommendations, type Recommendations } from './store.ts'
import { sampleRecommendation } from './test-recommendation.ts'

const startMs = 120_000
const token = knownTokens[0]!
const question = { userId: 'ann', house: false, token: token.id, profile: houseProfile, slot: null }

let db: Db
let clock: ManualClock
let asks: Asks
let answers: Answers
let recommendations: Recommendations
let askAdvice: AskAdvice
let placed: string[]

const random = seededRandom(5)
beforeAll(async () => (db = await createSavedDb()), startMs)
afterAll(() => db.destroy())
beforeEach(async () => {
  await db.deleteFrom('ask').execute()
  clock = createManualClock(Date.UTC(2026, 3, 1))
  const ids = createIds({ clock, random })
  asks = createAsks({ db, ids, clock })
  answers = createAnswers({ asks, clock, lookEveryMs: 250 })
  recommendations = createRecommendations({ db })
  placed = []
  const place = async (id: string) => void placed.push(id)
  askAdvice = createAskAdvice({ asks, answers, recommendations, clock, place })
})

/** What an engine does: a call of its own, recorded with the answer, or neither. */
async function answer(id: string, userId = 'ann') {
  const made = sampleRecommendation({
    id: createIds({ clock, random }).next(),
    house: false,
  })
  await db.transaction().execute(async (tx) => {
    await recommendations.insert(tx, userId, made)
    await asks.answer(tx, id, made.id)
  })
  return made
}
const iso = (at: number) => new Date(at).toISOString()
const due = (ms = minutes(1)) => clock.now() + ms

it('makes one question of equal ones that wait, and a new one once it has been answered', async () => {
  const all = Promise.all(Array.from({ length: 50 }, () => askAdvice('ann', token, houseProfile, 0)))
  await expect.poll(() => placed.length).toBe(1)
  const made = await answer(placed[0]!)
  answers.ended(placed[0]!)
  const given = await all
  expect(new Set(given.map(({ document }) => document.id))).toEqual(new Set([made.id]))
  expect(given.filter(({ made: isNew }) => isNew)).toHaveLength(1)
  await clock.advance(1)
  void askAdvice('ann', token, houseProfile, 0).catch(() => {})
  await expect.poll(() => placed.length).toBe(2)
  expect(placed[1]).not.toBe(placed[0])
})

it('hears of an answer that another process gave by looking', async () => {
  const asked = askAdvice('ann', token, houseProfile, 0)
  await expect.poll(() => placed.length).toBe(1)
  const made = await answer(placed[0]!)
  await clock.advance(250)
  expect((await asked).document.id).toBe(made.id)
})

it('tells the reason of a question that failed, and keeps one that nobody answers', async () => {
  const failing = askAdvice('ann', token, houseProfile, 0)
  await expect.poll(() => placed.length).toBe(1)
  await asks.fail(placed[0]!, new Failure('tooMany', 'the venues are busy'))
  answers.ended(placed[0]!)
  await expect(failing).rejects.toMatchObject({ code: 'tooMany', message: 'the venues are busy' })
  const unanswered = askAdvice('ann', token, houseProfile, 0)
  const thrown = unanswered.catch((error: unknown) => error)
  await expect.poll(() => placed.length).toBe(2)
  for (let i = 0; i < 120; i++) await clock.advance(250)
  expect(await thrown).toMatchObject({ code: 'unavailable', message: expect.stringContaining('the question is kept') })
  expect((await asks.byId(placed[1]!))?.state).toBe('waiting')
})

it('keeps a question that cannot be placed, for whoever sweeps', async () => {
  const place = () => Promise.reject(new Failure('unavailable', 'no queue'))
  const asked = createAskAdvice({ asks, answers, recommendations, clock, place })('ann', token, houseProfile, 0)
  const waiting = () => asks.waiting({ before: clock.now(), houseBefore: 0 })
  await expect.poll(async () => (await waiting()).length).toBe(1)
  const [id] = await waiting()
  const made = await answer(id!)
  answers.ended(id!)
  expect((await asked).document.id).toBe(made.id)
  expect(await waiting()).toEqual([])
})

it('tells whoever asked, and ends no process, when the database is lost while the question is still being placed', async () => {
  const gone = createAnswers({
    asks: { ...asks, byId: () => Promise.reject(new Error('the connection was reset')) },
    clock,
    lookEveryMs: 250,
  })
  const placing = Promise.withResolvers<void>()
  const place = () => placing.promise
  const asked = createAskAdvice({ asks, answers: gone, recommendations, clock, place })('ann', token, houseProfile, 0)
  setTimeout(() => placing.resolve(), 20)
  await expect(asked).rejects.toThrow('the connection was reset')
})

it('looks again in its own time, not in a circle, when an engine ended without an answer', async () => {
  let looks = 0
  const counting = createAnswers({
    asks: { ...asks, byId: (id) => (looks++, asks.byId(id)) },
    clock,
    lookEveryMs: 250,
  })
  const { id } = await asks.put({ ...question, deadlineAt: due() })
  const waiting = counting.of(id, { withinMs: 1_000 })
  await expect.poll(() => looks).toBe(1)
  await expect.poll(() => clock.dueIn()).toBe(250)
  counting.ended(id)
  await expect.poll(() => looks).toBe(2)
  await expect.poll(() => clock.dueIn()).toBe(250)
  expect(looks).toBe(2)
  const made = await answer(id)
  counting.ended(id)
  expect(await waiting).toBe(made.id)
})

it('says that there is no answer when the only engine ended without one', async () => {
  const here = createAnswers({ asks, clock, lookEveryMs: null })
  const { id } = await asks.put({ ...question, deadlineAt: due() })
  const waiting = here.of(id, { withinMs: 1_000 }).catch((thrown: unknown) => thrown)
  await asks.byId(id)
  here.ended(id)
  expect(await waiting).toMatchObject({ code: 'unavailable' })
})

it('tells whoever waits at once that the process ends, but not whose answer is there', async () => {
  const [one, other] = [
    await asks.put({ ...question, deadlineAt: due() }),
    await asks.put({ ...question, token: knownTokens[1]!.id, deadlineAt: due() }),
  ]
  const waiting = answers.of(one.id, { withinMs: minutes(1) }).catch((thrown: unknown) => thrown)
  const answered = answers.of(other.id, { withinMs: minutes(1) })
  await expect.poll(() => clock.dueIn()).toBe(250)
  const made = await answer(other.id)
  answers.stop()
  expect(await waiting).toMatchObject({ code: 'unavailable', message: expect.stringContaining('is stopping') })
  expect(await answered).toBe(made.id)
  expect((await asks.byId(one.id))?.state).toBe('waiting')
})

it('asks nothing for a client who has left already', async () => {
  const left = AbortSignal.abort(new Failure('unavailable', 'the client has gone'))
  await expect(askAdvice('ann', token, houseProfile, 0, left)).rejects.toThrow('the client has gone')
  expect(placed).toEqual([])
})

it('is answered once: a second answer is refused with all that was to be recorded with it', async () => {
  const { id } = await asks.put({ ...question, deadlineAt: due() })
  const first = await answer(id)
  await expect(answer(id, 'ann')).rejects.toMatchObject({ code: 'conflict' })
  expect(await asks.byId(id)).toMatchObject({ state: 'done', recommendationId: first.id })
  const kept = await db.selectFrom('recommendations').select('id').where('userId', '=', 'ann').execute()
  expect(kept.map((row) => row.id)).toContain(first.id)
  await asks.fail(id, new Failure('broken', 'too late'))
  expect((await asks.byId(id))?.state).toBe('done')
})

it('is asked once in a slot of the house, answered or not, and again in the next', async () => {
  const house = { ...question, house: true, slot: Date.UTC(2026, 3, 1), deadlineAt: due() }
  const { id } = await asks.put(house)
  expect(await asks.put(house)).toEqual({ id, isNew: false })
  await answer(id)
  expect(await asks.put(house)).toEqual({ id, isNew: false })
  // A version that asks otherwise may begin in the middle of a slot.
  const otherwise = { ...houseProfile, timeframe: 'SCALP' as const }
  expect(await asks.put({ ...house, profile: otherwise })).toEqual({ id, isNew: false })
  expect((await asks.put({ ...house, slot: house.slot + 900_000 })).isNew).toBe(true)
})

it('gives up what was not answered in time, and tells how a round of the house is', async () => {
  expect((await asks.round()).nextRunAt).toBeNull()
  const slot = Date.UTC(2026, 3, 1)
  const house = { ...question, house: true, slot, deadlineAt: due() }
  const one = await asks.put(house)
  await asks.put({ ...house, token: knownTokens[1]!.id })
  await answer(one.id)
  expect(await asks.round()).toEqual({ tracked: 2, running: true, lastRunAt: null, nextRunAt: iso(slot + 900_000) })
  expect(await asks.expire()).toBe(0)
  await clock.advance(minutes(1) + 1)
  expect(await asks.expire()).toBe(1)
  expect(await asks.round()).toMatchObject({ tracked: 2, running: false, lastRunAt: iso(clock.now()) })
})
