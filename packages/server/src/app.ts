import { Failure, toIso } from '@pumpiq/domain'
import type { HouseProgress } from '@pumpiq/api'
import type { FastifyInstance } from 'fastify'
import type { Analyst } from './analysts/analyst.ts'
import type { Db } from './db/db.ts'
import { createCandleStore } from './evidence/candles.ts'
import { createFillCandles } from './evidence/candles-fill.ts'
import { createCollect } from './evidence/collect.ts'
import { createHttp } from './http/server.ts'
import { openLedger } from './ledger/ledger.ts'
import { createLedgerRoutes, toldHead } from './ledger/routes.ts'
import { createAsk } from './network/ask.ts'
import type { Fetch } from './network/fetch.ts'
import type { Clock } from './platform/clock.ts'
import type { HomeLabel } from './platform/home.ts'
import type { Ids } from './platform/ids.ts'
import type { Log } from './platform/log.ts'
import type { Random } from './platform/random.ts'
import type { Secret } from './platform/secret.ts'
import { createFollowingStore } from './performance/following.ts'
import { createOutcomes } from './performance/outcomes.ts'
import { createRestoredRecord } from './performance/restore.ts'
import { createPerformanceRoutes } from './performance/routes.ts'
import { createSettle } from './performance/settle.ts'
import { createTrackerState } from './performance/state.ts'
import { createTracker } from './performance/track.ts'
import { createAdvise } from './recommendations/advise.ts'
import { createAskAdvice } from './recommendations/ask.ts'
import { createGather } from './recommendations/gather.ts'
import { createHouse, type House } from './recommendations/house.ts'
import { createPast } from './recommendations/past.ts'
import { createRecordAdvice } from './recommendations/record.ts'
import { createRecommendationRoutes } from './recommendations/routes.ts'
import { createRecommendations } from './recommendations/store.ts'
import type { Source } from './sources/source.ts'
import { createSystemRoutes } from './system/routes.ts'
import { createTokenRoutes } from './tokens/routes.ts'
import { createTokenStore } from './tokens/store.ts'
import { createTokens } from './tokens/tokens.ts'

/** Everything that is not ours to compute: time, chance, network, disk. The real ones come from `outside.ts`, others from tests. */
export type Outside = {
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  readonly log: Log
  readonly fetch: Fetch
  readonly db: Db
  /** The fsynced ledger of an embedded home; null where the database itself is durable. */
  readonly ledgerPath: string | null
  readonly label: HomeLabel
  readonly sources: readonly Source[]
  readonly analysts: readonly Analyst[]
  readonly sourceKeys: Readonly<Record<string, Secret>>
  readonly version: string
  readonly webRoot: string
  readonly trustProxy: false | number | readonly string[]
}

export type App = Awaited<ReturnType<typeof buildApp>>

/** Builds every room and hands each what it needs; alone knows them all. */
export async function buildApp(outside: Outside) {
  const { clock, ids, random, log, fetch, db, label, sources, version } = outside
  const simulated = label === 'simulated'
  const startedAt = clock.now()

  const recommendations = createRecommendations({ db })
  const restored = createRestoredRecord(recommendations)
  const ledger = await openLedger({ db, path: outside.ledgerPath, log, restored })
  const ask = createAsk({ fetch, clock, random, log, keys: outside.sourceKeys })

  const tokenStore = createTokenStore({ db })
  const tokens = createTokens({ store: tokenStore, fetchCatalogue: catalogueFrom(sources, ask, log), clock, log })
  const collect = createCollect({ sources, ask, clock, labels: simulated ? ['SIMULATED'] : [] })
  const gather = createGather({ collect, past: createPast({ recommendations }), clock, engineVersion: version })
  const record = createRecordAdvice({ ledger, recommendations })
  const advise = createAdvise({ gather, analysts: outside.analysts, record, ids })
  const askAdvice = createAskAdvice({ advise, recommendations, clock })
  const outcomes = createOutcomes({ db })
  const followings = createFollowingStore({ db })
  const trackerState = createTrackerState({ db, clock, startedAt, followings, outcomes })
  const candles = createCandleStore({ db })
  const tracker = createTracker({
    db,
    fill: createFillCandles({ sources, ask, candles, clock }),
    candles,
    followings,
    outcomes,
    settle: createSettle({ ledger, outcomes, clock }),
    clock,
    log,
    // A home has one process at a time, by its lock: whoever opens it next need not wait for the lease of one that was killed.
    holder: outside.ledgerPath === null ? ids.next() : 'the process of this home',
  })
  const house = createHouse({ tokens, advise, clock, log, called: () => recommendations.countCurrent() })

  const http: FastifyInstance = await createHttp({
    handlers: {
      tokens: createTokenRoutes({ tokens, store: tokenStore }),
      recommendations: createRecommendationRoutes({
        recommendations,
        tokens,
        askAdvice,
        endings: { shortOf: outcomes.shortOf, of: trackerState.of },
      }),
      performance: createPerformanceRoutes({ outcomes, clock }),
      ledger: createLedgerRoutes({ ledger }),
      system: createSystemRoutes({
        clock,
        startedAt,
        version,
        simulated,
        sources,
        measured: ask.health,
        house: () => toldProgress(house),
        tracker: trackerState.health,
        head: () => toldHead(ledger),
        checks: [{ name: 'database', check: async () => void (await tokenStore.count()) }],
        notices: () => noticesOf(simulated, tokens.problem()),
      }),
    },
    log,
    ids,
    simulated,
    webRoot: outside.webRoot,
    trustProxy: outside.trustProxy,
  })

  return {
    http,
    tokens,
    askAdvice,
    recommendations,
    ledger,
    house,
    tracker,
    ask,
    /** Ends what runs in order: no new requests, the call under way is finished or left out, the ledger is closed. The database is the outside's. */
    async close(): Promise<void> {
      await house.stop()
      await tracker.stop()
      await http.close()
      await ledger.close()
    },
  }
}

const cataloguePages = 2

function catalogueFrom(sources: readonly Source[], ask: ReturnType<typeof createAsk>, log: Log) {
  const source = sources.find(({ feeds }) => feeds.catalogue)
  return async (abort?: AbortSignal) => {
    if (!source?.feeds.catalogue) throw new Failure('unavailable', 'no source of the token catalogue is configured')
    const get = ask.from(source, { ...(abort && { abort }) })
    const omit = (catalogueId: string, why: string) =>
      log.debug('a coin is left out of the catalogue', { catalogueId, why })
    return source.feeds.catalogue({ pages: cataloguePages, get, omit, ...(abort && { abort }) })
  }
}

async function toldProgress(house: House): Promise<HouseProgress> {
  const { lastRunAt, nextRunAt, ...counts } = await house.progress()
  const told = (at: number | null) => (at === null ? null : toIso(at))
  return { ...counts, lastRunAt: told(lastRunAt), nextRunAt: told(nextRunAt) }
}

function noticesOf(simulated: boolean, catalogueProblem: string | null): string[] {
  return [
    ...(simulated ? ['Every price, call and record here comes from the built-in simulated market.'] : []),
    ...(catalogueProblem ? [catalogueProblem] : []),
    'Only technical evidence is collected at present: news, on-chain and social add nothing to a call, and no language model is asked.',
  ]
}
