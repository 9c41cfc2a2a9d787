import type { Freshness, Kind, TokenId } from '@pumpiq/domain'
import type { Asks } from './asks.ts'
import { lately } from './needed-tokens.ts'

type Needs = {
  asks: Pick<Asks, 'askersSince'>
  settings: {
    /** How fresh the house wants evidence. */
    freshness(): Promise<Freshness>
    /** And each of these users. */
    freshnessOf(userIds: readonly string[]): Promise<ReadonlyMap<string, Freshness>>
  }
  /** The tokens that the house follows. */
  universe(): Promise<readonly { readonly id: TokenId }[]>
}

/**
 * After how long a kind is asked again of a token: as the soonest of those wants who asked about it lately, the house among them for what it
 * follows. What is told of the whole market, or is needed for another reason, is asked as the house wants it or sooner.
 */
export function createRefreshOf({ asks, settings, universe }: Needs) {
  return async function refreshOf(kind: Kind): Promise<(token: TokenId | null) => number> {
    const [askers, house, followed] = await Promise.all([asks.askersSince(lately), settings.freshness(), universe()])
    const wanted = await settings.freshnessOf([...new Set(askers.map(({ userId }) => userId))])
    const houseMs = house.refreshMs[kind]
    const soonest = new Map<TokenId, number>(followed.map(({ id }) => [id, houseMs]))
    for (const { token, userId } of askers) {
      const ms = wanted.get(userId)?.refreshMs[kind] ?? houseMs
      soonest.set(token, Math.min(soonest.get(token) ?? Infinity, ms))
    }
    const ofMarket = Math.min(houseMs, ...soonest.values())
    return (token) => (token === null ? ofMarket : (soonest.get(token) ?? houseMs))
  }
}
