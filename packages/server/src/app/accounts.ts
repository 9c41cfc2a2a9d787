import { createAccounts } from '../accounts/accounts.ts'
import { createPortfolioRoutes } from '../accounts/portfolio-routes.ts'
import { createPortfolioStore } from '../accounts/portfolio.ts'
import { createSettingsRoutes } from '../accounts/settings-routes.ts'
import { createTierOf, createTiersOf } from '../accounts/settings-tier.ts'
import { createSettings } from '../accounts/settings.ts'
import { createToldTokens } from '../accounts/told-tokens.ts'
import { createWatchlistRoutes } from '../accounts/watchlist-routes.ts'
import { createWatchlist } from '../accounts/watchlist.ts'
import { createHearing } from '../notifications/preferences.ts'
import { createHouseCalls } from '../recommendations/house-calls.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { Base } from './base.ts'
import type { Outside } from './given.ts'

type Given = Pick<
  Outside,
  'db' | 'clock' | 'guard' | 'ids' | 'log' | 'accounts' | 'reach' | 'sharedBudgets' | 'trustProxy' | 'csrf'
>

export type OpenedAccounts = Awaited<ReturnType<typeof openAccounts>>

/** Who asks, and what is kept about them. */
export async function openAccounts(given: Given) {
  const { db, clock, guard, ids, log, reach } = given
  const tierOf = createTierOf({ db })
  const settings = createSettings({ db, clock, tiersOf: createTiersOf({ db }) })
  const watchlist = createWatchlist({ db })
  const accounts = await createAccounts({
    db,
    clock: guard,
    ids,
    log,
    setting: given.accounts,
    publicUrl: reach.publicUrl,
    mail: reach.outlet.mail,
    redis: given.sharedBudgets,
    isProxyTrusted: given.trustProxy !== false,
    csrfTokenOf: given.csrf?.csrfTokenOf ?? null,
  })
  return { accounts, tierOf, settings, watchlist }
}

type Needs = Pick<OpenedAccounts, 'settings' | 'watchlist'> & {
  tokens: Pick<Tokens, 'byId' | 'resolve'>
  pause: Base['pause']
}

/** What users set, watch and hold. */
export function userRoutes(
  { db, clock, ids, houseProfile }: Pick<Outside, 'db' | 'clock' | 'ids' | 'houseProfile'>,
  { settings, watchlist, tokens, pause }: Needs,
) {
  const ofUsers = {
    toldTokens: createToldTokens({ db, clock, byId: tokens.byId }),
    houseCalls: createHouseCalls({ db, timeframe: houseProfile.timeframe }),
    resolve: tokens.resolve,
    clock,
  }
  return {
    watchlist: createWatchlistRoutes({ ...ofUsers, watchlist }),
    portfolio: createPortfolioRoutes({
      ...ofUsers,
      store: createPortfolioStore({ db, ids }),
      profileOf: (caller) => settings.profileFor(caller),
      pause,
    }),
    settings: createSettingsRoutes({ settings, hearing: createHearing({ db, clock }), clock }),
  }
}
