import { z } from 'zod'
import { IsoInstant } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { LedgerHead } from './ledger.ts'

/** `unknown`: not asked yet. `down`: the last call failed or the breaker is open. */
export const SourceState = z.enum(['up', 'down', 'unknown'])

export const SourceHealth = z.object({
  id: z.string(),
  docs: z.string(),
  feeds: z.array(z.string()),
  state: SourceState,
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
   * `stale`: a venue does not answer or tells of no trade; what hangs on it is not judged, and nothing is guessed.
   */
  state: z.enum(['catching_up', 'live', 'stale']),
  /** How far behind now the open recommendation is that is known the least; null when nothing of one is known, 0 when none is open. */
  lagMs: z.int().nonnegative().nullable(),
  /** Recommendations that are followed now, house and personal. */
  open: z.int().nonnegative(),
  /** The tokens that are not live, at most 20. */
  behind: z.array(
    z.object({ token: z.string(), source: z.string(), knownUntil: IsoInstant.nullable(), why: z.string().nullable() }),
  ),
})
export type TrackerHealth = z.output<typeof TrackerHealth>

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
  house: HouseProgress,
  tracker: TrackerHealth,
  sources: z.object({
    up: z.int().nonnegative(),
    unknown: z.int().nonnegative(),
    down: z.array(z.object({ id: z.string(), why: z.string(), lastSuccessAt: IsoInstant.nullable() })),
  }),
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
      'How the installation is: live or simulated, what is down, how far the house calls are. 200 as long as it runs.',
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
}
