import { expect, it } from 'vitest'
import { Failure, houseProfile, seconds } from '@pumpiq/domain'
import { nobody, type Caller } from '@pumpiq/api'
import { createManualClock } from '../platform/manual-clock.ts'
import { knownTokens } from '../tokens/known.ts'
import type { Batch, NewBatch } from './batch-store.ts'
import { createRecommendationRoutes } from './routes.ts'
import { sampleRecommendation } from './test-recommendation.ts'

const caller: Caller = { ...nobody, userId: 'ann', role: 'user', tier: 'free' }
const token = knownTokens[0]!

/** The routes over an engine whose answer is `answer`, and what they did besides. */
function routesOver(answer: Promise<{ made: boolean; document: ReturnType<typeof sampleRecommendation> }>) {
  const clock = createManualClock(Date.UTC(2026, 3, 1))
  const started: NewBatch[] = []
  let asked = 0
  async function start(wanted: NewBatch): Promise<Batch> {
    started.push(wanted)
    const id = '01920000-0000-7000-8000-0000000000aa'
    return { ...wanted, id, createdAt: clock.now(), cancelled: false, endedAt: null, items: [] }
  }
  const { create } = createRecommendationRoutes({
    tokens: { resolve: async () => token },
    questionFor: async () => ({ profile: houseProfile, maxAgeMs: 300_000 }),
    askAdvice: () => (asked++, answer),
    batches: { start },
    follows: {},
    clock,
  } as never)
  const body = { token: 'BTC', maxAgeMs: 60_000 }
  const { signal: abort } = new AbortController()
  const ask = (waitMs: number | null) =>
    Promise.resolve(create({ caller, body, abort, prefers: { waitMs }, params: undefined, query: undefined }))
  return { clock, started, ask, asked: () => asked }
}

const given = { made: true, document: sampleRecommendation({ house: false }) }

it('gives who says nothing, or waits long enough, the recommendation itself', async () => {
  const { ask, started, clock } = routesOver(Promise.resolve(given))
  expect(await ask(null)).toBe(given)
  expect(await ask(seconds(5))).toBe(given)
  expect(started).toEqual([])
  expect(clock.dueIn()).toBeNull()
})

it('gives who has waited long enough a job of the same question', async () => {
  const { ask, started, clock } = routesOver(new Promise(() => {}))
  const told = ask(seconds(5))
  await expect.poll(() => clock.dueIn()).toBe(seconds(5))
  expect(started).toEqual([])
  await clock.advance(seconds(5))
  expect(await told).toMatchObject({ accepted: { kind: 'recommendation', state: 'pending' } })
  expect(started).toMatchObject([{ userId: 'ann', profile: houseProfile, maxAgeMs: 60_000, tokens: [token] }])
})

it('gives who will not wait a job at once, and asks nothing besides', async () => {
  const { ask, started, asked } = routesOver(Promise.resolve(given))
  expect(await ask(0)).toMatchObject({ accepted: { kind: 'recommendation' } })
  expect(started).toHaveLength(1)
  expect(asked()).toBe(0)
})

it('tells whoever still waits why there is no recommendation', async () => {
  const { ask, started } = routesOver(Promise.reject(new Failure('tooMany', 'the venues are busy')))
  await expect(ask(seconds(5))).rejects.toThrow('the venues are busy')
  expect(started).toEqual([])
})
