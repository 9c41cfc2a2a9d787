import type { PastCall } from '@pumpiq/domain'
import type { AdviceAsk } from './gather.ts'
import type { Recommendations } from './store.ts'

/** The last call for this user, token and timeframe, as far as the next one needs it; abstentions are no calls. */
export const createPast =
  ({ recommendations }: { recommendations: Recommendations }) =>
  async ({ userId, token, profile }: AdviceAsk): Promise<PastCall | null> => {
    const last = await recommendations.latest(userId, token.id, profile.timeframe)
    if (!last || last.abstained !== null || last.mode !== profile.mode) return null
    const contributions = last.keyFactors.flatMap(({ evidence, contribution }) =>
      evidence[0] === undefined ? [] : [[evidence[0], contribution] as const],
    )
    return {
      id: last.id,
      type: last.type,
      issuedAt: last.issuedAt,
      score: last.score,
      contributions: Object.fromEntries(contributions),
    }
  }
