import {
  divide,
  Failure,
  multiply,
  subtract,
  toIso,
  type Price,
  type Recommendation,
  type Token,
  type TokenId,
} from '@pumpiq/domain'
import { watchAtMost, type HandlersOf, type HouseCall, type WatchedToken } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import type { ToldTokens } from './told-tokens.ts'
import type { Watched, Watchlist } from './watchlist.ts'

/** What is shown and reckoned with of a call. */
export type SeenCall = Pick<
  Recommendation,
  'id' | 'type' | 'abstained' | 'issuedAt' | 'expiresAt' | 'confidence' | 'actionable' | 'entry' | 'stopLoss'
>

/** The house's newest call of each token that has one: whoever makes them stands above. */
export type HouseCalls = (tokens: readonly TokenId[]) => Promise<ReadonlyMap<string, SeenCall>>

/** `chain:address` or a ticker. */
export type Resolve = (text: string, abort?: AbortSignal) => Promise<Token>

type Needs = {
  watchlist: Watchlist
  toldTokens: ToldTokens
  houseCalls: HouseCalls
  resolve: Resolve
  clock: Pick<Clock, 'now'>
}

export function createWatchlistRoutes(needs: Needs): HandlersOf<'watchlist'> {
  const { watchlist, toldTokens, houseCalls, resolve, clock } = needs

  async function shown(all: readonly Watched[]): Promise<WatchedToken[]> {
    const tokens = all.map(({ token }) => token)
    const told = await toldTokens(tokens)
    const calls = await houseCalls(tokens)
    return all.map(({ token, note, targetPrice, addedAt }) => {
      const { price, ...names } = told.get(token)!
      const toTargetPct = price && targetPrice ? percentBetween(price.value, targetPrice) : null
      const call = calls.get(token)
      const mine = { note, targetPrice, addedAt: toIso(addedAt) }
      return { id: token, ...names, ...mine, price, toTargetPct, call: call ? shortCall(call) : null }
    })
  }
  const shownOne = async (one: Watched | null, id: TokenId): Promise<WatchedToken> => {
    if (!one) throw new Failure('notFound', `you do not watch ${id}`)
    return (await shown([one]))[0]!
  }

  return {
    async list({ caller: { userId, tier } }) {
      return { items: await shown(await watchlist.list(userId)), most: watchAtMost[tier] }
    },
    one: async ({ caller: { userId }, params: { id } }) => shownOne(await watchlist.one(userId, id), id),
    async add({ caller: { userId, tier }, body: { token: text, ...wish }, abort }) {
      const { id } = await resolve(text, abort)
      const { made, watched } = await watchlist.add(userId, id, wish, { now: clock.now(), most: watchAtMost[tier] })
      return { made, document: await shownOne(watched, id) }
    },
    change: async ({ caller: { userId }, params: { id }, body }) =>
      shownOne(await watchlist.change(userId, id, body), id),
    async remove({ caller: { userId }, params: { id } }) {
      if (!(await watchlist.remove(userId, id))) throw new Failure('notFound', `you do not watch ${id}`)
      return { id }
    },
  }
}

/** From one price to another, in percent of the first, to four decimals. */
const percentBetween = (from: Price, to: Price): number =>
  Number(divide(multiply(subtract(to, from), '100' as Price), from, 4))

export const shortCall = (call: SeenCall): HouseCall => ({
  id: call.id,
  type: call.type,
  abstained: call.abstained,
  issuedAt: call.issuedAt,
  expiresAt: call.expiresAt,
  confidence: call.confidence?.value ?? null,
  actionable: call.actionable.yes,
})
