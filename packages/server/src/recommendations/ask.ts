import { minutes, type Profile, type Recommendation, type Token } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Advise } from './advise.ts'
import type { Recommendations } from './store.ts'

type Needs = { advise: Advise; recommendations: Recommendations; clock: Clock }
export type AskAdvice = ReturnType<typeof createAskAdvice>

/** The technical kind's TTL: an answer no older than this is still the answer. */
export const freshAnswerMs = minutes(5)

/** The one place that asks "is the advice fresh?": a sealed answer for the same question, else a new one; equal questions in flight are one. */
export function createAskAdvice({ advise, recommendations, clock }: Needs) {
  const inFlight = new Map<string, Promise<Recommendation>>()

  return async function askAdvice(
    userId: string,
    token: Token,
    profile: Profile,
    maxAgeMs = freshAnswerMs,
    abort?: AbortSignal,
  ): Promise<{ made: boolean; document: Recommendation }> {
    const last = await recommendations.latest(userId, token.id, profile.timeframe)
    const fresh = last && sameQuestion(last, profile) && clock.now() - Date.parse(last.issuedAt) <= maxAgeMs
    if (fresh) return { made: false, document: last }
    const key = JSON.stringify([userId, token.id, profile])
    const running = inFlight.get(key)
    if (running) return { made: false, document: await running }
    // Whoever asked first may leave; the others still want the answer, so once it is begun it is not aborted with him.
    abort?.throwIfAborted()
    const answer = advise({ userId, token, profile, house: false }).finally(() => inFlight.delete(key))
    inFlight.set(key, answer)
    return { made: true, document: await answer }
  }
}

function sameQuestion(last: Recommendation, profile: Profile): boolean {
  const { riskTolerance, mode, timeframe } = profile
  return (
    last.abstained === null &&
    last.riskTolerance === riskTolerance &&
    last.mode === mode &&
    last.timeframe === timeframe &&
    JSON.stringify(last.weights) === JSON.stringify(profile.weights)
  )
}
