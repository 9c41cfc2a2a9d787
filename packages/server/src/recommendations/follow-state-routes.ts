import type { Profile, Recommendation } from '@pumpiq/domain'
import type { Caller, HandlersOf } from '@pumpiq/api'
import { sizeFor } from '../accounts/portfolio-value.ts'
import type { Clock } from '../platform/clock.ts'
import { saying, shownFollow, type FollowStates } from './follow-state.ts'

type Needs = {
  follows: FollowStates
  /** One the caller may see. */
  found(caller: Caller, id: string): Promise<Recommendation>
  profileOf(caller: Caller): Promise<Profile>
  clock: Pick<Clock, 'now'>
}

/** What users make of recommendations, each for himself. */
export function createFollowRoutes({
  follows,
  found,
  profileOf,
  clock,
}: Needs): Pick<HandlersOf<'recommendations'>, 'following' | 'follow'> {
  async function shown(caller: Caller, call: Recommendation) {
    const own = await follows.of(caller.userId, call.id)
    const size = call.type === 'BUY' || call.type === 'SELL' ? sizeFor(await profileOf(caller), call) : null
    return { id: call.id, mine: own && shownFollow(own, call.type), size }
  }
  return {
    following: async ({ caller, params: { id } }) => shown(caller, await found(caller, id)),
    async follow({ caller, params: { id }, body }) {
      const { userId } = caller
      const call = await found(caller, id)
      const now = clock.now()
      await follows.put(userId, id, saying(await follows.of(userId, id), body, now), now)
      return shown(caller, call)
    },
  }
}
