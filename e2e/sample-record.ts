import {
  priceOf,
  toIso,
  toNumber,
  type Outcome,
  type OutcomeEvent,
  type Price,
  type Recommendation,
} from '@pumpiq/domain'
import type { Figure, Handlers, PerformanceSummary, RecommendationOutcome, RecommendationSummary } from '@pumpiq/api'
import { sampleGroups } from './sample-groups.ts'
import { sampleLines } from './sample-lines.ts'
import type { SampleMarket } from '../packages/server/src/http/sample-market.ts'

const hour = 3_600_000

type Story = {
  readonly status: Outcome['status']
  /** What happened how many hours after the issue, at which price. */
  readonly events: readonly (readonly [hours: number, event: OutcomeEvent, price: (call: Recommendation) => Price])[]
  readonly first?: Outcome['first']
  readonly r?: number
  readonly ambiguous?: boolean
  readonly held?: boolean
  readonly endsAfter: number
}

const entry = (call: Recommendation) => (call.type === 'SELL' ? call.entry!.low : call.entry!.high)
const target = (k: number) => (call: Recommendation) => call.targets[k]!.price
const stop = (call: Recommendation) => call.stopLoss!
const times = (factor: number) => (call: Recommendation) =>
  priceOf(Number((toNumber(call.price!.value) * factor).toPrecision(5)))

/** By symbol: each way a call can end, once. LINK stays open. */
const stories: Record<string, Story> = {
  BTC: {
    status: 'STOPPED',
    events: [
      [3, 'FILLED', entry],
      [40, 'TARGET_1', target(0)],
      [90, 'STOP', stop],
    ],
    first: 'target',
    r: 0.14,
    endsAfter: 90,
  },
  ETH: { status: 'EXPIRED', events: [[168, 'EXPIRY', times(1.01)]], held: true, endsAfter: 168 },
  SOL: {
    status: 'TARGET_3',
    events: [
      [1, 'FILLED', entry],
      [30, 'TARGET_1', target(0)],
      [30, 'TARGET_2', target(1)],
      [120, 'TARGET_3', target(2)],
    ],
    first: 'target',
    r: 1.96,
    endsAfter: 120,
  },
  XRP: {
    status: 'STOPPED',
    events: [
      [2, 'FILLED', entry],
      [2, 'STOP', stop],
    ],
    first: 'stop',
    r: -1.08,
    ambiguous: true,
    endsAfter: 2,
  },
  DOGE: { status: 'STOPPED', events: [[60, 'STOP', times(1.09)]], held: false, endsAfter: 60 },
  ADA: {
    status: 'EXPIRED',
    events: [
      [5, 'FILLED', entry],
      [168, 'EXPIRY', times(0.99)],
    ],
    first: 'expiry',
    r: 0.09,
    endsAfter: 168,
  },
  AVAX: { status: 'NOT_FILLED', events: [], endsAfter: 14 },
  DOT: { status: 'INVALIDATED', events: [[8, 'INVALIDATION', times(0.95)]], endsAfter: 8 },
  LTC: { status: 'UNRESOLVED', events: [[4, 'FILLED', entry]], endsAfter: 168 },
  MOONPUP: { status: 'DELISTED', events: [[100, 'EXPIRY', times(0.2)]], endsAfter: 100 },
}

function outcomeOf(call: Recommendation, { status, events, first, r, ambiguous, held, endsAfter }: Story): Outcome {
  const issued = Date.parse(call.issuedAt)
  const at = (hours: number) => toIso(issued + hours * hour)
  const told = events.map(([hours, event, price]) => ({ at: at(hours), event, price: price(call) }))
  const fill = told.find(({ event }) => event === 'FILLED')
  const last = told.at(-1)
  return {
    status,
    at: at(endsAfter),
    filledAt: fill?.at ?? null,
    fillPrice: fill?.price ?? null,
    events: told,
    first: first ?? null,
    rMultiple: r ?? null,
    returnGrossPct: r === undefined ? null : r * 3.6 + 0.3,
    returnNetPct: r === undefined ? null : r * 3.6,
    mfeR: fill ? 1.3 : null,
    maeR: fill ? 0.8 : null,
    hoursToOutcome: endsAfter,
    ambiguous: ambiguous ?? false,
    held: held ?? null,
    decidedBy: last
      ? {
          openAt: last.at,
          intervalMs: 60_000,
          open: last.price,
          high: times(1.1)(call),
          low: times(0.9)(call),
          close: last.price,
        }
      : null,
  }
}

const few = (n: number): Figure => ({
  value: null,
  low: null,
  high: null,
  n,
  effectiveN: n,
  note: `too few: ${n} independent windows, 30 are needed`,
})
const many = (value: number, half: number, n = 412): Figure => ({
  value,
  low: value - half,
  high: value + half,
  n,
  effectiveN: n / 2,
  note: null,
})

type Thick = 'few' | 'many'

function summaryOf(
  now: number,
  closed: readonly RecommendationSummary[],
  open: number,
  thick: Thick,
): PerformanceSummary {
  const figure = (value: number, half: number, n: number) => (thick === 'many' ? many(value, half) : few(n))
  const status = (name: string) => closed.filter(({ outcome }) => outcome?.status === name).length
  const type = (name: string) => closed.filter((call) => call.type === name).length
  const directional = (calls: number) => ({
    calls,
    filled: calls,
    decided: calls,
    notFilled: status('NOT_FILLED'),
    open,
    unresolved: status('UNRESOLVED'),
    delisted: status('DELISTED'),
    invalidated: status('INVALIDATED'),
    hit: figure(0.431, 0.062, calls),
    r: { ...figure(-0.084, 0.11, calls), median: thick === 'many' ? -0.97 : null },
    returnNetPct: { ...figure(-0.3, 0.4, calls), median: thick === 'many' ? -2.1 : null },
    ambiguousShare: thick === 'many' ? 0.013 : null,
    profitFactor: thick === 'many' ? 0.87 : null,
    totalR: 1.11,
    maxDrawdownR: 1.08,
  })
  return {
    period: 'all',
    timeframe: 'SWING',
    from: null,
    to: toIso(now),
    calls: closed.length + open,
    closed: closed.length,
    byType: { BUY: type('BUY'), HOLD: type('HOLD'), SELL: type('SELL'), AVOID: type('AVOID') },
    byStatus: {
      OPEN: open,
      TARGET_3: status('TARGET_3'),
      STOPPED: status('STOPPED'),
      EXPIRED: status('EXPIRED'),
      INVALIDATED: status('INVALIDATED'),
      NOT_FILLED: status('NOT_FILLED'),
      UNRESOLVED: status('UNRESOLVED'),
      DELISTED: status('DELISTED'),
    },
    directional: directional(type('BUY') + type('SELL')),
    buy: directional(type('BUY')),
    sell: directional(type('SELL')),
    hold: { calls: type('HOLD'), decided: type('HOLD'), right: figure(0.52, 0.06, type('HOLD')) },
    avoid: {
      calls: type('AVOID'),
      decided: type('AVOID'),
      right: few(type('AVOID')),
      marketReturnPct: few(type('AVOID')),
    },
    results: {
      winRate: figure(0.43, 0.06, closed.length),
      winningReturnPct: figure(7.1, 0.9, closed.length),
      losingReturnPct: figure(-5.2, 0.6, closed.length),
      hoursToOutcome: { ...figure(61, 7, closed.length), median: thick === 'many' ? 48 : null },
      best: null,
      worst: null,
      byRisk: [],
    },
    notes: [],
  }
}

export type SampleRecord = { readonly ended?: Thick | 'none'; readonly tracker?: 'catching_up' | 'live' | 'stale' }

/** The sample handlers with a record: calls that ended each in its own way, as thick or thin as wanted, and the tracker in any state. */
export function withRecord(handlers: Handlers, market: SampleMarket, now: number, options: SampleRecord): Handlers {
  const { ended = 'none', tracker = 'live' } = options
  const outcomes = new Map<string, Outcome>()
  for (const call of market.recommendations) {
    const story = stories[call.symbol]
    if (ended !== 'none' && story) outcomes.set(call.id, outcomeOf(call, story))
  }
  const short = (call: Recommendation): RecommendationSummary => {
    const outcome = outcomes.get(call.id)
    if (!outcome || outcome.status === 'OPEN') return { ...call, outcome: null }
    const { status, at, rMultiple, returnNetPct } = outcome
    return { ...call, outcome: { status, at, rMultiple, returnNetPct } }
  }
  const calls = market.recommendations.map(short)
  const closed = calls.filter(({ outcome }) => outcome !== null)
  const losersFirst = closed.toSorted((a, b) => (a.outcome!.rMultiple ?? 99) - (b.outcome!.rMultiple ?? 99))
  const open = calls.filter(({ outcome, abstained }) => outcome === null && abstained === null)
  return {
    ...handlers,
    recommendations: {
      ...handlers.recommendations,
      list: () => ({ items: calls, next: null }),
      outcome: ({ params: { id } }) => followedOf(market, id, outcomes.get(id), now),
    },
    performance: {
      ...handlers.performance,
      ...(ended !== 'none' && sampleGroups(now, ended === 'many' ? 206 : 9)),
      ...(ended !== 'none' && sampleLines(now, ended === 'many' ? 206 : 9)),
      summary: ({ query: { period } }) =>
        period === '7d'
          ? { ...summaryOf(now, [], open.length, 'few'), period }
          : summaryOf(now, closed, open.length, ended === 'many' ? 'many' : 'few'),
      // Two pages, so that the button for more has something to do.
      recommendations: ({ query: { cursor } }) =>
        cursor === undefined
          ? { items: losersFirst.slice(0, 6), next: losersFirst.length > 6 ? 'rest' : null }
          : { items: losersFirst.slice(6), next: null },
    },
    system: {
      ...handlers.system,
      async health(asked) {
        const health = await handlers.system.health(asked)
        const behind =
          tracker === 'stale'
            ? [
                {
                  token: 'litecoin:native',
                  source: 'kraken',
                  knownUntil: toIso(now - 2 * hour),
                  why: 'no answer within 5 s',
                },
              ]
            : []
        return {
          ...health,
          tracker: { state: tracker, lagMs: tracker === 'live' ? 61_000 : 2 * hour, open: open.length, behind },
        }
      },
    },
  }
}

function followedOf(
  market: SampleMarket,
  id: string,
  outcome: Outcome | undefined,
  now: number,
): RecommendationOutcome {
  const call = market.recommendations.find((one) => one.id === id)!
  if (!outcome)
    return {
      id,
      state: call.abstained === null ? 'open' : 'none',
      source: call.abstained === null ? 'binance' : null,
      knownUntil: call.abstained === null ? toIso(now - 60_000) : null,
      versions: [],
    }
  const seal = { seq: 40 + (call.seal?.seq ?? 0), prevHash: '0'.repeat(64), hash: 'ab'.repeat(32) }
  return {
    id,
    state: 'closed',
    source: 'binance',
    knownUntil: toIso(now - 60_000),
    versions: [{ version: 1, outcome, source: 'binance', notes: [], recordedAt: toIso(now - 30_000), seal }],
  }
}
