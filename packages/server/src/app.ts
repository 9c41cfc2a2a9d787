import { evidenceJobs } from './app/evidence-jobs.ts'
import { evidenceRoutes, openEvidence } from './app/evidence.ts'
import { openAccounts, userRoutes } from './app/accounts.ts'
import { createBase } from './app/base.ts'
import { openFigures } from './app/figures.ts'
import { openFollowing, openPerformance } from './app/following.ts'
import type { Outside } from './app/given.ts'
import { openHttp } from './app/http.ts'
import { openLines } from './app/lines.ts'
import { openNotifications } from './app/notifications.ts'
import { openAdvice } from './app/recommendations.ts'
import { openLive, openRecord, watchedLedger } from './app/record.ts'
import { openRounds, recommendationRoutes } from './app/rounds.ts'
import { createRunning, openJobs } from './app/running.ts'
import { openReports, openSources } from './app/sources.ts'
import { adminRoutes, openSystem, systemRoutes } from './app/system.ts'
import { openTokens } from './app/tokens.ts'
import { createHooks } from './hooks/hooks.ts'
import { createLedgerRoutes } from './ledger/routes.ts'

export type App = Awaited<ReturnType<typeof buildApp>>

/** Builds every room and hands each what it needs; with its parts in `app`, alone knows them all. */
export async function buildApp(outside: Outside) {
  const { db, clock, ids, random, log } = outside
  const base = createBase(outside)
  const { sources, off, cards, simulated, labels, embedded, startedAt, counts, models, pause } = base
  const measured = () => reports.measured()
  const place = (id: string) => jobs.place('advise', { ask: id }, { id })
  const placeNotify = () => jobs.place('notify', undefined, { id: 'soon' })

  const { recommendations, recording, opened } = await openRecord(outside)
  const { accounts, tierOf, settings, watchlist } = await openAccounts(outside)
  const { identify } = accounts
  const live = openLive(outside, { cards, measured, identify })
  const ledger = watchedLedger({ opened, live, recording })

  const ask = openSources(outside)
  const { tokens, tokenStore, listing, ...ofTokens } = openTokens(outside, { sources, ask })
  const hooks = createHooks({ db, ids, random, clock, log, sources, ask, tokens })
  const { looked } = counts
  const evidence = openEvidence(outside, { sources, off, labels, ask, tokens, live, looked, settings, hooks })
  const { collect, voicesOf, storiesOf, crowdOf, see, aside } = evidence

  const telling = { recommendations, accounts, measured, placeNotify, simulated }
  const notifications = openNotifications(outside, telling)
  const { outbox } = notifications

  const lines = openLines(outside, { sources, ask, tokenStore, tokens, simulated, embedded })
  const { holder, stream, tokenStream } = lines
  const reports = openReports(outside, { ask, lines, embedded })
  const { tell } = outbox
  const following = { sources, counts, startedAt, pause, ask, ledger, tell, stream, holder }
  const { outcomes, tracker, trackerState } = openFollowing(outside, following)
  const performance = openPerformance(outside, { recommendations, pause })
  const { fits, countCalls } = performance

  const sealing = { ledger, recommendations, outbox, place }
  const advice = openAdvice(outside, { counts, models, tierOf, collect, fits, ...sealing })
  const { asks, answers, advise, askAdvice } = advice
  const asking = { asks, answers, advise, tokens, recommendations, settings, watchlist, place }
  const rounds = openRounds(outside, asking)
  const { needed, wished, batchStore, batches, house } = rounds

  const system = openSystem(outside, { embedded })
  const { store, idempotency, auditLog } = system
  const jobs = openJobs(outside, [
    ...rounds.jobs,
    ...accounts.jobs,
    ...notifications.jobs,
    ...hooks.jobs,
    ...performance.jobs,
    ...evidenceJobs(outside, { ...evidence, sources, models, pause, ask, tokens, asks, settings, needed }),
    ...ofTokens.jobs,
    ...system.jobs,
  ])

  const health = { simulated, models, store, jobs, trackerState, house, ledger }
  const figures = openFigures(outside, { ...health, lines, ask, countCalls })
  const asked = { tokens, recommendations, settings, watchlist, outcomes, trackerState }
  const handlers = {
    ...ofTokens.routes,
    ...evidenceRoutes(outside, { ...asked, collect, voicesOf, storiesOf, crowdOf, listing, labels }),
    ...recommendationRoutes(outside, { ...asked, batchStore, batches, wished, askAdvice }),
    ...userRoutes(outside, { settings, watchlist, tokens, pause }),
    performance: performance.routes,
    ledger: createLedgerRoutes({ ledger }),
    notifications: notifications.routes,
    hooks: hooks.routes,
    accounts: accounts.routes,
    admin: adminRoutes(outside, { auditLog, cards, models, reports, jobs }),
    system: systemRoutes(outside, { ...health, cards, startedAt, reports, recording, tokens, tokenStore }),
  }
  const http = await openHttp(outside, { handlers, accounts, live, figures, simulated, idempotency, auditLog })

  const begun = { http, jobs, reports, models, tracker, tokenStream, stream, answers, accounts, see, aside, ledger }
  const { start, close } = createRunning(outside, begun)
  return {
    http,
    accounts,
    tokens,
    collect,
    voicesOf,
    askAdvice,
    settings,
    recommendations,
    ledger,
    house,
    tracker,
    ask,
    jobs,
    start,
    close,
  }
}
