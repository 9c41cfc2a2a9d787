import type { Outcomes } from '../performance/outcomes.ts'
import type { createTrackerState } from '../performance/state.ts'
import { createAskBatch } from '../recommendations/batch-ask.ts'
import { createJobRoutes } from '../recommendations/batch-routes.ts'
import { createBatchStore } from '../recommendations/batch-store.ts'
import { createBatches } from '../recommendations/batch.ts'
import { createFollowStates } from '../recommendations/follow-state.ts'
import { createHouse } from '../recommendations/house.ts'
import { recommendationJobs } from '../recommendations/jobs.ts'
import { neededTokens } from '../recommendations/needed-tokens.ts'
import { createRecommendationRoutes } from '../recommendations/routes.ts'
import { createRecommendations, type Recommendations } from '../recommendations/store.ts'
import { createWished } from '../recommendations/wished.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { OpenedAccounts } from './accounts.ts'
import type { Outside } from './given.ts'
import type { Advice } from './recommendations.ts'

type Given = Pick<Outside, 'db' | 'reads' | 'clock' | 'ids' | 'log' | 'trace' | 'houseProfile'>

type Needs = Pick<Advice, 'asks' | 'answers' | 'advise'> & {
  tokens: Tokens
  recommendations: Recommendations
  settings: Pick<OpenedAccounts['settings'], 'wishesOf'>
  watchlist: Pick<OpenedAccounts['watchlist'], 'neededTokens'>
  place(askId: string): Promise<void>
}

export type Rounds = ReturnType<typeof openRounds>

/** Many questions at once: those of the house by the clock, those of users by the batch. */
export function openRounds(given: Given, needs: Needs) {
  const { db, reads, clock, ids, log, trace, houseProfile } = given
  const { asks, answers, advise, tokens, recommendations, settings, watchlist, place } = needs
  const batchStore = createBatchStore({ db, ids })
  const batches = createBatches({ store: batchStore, asks, recommendations, clock, log, place })
  const house = createHouse({
    profile: houseProfile,
    tokens,
    asks,
    answers,
    place,
    clock,
    log,
    called: () => recommendations.countCurrent(),
  })
  return {
    needed: neededTokens({ asks, tokens, own: watchlist.neededTokens }),
    wished: createWished({ db: reads.db, byId: tokens.byId, wishesOf: settings.wishesOf, clock }),
    batchStore,
    batches,
    house,
    jobs: recommendationJobs({ advise, asks, answers, batches, house, tokens, clock, trace, log, place }),
  }
}

type Shown = Pick<Rounds, 'batchStore' | 'batches' | 'wished'> &
  Pick<Advice, 'askAdvice'> & {
    tokens: Tokens
    recommendations: Recommendations
    settings: Pick<OpenedAccounts['settings'], 'wishesOf' | 'questionFor'>
    watchlist: Pick<OpenedAccounts['watchlist'], 'list'>
    outcomes: Pick<Outcomes, 'shortOf'>
    trackerState: Pick<ReturnType<typeof createTrackerState>, 'of'>
  }

/** Calls, asked for one by one or many at once. */
export function recommendationRoutes({ db, reads, clock }: Pick<Outside, 'db' | 'reads' | 'clock'>, needs: Shown) {
  const { batchStore, batches, wished, askAdvice, tokens, recommendations, outcomes, trackerState } = needs
  const { wishesOf, questionFor } = needs.settings
  const watchedBy = async (userId: string) => (await needs.watchlist.list(userId)).map(({ token }) => token)
  return {
    recommendations: createRecommendationRoutes({
      recommendations,
      lists: createRecommendations({ db: reads.db }),
      tokens,
      askAdvice,
      endings: { shortOf: outcomes.shortOf, of: trackerState.of },
      askBatch: createAskBatch({ batches, tokens, watchedBy, wishesOf, questionFor, wished, clock }),
      batches,
      follows: createFollowStates({ db }),
      questionFor,
      wished,
      clock,
    }),
    jobs: createJobRoutes({ store: batchStore, clock }),
  }
}
