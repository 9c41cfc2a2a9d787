import {
  Failure,
  isPreferredToken,
  tokenForm,
  unwishedCall,
  unwishedToken,
  type Recommendation,
  type Token,
  type TokenId,
  type TokenTraits,
  type Wishes,
} from '@pumpiq/domain'
import type { Anybody, Caller } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import { newestFigures, type Newest, type NewestName } from '../tokens/newest.ts'

type Needs = {
  /** Where figures are read: they may lag a moment behind. */
  db: Db
  byId(id: TokenId): Promise<Token | null>
  wishesOf(caller: Pick<Caller, 'userId' | 'tier'>): Promise<Wishes>
  clock: Pick<Clock, 'now'>
}
export type Wished = ReturnType<typeof createWished>

/** Chooses by what a user has said that he wants to see. */
export function createWished({ db, byId, wishesOf, clock }: Needs) {
  /** What is known of these tokens now. */
  async function traitsOf(tokens: readonly Token[]): Promise<ReadonlyMap<TokenId, TokenTraits>> {
    const figures = await newestFigures(
      db,
      tokens.map(({ id }) => id),
    )
    return new Map(tokens.map((token) => [token.id, traits(token, figures.get(token.id), clock.now())]))
  }

  return {
    traitsOf,

    /** The tokens that a user would have, those on a preferred place of their curve first; else in the order in which they came. */
    async tokens(wishes: Wishes, tokens: readonly Token[]): Promise<Token[]> {
      const known = await traitsOf(tokens)
      const passing = tokens.filter(({ id }) => unwishedToken(wishes.tokens, known.get(id)!) === null)
      const isPreferred = ({ id }: Token) => isPreferredToken(wishes.tokens, known.get(id)!)
      return [...passing.filter(isPreferred), ...passing.filter((token) => !isPreferred(token))]
    },

    /** Of a page of calls those that whoever asks would see, no more than he wants. */
    async calls(
      { userId, tier }: Pick<Anybody, 'userId' | 'tier'>,
      calls: readonly Recommendation[],
    ): Promise<Recommendation[]> {
      if (userId === null)
        throw new Failure('unauthenticated', 'sign in, or send an API key: nobody else knows what you wish for')
      const wishes = await wishesOf({ userId, tier })
      const ids = [...new Set(calls.map(({ token }) => token))]
      const known = await traitsOf((await Promise.all(ids.map(byId))).filter((token) => token !== null))
      const isWished = ({ token, confidence }: Recommendation): boolean => {
        const own = known.get(token)
        return (
          unwishedCall(wishes, confidence) === null && own !== undefined && unwishedToken(wishes.tokens, own) === null
        )
      }
      return calls.filter(isWished).slice(0, wishes.maxRecommendations)
    },
  }
}

function traits(token: Token, told: ReadonlyMap<NewestName, Newest> | undefined, now: number): TokenTraits {
  const figure = (name: NewestName): number | null => {
    const found = told?.get(name)
    return found ? Number(found.value) : null
  }
  const firstPoolAt = figure('firstPoolAt')
  const isComplete = figure('curveComplete') === 1
  return {
    form: tokenForm(token),
    ranked: token.marketCapRank !== null,
    catalogueId: token.catalogueId,
    marketCapUsd: figure('marketCapUsd') ?? token.marketCapUsd,
    liquidityUsd: figure('liquidityUsd'),
    holders: figure('holders'),
    ageMs: firstPoolAt === null ? null : Math.max(0, now - firstPoolAt),
    curveRatio: isComplete ? null : figure('curveProgressRatio'),
  }
}
