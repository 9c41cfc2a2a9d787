import { hours, type Token } from '@pumpiq/domain'
import type { Tokens } from '../tokens/tokens.ts'
import type { Asks } from './asks.ts'

/** Whoever asked within this time may ask again: what is known of the token is kept fresh. */
const lately = hours(1)

/** The tokens that somebody needs: those users asked about lately, the newest first, then those the house follows. */
export function neededTokens(asks: Pick<Asks, 'tokensSince'>, tokens: Pick<Tokens, 'byId' | 'universe'>) {
  return async function needed(abort?: AbortSignal): Promise<Token[]> {
    const asked = await Promise.all((await asks.tokensSince(lately)).map((id) => tokens.byId(id)))
    const universe = await tokens.universe(abort)
    const all = [...asked.filter((token) => token !== null), ...universe]
    return [...new Map(all.map((token) => [token.id, token])).values()]
  }
}
