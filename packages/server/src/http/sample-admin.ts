import { Failure, Tier, tierLimits, tierModelShare, toIso } from '@pumpiq/domain'
import { openJobsAtMost, transactionsAtMost, watchAtMost, type HandlersOf, type SourceHealth } from '@pumpiq/api'

const minute = 60_000

const entry = (now: number) => ({
  id: 1,
  at: toIso(now - minute),
  userId: 'local',
  via: 'local',
  address: '127.0.0.1',
  operation: 'accounts.login',
  target: null,
  requestId: 'a-request',
  status: 200,
  note: null,
})

/** What those who run it see, as plain as can be. */
export const sampleAdmin = (now: number, sources: readonly SourceHealth[]): HandlersOf<'admin'> => ({
  tiers: () => ({ items: Tier.options.map(tierShown) }),
  sources: () => ({ items: sources.map((source) => ({ ...source, ...ofAdmin(source, now) })) }),
  jobs: () => ({
    kind: 'in-process' as const,
    answers: true,
    roles: [{ role: 'orchestrator', isWorkedHere: true, queue }],
    jobs: [rollUp(now)],
  }),
  runJob({ params: { name } }) {
    if (name !== 'roll-up') throw new Failure('notFound', `there is no timed job of the name ${name}`)
    return { name, role: 'orchestrator', placedAt: toIso(now) }
  },
  budgets: () => ({
    day: toIso(now).slice(0, 10),
    model: { id: 'a-model', host: 'models.example' },
    all: { ...spent(0.31, 2), usdPerDay: 1, setAsideUsd: 0.01 },
    house: { ...spent(0.2, 0), usdPerDay: 0.4 },
    reader: { ...spent(0.1, 0), usdPerDay: 0.3 },
    days: [{ day: toIso(now).slice(0, 10), usd: 0.31, refused: 2 }],
    items: [{ userId: 'ann', tier: 'free' as const, usdPerDay: 0.05, ...spent(0.01, 2) }],
    next: null,
  }),
  audit: () => ({ items: [entry(now)], next: null }),
})

const queue = { waiting: 0, active: 0, delayed: 0, failed: 0, oldestWaitingMs: null }

const spent = (usd: number, refused: number) => ({ today: { usd, refused }, last30Days: { usd, refused } })

function tierShown(tier: Tier) {
  const { streams, ...requests } = tierLimits[tier]
  return {
    tier,
    requests,
    streams,
    most: { watched: watchAtMost[tier], transactions: transactionsAtMost[tier], openJobs: openJobsAtMost[tier] },
    model: { share: tierModelShare[tier], usdPerDay: tierModelShare[tier] },
    settings: tier === 'free' ? { maxRecommendations: { most: 10 } } : {},
    accounts: { people: 3, programs: 1, banned: 0 },
  }
}

const ofAdmin = ({ id, drift }: SourceHealth, now: number) => ({
  key: 'none' as const,
  hasKey: false,
  tells: [],
  refused:
    drift === 0
      ? []
      : [
          {
            at: toIso(now - minute),
            asked: `api.${id}.example/v1`,
            issue: 'price: expected number',
            body: '{"price":{}}',
          },
        ],
})

const rollUp = (now: number) => ({
  name: 'roll-up',
  role: 'orchestrator',
  runs: 7,
  failures: 0,
  retries: 0,
  leftOut: 0,
  running: 0,
  lastRunAt: toIso(now - minute),
  lastEnding: 'done' as const,
  lastDurationMs: 12,
  p50Ms: 11,
  p95Ms: 19,
  lastProblem: null,
  timed: { everyMs: minute, nextAt: toIso(now) },
  timeoutMs: 50_000,
  retriesAtMost: 0,
})
