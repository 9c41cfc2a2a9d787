import { isFailure, Failure, type Profile, type Token, type Wishes } from '@pumpiq/domain'
import { openJobsAtMost, type Asked, type Caller, type endpoints, type Job } from '@pumpiq/api'
import type { TokenId } from '@pumpiq/domain'
import type { Tokens } from '../tokens/tokens.ts'
import type { Clock } from '../platform/clock.ts'
import { jobOf, type Batches } from './batch.ts'
import type { Wished } from './wished.ts'

type Body = Asked<(typeof endpoints)['recommendations']['batch']>['body']

/** What a question says of itself; the rest is as its user has set it. */
export type Overrides = Pick<Body, 'timeframe' | 'riskTolerance' | 'mode' | 'weights' | 'portfolioQuote' | 'costs'>

type Needs = {
  batches: Batches
  tokens: Pick<Tokens, 'resolve' | 'byId' | 'universe'>
  /** What a user watches, the newest first. */
  watchedBy(userId: string): Promise<readonly TokenId[]>
  wishesOf(caller: Caller): Promise<Wishes>
  questionFor(caller: Caller, overrides: Overrides): Promise<{ readonly profile: Profile; readonly maxAgeMs: number }>
  wished: Pick<Wished, 'tokens'>
  clock: Pick<Clock, 'now'>
}
export type AskBatch = ReturnType<typeof createAskBatch>

/** So many are made where nobody says how many. */
const usually = 10
const atMost = 20
/** What a batch takes for fresh however old it may be. */
export const oldestMs = 2 ** 31

/** Recommendations for several tokens in one go, as a job. */
export function createAskBatch({ batches, tokens, watchedBy, wishesOf, questionFor, wished, clock }: Needs) {
  async function named(texts: readonly string[], abort: AbortSignal): Promise<Token[]> {
    const found: Token[] = []
    for (const text of texts) {
      const token = await tokens.resolve(text, abort).catch((thrown: unknown) => {
        if (!isFailure(thrown)) throw thrown
        const { code, message, candidates, retryAfterMs } = thrown
        const detail = { cause: thrown, ...(candidates && { candidates }), ...(retryAfterMs && { retryAfterMs }) }
        throw new Failure(code, `${JSON.stringify(text.slice(0, 60))}: ${message}`, detail)
      })
      found.push(token)
    }
    return found
  }

  /** What the caller watches, then the largest that he would have. */
  async function chosen(caller: Caller, wishes: Wishes, abort: AbortSignal): Promise<Token[]> {
    const watched = await Promise.all((await watchedBy(caller.userId)).slice(0, atMost).map(tokens.byId))
    const largest = await wished.tokens(wishes, await tokens.universe(abort))
    return [...watched.filter((token) => token !== null), ...largest]
  }

  return async function askBatch(caller: Caller, body: Body, abort: AbortSignal): Promise<Job> {
    const { tokens: texts = [], maxRecommendations, maxAgeMs: said, ...overrides } = body
    const wishes = await wishesOf(caller)
    const isNamed = texts.length > 0
    const all = isNamed ? await named(texts, abort) : await chosen(caller, wishes, abort)
    const most = maxRecommendations ?? (isNamed ? atMost : Math.min(usually, wishes.maxRecommendations))
    const wanted = [...new Map(all.map((token) => [token.id, token])).values()].slice(0, most)
    if (wanted.length === 0) throw new Failure('notFound', 'there is no token to recommend: name some in tokens')
    const { profile, maxAgeMs: usual } = await questionFor(caller, overrides)
    const asked = { userId: caller.userId, kind: 'batch' as const, profile, tokens: wanted }
    const batch = await batches.start(
      { ...asked, maxAgeMs: Math.min(said ?? usual, oldestMs) },
      openJobsAtMost[caller.tier],
    )
    return jobOf(batch, clock.now())
  }
}
