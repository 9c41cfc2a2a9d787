import type { HandlersOf, ListedToken, OutcomeShort } from '@pumpiq/api'
import type { Profile, Token } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { CrowdOf } from '../evidence/crowd-of.ts'
import { createSentimentOf } from '../evidence/sentiment.ts'
import type { StoriesOf } from '../evidence/stories-of.ts'
import type { Clock } from '../platform/clock.ts'
import type { Listing } from '../tokens/listing.ts'
import { createCompare } from './compare.ts'
import { createOverview } from './overview.ts'
import { createRecommendations } from './store.ts'

type Needs = {
  /** Where it may lag a moment behind. */
  db: Db
  tokens: { resolve(text: string, abort?: AbortSignal): Promise<Token> }
  listing: Listing
  storiesOf: StoriesOf
  crowdOf: CrowdOf
  /** How those of the recommendations that have ended did. */
  shortOf(ids: readonly string[]): Promise<ReadonlyMap<string, OutcomeShort>>
  /** What house calls are made for. */
  profile: Profile
  /** SIMULATED, or nothing. */
  labels: readonly string[]
  clock: Pick<Clock, 'now'>
}

/** What is kept of many tokens and calls, looked at together. */
export function createAnalysisRoutes(needs: Needs): HandlersOf<'analysis'> {
  const { db, tokens, listing, shortOf, clock } = needs
  const recommendations = createRecommendations({ db })
  const told = (some: readonly Token[]): Promise<readonly ListedToken[]> => listing.told(some)
  const overview = createOverview({ ...needs, recommendations })
  const compare = createCompare({ tokens, told, recommendations, shortOf, clock })
  const sentimentOf = createSentimentOf(needs)
  return {
    overview: () => overview(),
    compare: ({ query: { tokens: named, timeframe }, abort }) => compare(named, timeframe, abort),
    sentiment: async ({ params: { id }, abort }) => sentimentOf(await tokens.resolve(id, abort)),
  }
}
