import { Failure, seconds, shippedFits } from '@pumpiq/domain'
import type { FastifyInstance } from 'fastify'
import type { Outside } from './app/given.ts'
import { createTiers } from './accounts/tiers.ts'
import { createModelAnalyst } from './analysts/model.ts'
import { createStoreHealth } from './db/store-health.ts'
import { createAuthorCalls } from './evidence/author-calls.ts'
import { createCandleStore } from './evidence/candles.ts'
import { createFillCandles } from './evidence/candles-fill.ts'
import { createCollect } from './evidence/collect.ts'
import { createCollectKind } from './evidence/collect-kinds.ts'
import { createCrowdOf } from './evidence/crowd-of.ts'
import { createClaimStore, createDocuments } from './evidence/documents.ts'
import { createEvidenceRoutes } from './evidence/routes.ts'
import { createGatherKinds } from './evidence/gather-kinds.ts'
import { createJudgeAuthors } from './evidence/judge-authors.ts'
import { createNoteAuthors } from './evidence/note-authors.ts'
import { createReadByModel, readerDisagreements } from './evidence/read-by-model.ts'
import { createSee } from './evidence/see.ts'
import { createStoriesOf } from './evidence/stories-of.ts'
import { createTake } from './evidence/take.ts'
import { createVoicesOf } from './evidence/voices.ts'
import { createWatched } from './evidence/watched.ts'
import { seriesJobs } from './evidence/jobs.ts'
import { createKeepAside } from './evidence/observations-aside.ts'
import { createCollectPrices } from './evidence/observations-prices.ts'
import { notingChanges } from './evidence/note-changes.ts'
import { createObservations } from './evidence/observations.ts'
import { createForget } from './evidence/retention.ts'
import { createRollUps } from './evidence/rollups.ts'
import { createSecondVenue } from './evidence/second-venue.ts'
import { createAlertFigures } from './hooks/alert-figures.ts'
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
import { channels } from './notifications/index.ts'
import { createNotifications } from './notifications/notifications.ts'
import { missingFor, targetVault } from './notifications/reach.ts'
import { createSoon } from './notifications/notify-soon.ts'
import { createPlayDueBaselines } from './performance/baselines-job.ts'
import { createCalibrateLive } from './performance/calibrate-live.ts'
import { createFitStore } from './performance/fit-store.ts'
import { createFollowingStore } from './performance/following.ts'
import { performanceJobs } from './performance/jobs.ts'
import { createLiveTrials } from './performance/live-trials.ts'
import { createNeededCandles } from './performance/needed.ts'
import { createCountCalls } from './performance/outcomes-counted.ts'
import { createOutcomes } from './performance/outcomes.ts'
import { createPerformanceRoutes } from './performance/routes.ts'
import { createSettle } from './performance/settle.ts'
import { summarise } from './performance/summary.ts'
import { calibrate } from './performance/summary-calibration.ts'
import { createTrackerState } from './performance/state.ts'
import { createTracker } from './performance/track.ts'
import { createAdvise } from './recommendations/advise.ts'
import { createAnalysisRoutes } from './recommendations/analysis-routes.ts'
import { createAnswers } from './recommendations/answers.ts'
import { createAskAdvice, type AskAdvice } from './recommendations/ask.ts'
import { createAsks } from './recommendations/asks.ts'
import { createGather } from './recommendations/gather.ts'
import { createHouse } from './recommendations/house.ts'
import { recommendationJobs } from './recommendations/jobs.ts'
import { createPast } from './recommendations/past.ts'
import { createRecordAdvice } from './recommendations/record.ts'
import { createRecommendationRoutes } from './recommendations/routes.ts'
import { createRecommendations } from './recommendations/store.ts'
import { createWished } from './recommendations/wished.ts'
import { createRefreshOf } from './recommendations/watching.ts'
import { houseUser } from './recommendations/users.ts'
import { createAuditLog } from './system/audit.ts'
import { createAdminRoutes } from './system/admin-routes.ts'
import { createDumps } from './system/backup/dumps.ts'
import { systemJobs } from './system/jobs.ts'
import { createFigures } from './system/metrics.ts'
import { createCountedJob } from './system/metrics-jobs.ts'
import { createSystemRoutes } from './system/routes.ts'
import { createModelReader, readerUser } from './reader/model-reader.ts'
import { createReader } from './reader/read.ts'
import { createAskBatch } from './recommendations/batch-ask.ts'
import { createJobRoutes } from './recommendations/batch-routes.ts'
import { createBatchStore } from './recommendations/batch-store.ts'
import { createBatches } from './recommendations/batch.ts'
import { createFollowStates } from './recommendations/follow-state.ts'
import { neededTokens } from './recommendations/needed-tokens.ts'
import { openAccounts, userRoutes } from './app/accounts.ts'
import { createBase } from './app/base.ts'
import { openLines } from './app/lines.ts'
import { openLive, openRecord, watchedLedger } from './app/record.ts'
import { openReports, openSources } from './app/sources.ts'
import { openTokens } from './app/tokens.ts'

export type App = Awaited<ReturnType<typeof buildApp>>

/** Builds every room and hands each what it needs; alone knows them all. */
export async function buildApp(outside: Outside) {
  const { clock, ids, random, log, metrics, trace, db, reads, label, version, roles } = outside
  const base = createBase(outside)
  const { sources, off, cards, simulated, labels, embedded, startedAt, counts, models, pause } = base
  const measured = () => reports.measured()

  const { recommendations, recording, opened } = await openRecord(outside)
  const { accounts, tierOf, settings, watchlist } = await openAccounts(outside)
  const { questionFor } = settings
  const { identify } = accounts
  const live = openLive(outside, { cards, measured, identify })
  const ledger = watchedLedger({ opened, live, recording })

  const ask = openSources(outside)
  const { tokens, tokenStore, listing, ...ofTokens } = openTokens(outside, { sources, ask })
  const observations = live.noting(createObservations({ db }))
  const aside = createKeepAside({ observations, log })
  const watched = createWatched({ db })
  const documents = createDocuments({ db, looked: counts.looked('documents') })
  const authorCalls = createAuthorCalls({ db })
  const voicesOf = createVoicesOf({ documents, calls: authorCalls })
  const claims = createClaimStore({ db })
  const read = createReader({ store: claims, names: tokens.names })
  const take = createTake({ documents, read })
  const see = createSee({ ask, watched, observations, take, clock, guard: outside.guard, log })
  const hooks = createHooks({ db, ids, random, clock, log, sources, ask, tokens })
  const storiesOf = createStoriesOf({ documents, looked: counts.looked('stories') })
  const crowdOf = createCrowdOf({ documents, calls: authorCalls, looked: counts.looked('crowds') })
  const gatherKinds = createGatherKinds({
    sources,
    see,
    watched,
    observations,
    storiesOf,
    crowdOf,
    knownNames: tokens.knownNames,
    ownFigures: createAlertFigures(hooks.alertsOf),
    clock,
    freshness: settings.freshness,
    off: off.flatMap(({ id, kinds, why }) => kinds.map((kind) => ({ kind, source: id, why }))),
  })
  const collect = notingChanges({ db, log })(
    createCollect({ sources, ask, clock, labels, gatherKinds, saw: aside.saw }),
  )
  const fits = createFitStore({ db })
  const gather = createGather({
    collect,
    past: createPast({ recommendations }),
    fits: async (timeframe, at) => [...shippedFits, ...(await fits.newest(timeframe, at))],
    clock,
    engineVersion: version,
  })
  const placeNotify = () => jobs.place('notify', undefined, { id: 'soon' })
  const soon = createSoon({ place: placeNotify, clock: outside.guard, log })
  const notifications = createNotifications({
    db,
    ids,
    clock,
    log,
    kinds: channels,
    vault: targetVault(outside.reach),
    outlet: outside.reach.outlet,
    setting: { publicUrl: outside.reach.publicUrl, simulated },
    missing: missingFor(outside.reach),
    recommendationOf: recommendations.byId,
    users: accounts.userIds,
    sources: measured,
    // A queue of its own is that of a command or a test, which says itself when.
    ...(outside.queue.kind !== 'in-process' && { soon }),
  })
  const asks = createAsks({ db, ids, clock, trace })
  const recordAdvice = createRecordAdvice({ db, ledger, recommendations, asks, tell: notifications.outbox.issued })
  const advise = createAdvise({
    gather,
    analyst: models && createModelAnalyst({ model: models.analyst }),
    async record(asked, recommendation, weighed) {
      const kept = await recordAdvice(asked, recommendation, weighed)
      counts.recommendation(recommendation, kept)
      return kept
    },
    ids,
    clock,
    tierOf,
  })
  const answers = createAnswers({ asks, clock, lookEveryMs: outside.queue.kind === 'in-process' ? null : lookEveryMs })
  const place = (id: string) => jobs.place('advise', { ask: id }, { id })
  const askFreshAdvice = createAskAdvice({ asks, answers, recommendations, clock, place })
  const lookedForAnswer = counts.looked('answers')
  const askAdvice: AskAdvice = async (...asked) => {
    const answer = await askFreshAdvice(...asked)
    lookedForAnswer(!answer.made)
    return answer
  }
  const outcomes = createOutcomes({ db })
  const followings = createFollowingStore({ db, pause })
  const trackerState = createTrackerState({ db, clock, startedAt, followings, outcomes })
  const candles = createCandleStore({ db })
  const lines = openLines(outside, { sources, ask, tokenStore, tokens, simulated, embedded })
  const { holder, stream, tokenStream } = lines
  const reports = openReports(outside, { ask, lines, embedded })
  const settle = createSettle({ ledger, outcomes, clock, tell: notifications.outbox.tell })
  const tracker = createTracker({
    db,
    fill: createFillCandles({ sources, ask, candles, clock }),
    candles,
    followings,
    outcomes,
    async settle(...ending) {
      const sealed = await settle(...ending)
      counts.outcome(sealed.outcome.status, sealed.version)
      return sealed
    },
    tell: notifications.outbox.tell,
    second: createSecondVenue({ sources, ask, clock }),
    stream,
    clock,
    pause,
    log,
    holder,
  })
  const needed = neededTokens({ asks, tokens, own: watchlist.neededTokens })
  const wished = createWished({ db: reads.db, byId: tokens.byId, wishesOf: settings.wishesOf, clock })
  const batchStore = createBatchStore({ db, ids })
  const batches = createBatches({ store: batchStore, asks, recommendations, clock, log, place })
  const house = createHouse({
    profile: outside.houseProfile,
    tokens,
    asks,
    answers,
    place,
    clock,
    log,
    called: () => recommendations.countCurrent(),
  })
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
      ...recommendationJobs({ advise, asks, answers, batches, house, tokens, clock, trace, log, place }),
      ...accounts.jobs,
      ...notifications.jobs,
      ...hooks.jobs,
      ...performanceJobs({
        playDueBaselines: createPlayDueBaselines({ db, inputs: recommendations.inputs, clock, log }),
        calibrateLive: createCalibrateLive({
          liveTrials: createLiveTrials({ db, pause }),
          fits,
          clock,
          engineVersion: version,
        }),
      }),
      ...seriesJobs({
        rollUps: createRollUps({ db }),
        forget: createForget({ db, clock, log, needed: createNeededCandles({ db, clock }) }),
        collectPrices: createCollectPrices({ universe: tokens.universe, sources, ask, observations, clock }),
        collectKind: createCollectKind({
          needed,
          sources,
          see,
          watched,
          ask,
          clock,
          refreshOf: createRefreshOf({ asks, settings, universe: () => tokens.universe() }),
        }),
        readByModel:
          models &&
          createReadByModel({
            db,
            claims,
            read: createModelReader({ model: models.reader, random, clock: outside.guard }),
            needed,
            clock,
          }),
        noteAuthors: createNoteAuthors({ calls: authorCalls, documents, byId: tokens.byId, clock, pause }),
        judgeAuthors: createJudgeAuthors({ calls: authorCalls, byId: tokens.byId, sources, ask, clock, log }),
      }),
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

  const countCalls = createCountCalls({ db: reads.db, pause })
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
  const http: FastifyInstance = await createHttp({
    handlers: {
      ...ofTokens.routes,
      ...userRoutes(outside, { settings, watchlist, tokens, pause }),
      evidence: createEvidenceRoutes({
        tokens,
        collect,
        voicesOf,
        callOf: (token) => recommendations.latest(houseUser, token, timeframe),
        clock,
      }),
      analysis: createAnalysisRoutes({
        db: reads.db,
        tokens,
        listing,
        storiesOf,
        crowdOf,
        shortOf: outcomes.shortOf,
        profile: outside.houseProfile,
        labels,
        clock,
      }),
      recommendations: createRecommendationRoutes({
        recommendations,
        lists: createRecommendations({ db: reads.db }),
        tokens,
        askAdvice,
        endings: { shortOf: outcomes.shortOf, of: trackerState.of },
        askBatch: createAskBatch({
          batches,
          tokens,
          watchedBy: async (userId) => (await watchlist.list(userId)).map(({ token }) => token),
          wishesOf: settings.wishesOf,
          questionFor,
          wished,
          clock,
        }),
        batches,
        follows: createFollowStates({ db }),
        questionFor,
        wished,
        clock,
      }),
      jobs: createJobRoutes({ store: batchStore, clock }),
      performance: createPerformanceRoutes({
        outcomes: createOutcomes({ db: reads.db }),
        countCalls,
        pause,
        clock,
      }),
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

/** Between two looks whether another process has answered a question. */
const lookEveryMs = 250

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
