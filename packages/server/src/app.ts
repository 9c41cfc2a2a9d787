import { Failure, seconds } from '@pumpiq/domain'
import type { FastifyInstance } from 'fastify'
import type { Outside } from './app/given.ts'
import { createTiers } from './accounts/tiers.ts'
import { createStoreHealth } from './db/store-health.ts'
import { readerDisagreements } from './evidence/read-by-model.ts'
import { createHooks } from './hooks/hooks.ts'
import { createIdempotency } from './http/idempotency.ts'
import { createIdempotencyStore } from './http/idempotency-store.ts'
import { createLimits } from './http/limits.ts'
import { createHttp } from './http/server.ts'
import type { Backend } from './jobs/backend.ts'
import { createJobs } from './jobs/runner.ts'
import { within } from './jobs/within.ts'
import { lastSealed } from './ledger/last-sealed.ts'
import { createLedgerRoutes, toldHead } from './ledger/routes.ts'
import { forgetModelJournal } from './llm/journal.ts'
import { createSpending } from './llm/spending.ts'
import { summarise } from './performance/summary.ts'
import { calibrate } from './performance/summary-calibration.ts'
import { houseUser } from './recommendations/users.ts'
import { createAuditLog } from './system/audit.ts'
import { createAdminRoutes } from './system/admin-routes.ts'
import { createDumps } from './system/backup/dumps.ts'
import { systemJobs } from './system/jobs.ts'
import { createFigures } from './system/metrics.ts'
import { createCountedJob } from './system/metrics-jobs.ts'
import { createSystemRoutes } from './system/routes.ts'
import { readerUser } from './reader/model-reader.ts'
import { openAccounts, userRoutes } from './app/accounts.ts'
import { createBase } from './app/base.ts'
import { openLines } from './app/lines.ts'
import { openLive, openRecord, watchedLedger } from './app/record.ts'
import { openReports, openSources } from './app/sources.ts'
import { openTokens } from './app/tokens.ts'
import { evidenceJobs } from './app/evidence-jobs.ts'
import { evidenceRoutes, openEvidence } from './app/evidence.ts'
import { openFollowing, openPerformance } from './app/following.ts'
import { openNotifications } from './app/notifications.ts'
import { openAdvice } from './app/recommendations.ts'
import { openRounds, recommendationRoutes } from './app/rounds.ts'

export type App = Awaited<ReturnType<typeof buildApp>>

/** Builds every room and hands each what it needs; alone knows them all. */
export async function buildApp(outside: Outside) {
  const { clock, ids, random, log, metrics, trace, db, reads, label, version, roles } = outside
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

  const auditLog = createAuditLog({ db, clock })
  const idempotency = createIdempotency({
    store: createIdempotencyStore({ db }),
    vault: outside.reach.vault,
    ids,
    clock,
    log,
  })
  const jobs = createJobs({
    backend: outside.queue,
    jobs: [
      ...rounds.jobs,
      ...accounts.jobs,
      ...notifications.jobs,
      ...hooks.jobs,
      ...performance.jobs,
      ...evidenceJobs(outside, { ...evidence, sources, models, pause, ask, tokens, asks, settings, needed }),
      ...ofTokens.jobs,
      ...systemJobs({
        forgetModelJournal: () => forgetModelJournal(db, clock.now()),
        forgetRequests: async () => {
          await idempotency.forget()
          await auditLog.forget()
        },
        dumps: createDumps({ db, homeDir: outside.homeDir, label, version, clock, log }),
      }),
    ].map(createCountedJob({ metrics, clock: outside.guard, trace })),
    roles,
    clock: outside.guard,
    log,
  })

  const store = createStoreHealth({ db, embedded, replica: reads.state })
  const { timeframe } = outside.houseProfile
  const recordOf = () => ({ countCalls, period: '30d' as const, timeframe, now: clock.now() })
  const { gather: gatherFigures } = createFigures({
    metrics,
    roles,
    version,
    simulated,
    clock,
    guard: outside.guard,
    log,
    lines: lines.states,
    store,
    asked: ask.health,
    jobs: jobs.health,
    tracker: trackerState.health,
    house: house.progress,
    sealing: () => lastSealed(ledger),
    record: async () => ({ summary: await summarise(recordOf()), calibration: await calibrate(recordOf()) }),
    models: models && (async () => ({ analyst: await models.analyst.health(), reader: await models.reader.health() })),
    disagreements: () => readerDisagreements(db),
  })
  const asked = { tokens, recommendations, settings, watchlist, outcomes, trackerState }
  const http: FastifyInstance = await createHttp({
    handlers: {
      ...ofTokens.routes,
      ...userRoutes(outside, { settings, watchlist, tokens, pause }),
      ...evidenceRoutes(outside, { ...asked, collect, voicesOf, storiesOf, crowdOf, listing, labels }),
      ...recommendationRoutes(outside, { ...asked, batchStore, batches, wished, askAdvice }),
      performance: performance.routes,
      ledger: createLedgerRoutes({ ledger }),
      notifications: notifications.routes,
      hooks: hooks.routes,
      accounts: accounts.routes,
      admin: createAdminRoutes({
        clock,
        auditLog,
        tiers: createTiers({ db }),
        sources: { cards, measured: reports.measured, refused: reports.refused },
        jobs,
        spending: createSpending({ db, clock }),
        model: models && models.analyst,
        own: { house: houseUser, reader: readerUser },
      }),
      system: createSystemRoutes({
        clock,
        startedAt,
        version,
        simulated,
        sources: cards,
        measured: reports.measured,
        house: house.progress,
        tracker: trackerState.health,
        store,
        head: () => toldHead(ledger),
        jobs: jobs.health,
        model: models && models.analyst.health,
        redis: outside.sharedBudgets && (() => outside.sharedBudgets!.ping()),
        checks: [
          { name: 'database', check: async () => void (await tokenStore.count()) },
          { name: 'queue', check: () => answering(outside.queue) },
          recording.ready,
        ],
        notices: () =>
          noticesOf({ simulated, model: models && models.analyst.id() }, [tokens.problem(), reads.problem()]),
      }),
    },
    log,
    ids,
    simulated,
    webRoot: outside.webRoot,
    trustProxy: outside.trustProxy,
    identify,
    limits: outside.unlimited ? null : createLimits({ clock: outside.guard, redis: outside.sharedBudgets }),
    csrf: outside.csrf ?? null,
    publicUrl: outside.reach.publicUrl,
    corsOrigins: outside.corsOrigins ?? [],
    idempotency,
    audit: auditLog.write,
    clock,
    pressure: outside.pressure ?? null,
    figures: { metrics, token: outside.metricsToken, gather: gatherFigures },
    ...(roles.includes('api') && { first: (app: FastifyInstance) => mountFirst(app, [accounts.mount, live.mount]) }),
    ...(!roles.includes('api') && { only: ['system.health', 'system.ready', 'system.jobs'] }),
  })

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
    /** Begins to work at the roles of this process. The first house calls need not wait for their slot. */
    start(): void {
      jobs.start()
      reports.start()
      void models?.analyst.start()
      if (roles.includes('tracker')) tracker.start()
      tokenStream?.start()
      if (roles.includes('orchestrator')) {
        jobs.place('house', undefined, { id: 'at-start' }).catch((thrown: unknown) => {
          log.warn('the first house calls wait for their slot', { error: thrown })
        })
      }
    },
    /** Ends what runs in order: nobody new is heard, no new jobs, the ones under way are finished or left to the next process, the ledger is closed. The database is the outside's. */
    async close(): Promise<void> {
      const served = http.close()
      served.catch(() => {}) // told below
      await jobs.stop()
      // Where others may answer they are waited for; engines of this process do no more.
      if (!roles.includes('engine')) await within(outside.guard, servingMs, served)
      answers.stop()
      reports.stop()
      await tracker.stop()
      stream?.close()
      await tokenStream?.stop()
      if (!(await within(outside.guard, servingMs, served))) {
        log.warn('answers that take too long are cut off')
        http.server.closeAllConnections()
      }
      await served
      await accounts.close()
      await see.close()
      await aside.settled()
      await ledger.close()
    },
  }
}

async function mountFirst(
  app: FastifyInstance,
  mounts: readonly ((app: FastifyInstance) => Promise<void>)[],
): Promise<void> {
  for (const mount of mounts) await mount(app)
}

/** So long whoever is being answered at `close` is waited for. */
const servingMs = seconds(8)

async function answering(queue: Backend): Promise<void> {
  if (!(await queue.answers())) throw new Failure('unavailable', 'it cannot be reached')
}

type Told = { simulated: boolean; model: string | null }

function noticesOf({ simulated, model }: Told, problems: readonly (string | null)[]): string[] {
  return [
    ...(simulated ? ['Every price, call and record here comes from the built-in simulated market.'] : []),
    ...problems.filter((problem) => problem !== null),
    model === null
      ? 'No language model is asked: texts are read by rules, and reasons are written from the factors.'
      : `The language model ${model} reads texts and weighs calls; the rules’ arithmetic holds what it may change.`,
  ]
}
