import { Failure, toIso } from '@pumpiq/domain'
import type { Handlers, Health, SourceHealth } from '@pumpiq/api'
import type { SampleMarket } from './sample-market.ts'
import { sampleAccounts } from './sample-accounts.ts'
import { sampleAdmin } from './sample-admin.ts'
import { sampleHooks, sampleUdf } from './sample-hooks.ts'
import { sampleJob, sampleJobs } from './sample-jobs.ts'
import { sampleNotifications } from './sample-notifications.ts'
import { samplePerformance } from './sample-performance.ts'
import { samplePortfolio } from './sample-portfolio.ts'
import { sampleSettings } from './sample-settings.ts'
import { sampleOverviews } from './sample-overviews.ts'
import { sampleSources } from './sample-sources.ts'
import { sampleTokens } from './sample-tokens.ts'
import { sampleWatchlist } from './sample-watchlist.ts'

export type SampleOptions = {
  readonly market: SampleMarket
  readonly now: number
  readonly simulated?: boolean
  /** Ids of sources that do not answer. */
  readonly down?: readonly string[]
}

/** Handlers over sample documents, as plain as can be: for tests of binding, client and pages. */
export function createSampleHandlers({ market, now, simulated = true, down = [] }: SampleOptions): Handlers {
  const found = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Failure('notFound', what)
    return value
  }
  const byId = (id: string) =>
    found(
      market.recommendations.find((one) => one.id === id),
      `there is no recommendation ${id}`,
    )
  const sources = sampleSources(down, now)
  return {
    tokens: sampleTokens(market, now),
    evidence: {
      token: ({ params: { id } }) => found(market.analyses.get(id), `there is no token ${id}`),
    },
    analysis: sampleOverviews(market, now),
    recommendations: {
      list: ({ query: { token, type, limit } }) => ({
        items: market.recommendations
          .filter((one) => (!token || one.token === token) && (!type || one.type === type))
          .slice(0, limit)
          .map((one) => ({ ...one, outcome: null })),
        next: null,
      }),
      one: ({ params: { id } }) => byId(id),
      create({ body }) {
        const asked = body.token.toLowerCase()
        const document = market.recommendations.find(
          ({ token, symbol }) => token === asked || symbol.toLowerCase() === asked,
        )
        return { made: body.maxAgeMs === 0, document: found(document, `no token is called ${body.token}`) }
      },
      batch: () => ({ accepted: sampleJob(now) }),
      following: ({ params: { id } }) => ({ id: byId(id).id, mine: null, size: null }),
      follow: ({ params: { id } }) => ({ id: byId(id).id, mine: null, size: null }),
      inputs: ({ params: { id } }) => found(market.inputs.get(byId(id).id), `there are no inputs of ${id}`),
      explanation: ({ params: { id } }) => found(market.explanations.get(byId(id).id), `there are no inputs of ${id}`),
      outcome: ({ params: { id } }) => ({
        id: byId(id).id,
        state: 'open',
        source: 'binance',
        knownUntil: toIso(now - 60_000),
        versions: [],
      }),
    },
    jobs: sampleJobs(now),
    watchlist: sampleWatchlist(now),
    portfolio: samplePortfolio(now),
    performance: samplePerformance(now),
    ledger: {
      head: () => headOf(market),
      async *export() {
        for (const record of market.records) yield JSON.stringify(record)
      },
    },
    notifications: sampleNotifications(now),
    accounts: sampleAccounts(now),
    admin: sampleAdmin(now, sources),
    hooks: sampleHooks(now),
    settings: sampleSettings(now),
    udf: sampleUdf(now),
    system: {
      health: () => healthOf(market, now, simulated, sources),
      ready: () => ({ ready: true, checks: [{ name: 'database', ok: true }] }),
      sources: () => ({ items: sources }),
      jobs: () => ({
        kind: 'in-process' as const,
        answers: true,
        roles: [{ role: 'engine', isWorkedHere: true, queue: { ...idle, delayed: 0 } }],
        jobs: [],
      }),
    },
  }
}

const headOf = ({ records }: SampleMarket) => {
  const last = records.at(-1)
  return last ? { seq: last.seq, hash: last.hash } : { seq: 0, hash: '0'.repeat(64) }
}

const sampleServices = (isDegraded: boolean): Health['services'] => [
  { name: 'database', state: 'up', detail: 'embedded' },
  { name: 'redis', state: 'off', detail: 'one process needs none' },
  { name: 'queue', state: 'up', detail: 'in-process' },
  { name: 'engine', state: 'up', detail: 'the rules decide and write the reasons; no model is configured' },
  { name: 'tracker', state: 'up', detail: '12 calls are followed, live' },
  { name: 'collector:technical', state: isDegraded ? 'degraded' : 'up', detail: '5 up, 0 down, 0 not asked yet' },
]

const idle = { waiting: 0, active: 0, failed: 0, oldestWaitingMs: null }

function healthOf(market: SampleMarket, now: number, simulated: boolean, sources: readonly SourceHealth[]): Health {
  const down = sources.filter(({ state }) => state === 'down')
  const up = sources.filter(({ state }) => state === 'up')
  const called = market.recommendations.length
  return {
    status: called === 0 ? 'starting' : up.length === 0 ? 'offline' : down.length > 0 ? 'degraded' : 'ok',
    data: simulated ? 'simulated' : 'live',
    version: '0.1.0',
    at: toIso(now),
    startedAt: toIso(now - 3_600_000),
    notices: [],
    house: {
      tracked: 12,
      called,
      running: called === 0,
      lastRunAt: called === 0 ? null : toIso(now - 90_000),
      nextRunAt: toIso(now + 810_000),
    },
    services: sampleServices(down.length > 0),
    tracker: { state: 'live', lagMs: 60_000, open: called, behind: [] },
    sources: {
      up: up.length,
      unknown: sources.length - up.length - down.length,
      down: down.map(({ id, lastFailure, lastSuccessAt }) => ({ id, why: lastFailure ?? 'no answer', lastSuccessAt })),
    },
    queue: { kind: 'in-process', answers: true, ...idle },
    store: { engine: 'embedded', timeseries: 'plain', replica: 'none' },
    ledger: headOf(market),
  }
}
