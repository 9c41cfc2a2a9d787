import { days, Failure, isFailure, minutes } from '@pumpiq/domain'
import type { Job } from '@pumpiq/api'
import { toIso } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { sameQuestion } from './ask.ts'
import type { Asks } from './asks.ts'
import type { Batch, BatchItem, BatchStore, NewBatch } from './batch-store.ts'
import type { Recommendations } from './store.ts'

/** Questions of one batch that engines work at together: others ask too. */
const together = 2
/** A question is given up when no engine has answered it for so long, and then asked again, so often in all. */
const answerWithinMs = minutes(2)
const attemptsAtMost = 3
/** What one answer takes while nothing is known of the pace. */
const usualMs = 4_000
const keptMs = days(30)

type Needs = {
  store: BatchStore
  asks: Asks
  recommendations: Pick<Recommendations, 'latest'>
  clock: Pick<Clock, 'now'>
  log: Log
  /** Puts a question before an engine; fails while there is no queue. */
  place(askId: string): Promise<void>
}
export type Batches = ReturnType<typeof createBatches>

/**
 * Goes on with recommendations asked for in one go. Nobody holds a batch: each step reads what is there and moves rows on, so that any
 * process may take it, twice at once too, and one that is killed leaves nothing half done.
 */
export function createBatches({ store, asks, recommendations, clock, log, place }: Needs) {
  /** What became of the question of an item. */
  async function settle(batch: Batch, item: BatchItem): Promise<void> {
    const ask = item.askId === null ? null : await asks.byId(item.askId)
    if (ask?.state === 'waiting') return
    const now = clock.now()
    if (ask?.state === 'done')
      return store.move(batch.id, item, { state: 'done', recommendationId: ask.recommendationId }, now)
    const failure = ask?.failure ?? new Failure('unavailable', 'the question is gone')
    const again = failure.code === 'unavailable' && item.attempts < attemptsAtMost
    await store.move(batch.id, item, again ? { state: 'waiting' } : { state: 'failed', problem: failure.message }, now)
  }

  /** An answer that is there already is given: one that is fresh, or that was made for this batch. */
  async function askOne(batch: Batch, item: BatchItem): Promise<void> {
    const { userId, profile, createdAt, maxAgeMs } = batch
    const now = clock.now()
    const last = await recommendations.latest(userId, item.token, profile.timeframe)
    const oldest = Math.min(createdAt, now - maxAgeMs)
    const isSame = last && sameQuestion(last, profile) && Date.parse(last.issuedAt) >= oldest
    if (isSame && (await asks.isFor(last.id, profile)))
      return store.move(batch.id, item, { state: 'done', recommendationId: last.id }, now)
    const deadlineAt = now + answerWithinMs
    const question = { userId, house: false, token: item.token, profile, slot: null, deadlineAt }
    const { id, isNew } = await asks.put(question)
    await store.move(batch.id, item, { state: 'asked', askId: id, attempts: item.attempts + 1 }, now)
    // The question is kept: without a queue it is placed as soon as there is one.
    if (isNew) await place(id).catch(() => {})
  }

  /** As far as it goes without waiting. */
  async function advance(id: string): Promise<void> {
    // Each turn but the last moves an item on.
    for (let turn = 0; turn < 100; turn++) {
      const batch = await store.byId(id)
      if (!batch || batch.endedAt !== null) return
      const asked = batch.items.filter(({ state }) => state === 'asked')
      for (const item of asked) await settle(batch, item)
      const left = ((await store.byId(id)) ?? batch).items
      const waiting = left.filter(({ state }) => state === 'waiting')
      const room = together - left.filter(({ state }) => state === 'asked').length
      if (waiting.length + together - room === 0) return store.end(id, clock.now())
      const next = waiting.slice(0, Math.max(0, room))
      if (next.length === 0) return
      for (const item of next) await askOne(batch, item)
    }
  }

  return {
    async start(wanted: NewBatch, most: number): Promise<Batch> {
      const id = await store.add(wanted, clock.now(), most)
      await advance(id)
      return (await store.byId(id))!
    },
    advance,

    /** An engine is done with a question: whoever waited for it goes on. What fails here is done by whoever sweeps. */
    async answered(askId: string): Promise<void> {
      try {
        for (const id of await store.waitingFor(askId)) await advance(id)
      } catch (error) {
        log.warn('a batch could not be gone on with; it is gone on with soon', { error })
      }
    },

    /** Goes on with all that are under way, and lets go of old ones. */
    async sweep(): Promise<void> {
      for (const id of await store.open()) {
        try {
          await advance(id)
        } catch (thrown) {
          // One that fails keeps the others from nothing.
          if (!isFailure(thrown)) throw thrown
          log.warn(`a batch could not be gone on with: ${thrown.message}`)
        }
      }
      await store.forget(clock.now() - keptMs)
    },
  }
}

/** As it is shown at `now`. */
export function jobOf(batch: Batch, now: number): Job {
  const { id, kind, createdAt, endedAt, items } = batch
  const count = (state: BatchItem['state']) => items.filter((item) => item.state === state).length
  const [done, failed] = [count('done'), count('failed')]
  const left = items.length - done - failed
  const paceMs = done + failed > 0 ? (now - createdAt) / (done + failed) : usualMs
  return {
    id,
    kind,
    state: stateOf(batch, done),
    createdAt: toIso(createdAt),
    endedAt: endedAt === null ? null : toIso(endedAt),
    estimatedCompletionAt: endedAt === null ? toIso(Math.round(now + left * paceMs)) : null,
    progress: { done, failed, total: items.length },
    results: items.flatMap(({ recommendationId }) => (recommendationId === null ? [] : [recommendationId])),
    items: items.map(({ token, symbol, state, recommendationId: recommendation, problem }) => ({
      token,
      symbol,
      state,
      recommendation,
      problem,
    })),
  }
}

function stateOf({ cancelled, endedAt, items }: Batch, done: number): Job['state'] {
  if (cancelled) return 'cancelled'
  if (endedAt !== null) return done === 0 ? 'failed' : 'completed'
  return items.some(({ state, attempts }) => state !== 'waiting' || attempts > 0) ? 'processing' : 'pending'
}
