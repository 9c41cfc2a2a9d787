import { hours, type Token, type TokenId } from '@pumpiq/domain'
import type { Tokens } from '../tokens/tokens.ts'
import type { Asks } from './asks.ts'

/** Whoever asked within this time may ask again: what is known of the token is kept fresh. */
export const lately = hours(1)

/** Of what users watch or hold so many tokens are kept known, what most of them do first. */
const ownAtMost = 100

type Needs = {
  asks: Pick<Asks, 'tokensSince'>
  tokens: Pick<Tokens, 'byId' | 'universe'>
  /** What users watch or hold, what most of them do first. */
  own(limit: number): Promise<TokenId[]>
}

/** The tokens that somebody needs: those users asked about lately, the newest first, then those the house follows, then users' own. */
export function neededTokens({ asks, tokens, own }: Needs) {
  const known = async (ids: readonly TokenId[]): Promise<Token[]> =>
    (await Promise.all(ids.map((id) => tokens.byId(id)))).filter((token) => token !== null)

  return async function needed(abort?: AbortSignal): Promise<Token[]> {
    const asked = await known(await asks.tokensSince(lately))
    const universe = await tokens.universe(abort)
    const all = [...asked, ...universe, ...(await known(await own(ownAtMost)))]
    return [...new Map(all.map((token) => [token.id, token])).values()]
  }
}
