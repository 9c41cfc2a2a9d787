import { z } from 'zod'
import { IsoInstant, Kind } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { LedgerHead } from './ledger.ts'

/** `unknown`: not asked yet. `down`: the last call failed or the breaker is open. */
export const SourceState = z.enum(['up', 'down', 'unknown'])

export const SourceHealth = z.object({
  id: z.string(),
  docs: z.string(),
  feeds: z.array(z.string()),
  /** The kinds of evidence it speaks for. */
  kinds: z.array(Kind),
  state: SourceState,
  /** Why it is not asked at all; null where it is. */
  off: z.string().nullable(),
  calls: z.int().nonnegative(),
  /** Reason -> how often. */
  failures: z.record(z.string(), z.int().nonnegative()),
  lastSuccessAt: IsoInstant.nullable(),
  lastFailureAt: IsoInstant.nullable(),
  lastFailure: z.string().nullable(),
  breaker: z.enum(['closed', 'open', 'half-open']),
  /** Answers that were not in the documented shape. */
  drift: z.int().nonnegative(),
  /** Of the newest answers; null before the first. */
  latencyMs: z.object({ p50: z.number().nonnegative(), p95: z.number().nonnegative() }).nullable(),
  /** Until when the vendor asked us to wait. */
  heldUntil: IsoInstant.nullable(),
  /** Our budget with this vendor: so many calls in a window, so many left. */
  quota: z.object({ calls: z.int().positive(), perMs: z.int().positive(), left: z.number().nonnegative() }).nullable(),
  /** How it tells closed candles by itself: of how many symbols, since when it does or does not; null where it is only asked. */
  line: z
    .object({
      connected: z.boolean(),
      since: IsoInstant,
      watched: z.int().nonnegative(),
      lastMessageAt: IsoInstant.nullable(),
      reconnects: z.int().nonnegative(),
      /** Its clock against ours; above 0 when it is ahead. */
      skewMs: z.number().nullable(),
      problem: z.string().nullable(),
    })
    .nullable(),
})
export type SourceHealth = z.output<typeof SourceHealth>

/** The house calls: how many tokens are tracked, how many have a current call, when the timer ran and will run. */
export const HouseProgress = z.object({
  tracked: z.int().nonnegative(),
  called: z.int().nonnegative(),
  running: z.boolean(),
  lastRunAt: IsoInstant.nullable(),
  nextRunAt: IsoInstant.nullable(),
})
export type HouseProgress = z.output<typeof HouseProgress>

/** How the following of recommendations is. */
export const TrackerHealth = z.object({
  /**
   * `catching_up`: candles since the oldest open recommendation are still being fetched. `live`: all are known but the last minutes.
   * `stale`: a venue does not answer or tells of no trade, or nobody has asked it for long; what hangs on it is not judged, and nothing is guessed.
   */
  state: z.enum(['catching_up', 'live', 'stale']),
  /** How far behind now the open recommendation is that is known the least (of one of which nothing is known: since its issue); 0 when none is open. */
  lagMs: z.int().nonnegative().nullable(),
  /** Recommendations that are followed now, house and personal. */
  open: z.int().nonnegative(),
  /** The tokens that are not live, at most 20. */
  behind: z.array(
    z.object({ token: z.string(), source: z.string(), knownUntil: IsoInstant.nullable(), why: z.string().nullable() }),
  ),
})
export type TrackerHealth = z.output<typeof TrackerHealth>

const Milliseconds = z.number().nonnegative()

/** How many jobs of a queue are where; `delayed` are retries and what is due later. */
export const QueueCounts = z.object({
  waiting: z.int().nonnegative(),
  active: z.int().nonnegative(),
  delayed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** Age of the job that has been due the longest; null when none waits. */
  oldestWaitingMs: Milliseconds.nullable(),
})

const QueueKind = z.enum(['redis', 'postgres', 'pglite', 'in-process'])

/** The background work: the queues are everybody's, the jobs are those that ran in the process that answers. */
export const JobsHealth = z.object({
  kind: QueueKind,
  answers: z.boolean(),
  /** `queue` is null while it cannot be asked. */
  roles: z.array(z.object({ role: z.string(), isWorkedHere: z.boolean(), queue: QueueCounts.nullable() })),
  jobs: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      runs: z.int().nonnegative(),
      failures: z.int().nonnegative(),
      retries: z.int().nonnegative(),
      /** Slots that came while the one before still ran. */
      leftOut: z.int().nonnegative(),
      lastRunAt: IsoInstant.nullable(),
      lastDurationMs: Milliseconds.nullable(),
      /** Of the last hundred runs. */
      p50Ms: Milliseconds.nullable(),
      p95Ms: Milliseconds.nullable(),
      lastProblem: z.object({ at: IsoInstant, sentence: z.string() }).nullable(),
    }),
  ),
})
export type JobsHealth = z.output<typeof JobsHealth>

/** What everything is kept in. */
export const StoreHealth = z.object({
  /** `embedded`: in the data folder of one process. */
  engine: z.enum(['embedded', 'postgresql']),
  /** How candles are kept: `plain` tables, or `timescaledb-` and its licence. */
  timeseries: z.string(),
  /** The copy that lists are read from; `away`: it was set but cannot be read, and the database itself is read instead. */
  replica: z.enum(['none', 'in use', 'away']),
})
export type StoreHealth = z.output<typeof StoreHealth>

/** A part of the installation. `off`: it is not there, and need not be. */
export const ServiceHealth = z.object({
  name: z.enum([
    'database',
    'redis',
    'queue',
    'engine',
    'tracker',
    'collector:news',
    'collector:onchain',
    'collector:technical',
    'collector:social',
  ]),
  state: z.enum(['up', 'degraded', 'down', 'off', 'unknown']),
  detail: z.string(),
})
export type ServiceHealth = z.output<typeof ServiceHealth>

export const Health = z.object({
  /** `starting`: no house call yet. `degraded`: a source is down. `offline`: all sources that were asked are down. */
  status: z.enum(['ok', 'starting', 'degraded', 'offline']),
  /** `simulated`: every price, call and record comes from the built-in market. */
  data: z.enum(['live', 'simulated']),
  version: z.string(),
  at: IsoInstant,
  startedAt: IsoInstant,
  /** What a person should know now, a sentence each. */
  notices: z.array(z.string()),
  /** What it is made of, each part for itself. */
  services: z.array(ServiceHealth),
  house: HouseProgress,
  tracker: TrackerHealth,
  sources: z.object({
    up: z.int().nonnegative(),
    unknown: z.int().nonnegative(),
    down: z.array(z.object({ id: z.string(), why: z.string(), lastSuccessAt: IsoInstant.nullable() })),
  }),
  /** All queues together. */
  queue: QueueCounts.omit({ delayed: true }).extend({ kind: QueueKind, answers: z.boolean() }),
  store: StoreHealth,
  ledger: LedgerHead,
})
export type Health = z.output<typeof Health>

export const Ready = z.object({
  ready: z.literal(true),
  checks: z.array(z.object({ name: z.string(), ok: z.literal(true) })),
})

export const system = {
  health: endpoint({
    method: 'GET',
    path: '/health',
    access: 'public',
    summary:
      'How the installation is: live or simulated, what is down, how far the house calls are. 200 as long as it runs and its database answers.',
    reply: Health,
  }),
  ready: endpoint({
    method: 'GET',
    path: '/ready',
    access: 'public',
    summary: '200 when requests can be served, else 503 with the check that failed.',
    reply: Ready,
  }),
  sources: endpoint({
    method: 'GET',
    path: '/sources',
    access: 'public',
    summary: 'Every outside source: answering or not, since when, how fast.',
    reply: z.object({ items: z.array(SourceHealth) }),
  }),
  jobs: endpoint({
    method: 'GET',
    path: '/system/jobs',
    access: 'public',
    summary: 'The background work: how deep and how old each queue is, and how the jobs of this process go.',
    reply: JobsHealth,
  }),
}
