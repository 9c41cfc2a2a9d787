import { canonical, Failure, minutes, seconds, type Profile, type Recommendation, type Token } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Answers } from './answers.ts'
import type { Asks } from './asks.ts'
import type { Recommendations } from './store.ts'

type Needs = {
  asks: Asks
  answers: Answers
  recommendations: Recommendations
  clock: Clock
  /** Puts the question before an engine; fails while there is no queue. */
  place(askId: string): Promise<void>
}
export type AskAdvice = ReturnType<typeof createAskAdvice>

/** The technical kind's TTL: an answer no older than this is still the answer. */
export const freshAnswerMs = minutes(5)

/** A question is given up when no engine has answered it for so long. */
const answerWithinMs = minutes(1)

/** Below the server's own limit, so that who waits is told what became of his question. */
const waitAtMostMs = seconds(25)

type Answer = { made: boolean; document: Recommendation }
type Question = { userId: string; token: Token; profile: Profile; maxAgeMs: number }

/**
 * The one place that asks "is the advice fresh?": a sealed answer for the same question, else a new one. Equal questions that wait are one:
 * within a process they share the wait, between processes the row.
 */
export function createAskAdvice({ asks, answers, recommendations, clock, place }: Needs) {
  const underWay = new Map<string, Promise<Answer>>()

  async function answered({ userId, token, profile, maxAgeMs }: Question): Promise<Answer> {
    const last = await recommendations.latest(userId, token.id, profile.timeframe)
    const fresh = last && sameQuestion(last, profile) && clock.now() - Date.parse(last.issuedAt) <= maxAgeMs
    if (fresh && (await asks.isFor(last.id, profile))) return { made: false, document: last }
    const deadlineAt = clock.now() + answerWithinMs
    const { id, isNew } = await asks.put({ userId, house: false, token: token.id, profile, slot: null, deadlineAt })
    const answer = answers.of(id, { withinMs: waitAtMostMs })
    // It may fail while the question is still being placed: whoever asked is told below, and the process goes on.
    answer.catch(() => {})
    // The question is kept: without a queue it is placed as soon as there is one.
    if (isNew) await place(id).catch(() => {})
    const document = await recommendations.byId(userId, await answer)
    if (!document) throw new Failure('broken', `the answer to ${id} is not kept`)
    return { made: isNew, document }
  }

  return async function askAdvice(
    userId: string,
    token: Token,
    profile: Profile,
    maxAgeMs = freshAnswerMs,
    abort?: AbortSignal,
  ): Promise<Answer> {
    abort?.throwIfAborted()
    const key = canonical({ userId, token: token.id, profile, maxAgeMs })
    const joined = underWay.get(key)
    const answer = joined ?? answered({ userId, token, profile, maxAgeMs }).finally(() => underWay.delete(key))
    if (!joined) underWay.set(key, answer)
    const { made, document } = await unlessAborted(answer, abort)
    return { made: made && !joined, document }
  }
}

/** Whoever goes away is told at once; what is under way serves others still. */
function unlessAborted<T>(answer: Promise<T>, abort: AbortSignal | undefined): Promise<T> {
  if (!abort) return answer
  const { promise, reject } = Promise.withResolvers<never>()
  const leave = () => reject(abort.reason)
  abort.addEventListener('abort', leave, { once: true })
  return Promise.race([answer, promise]).finally(() => abort.removeEventListener('abort', leave))
}

export function sameQuestion(last: Recommendation, profile: Profile): boolean {
  const { riskTolerance, mode, timeframe } = profile
  return (
    last.abstained === null &&
    last.riskTolerance === riskTolerance &&
    last.mode === mode &&
    last.timeframe === timeframe &&
    JSON.stringify(last.weights) === JSON.stringify(profile.weights)
  )
}
