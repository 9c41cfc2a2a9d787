import { z } from 'zod'
import { CallType, IsoInstant, OutcomeStatus, Timeframe } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { page, paging } from '../page.ts'
import { RecommendationSummary } from './recommendations.ts'

/** By when a call ended, not by when it was issued: a young cohort's quick endings would be all that is seen of it. */
export const Period = z.enum(['7d', '30d', '90d', '1y', 'all'])
export type Period = z.output<typeof Period>

/**
 * A rate or mean with its 95 % interval. `n` calls are worth `effectiveN` independent ones: overlapping windows of one token count once.
 * Under 30 of those `value` is null and `note` says why.
 */
export const Figure = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int().nonnegative(),
  effectiveN: z.number().nonnegative(),
  note: z.string().nullable(),
})
export type Figure = z.output<typeof Figure>

const FigureWithMedian = Figure.extend({ median: z.number().nullable() })
const Count = z.int().nonnegative()

/** BUY and SELL calls with levels. Rates are over the filled and decided. */
export const DirectionalFigures = z.object({
  calls: Count,
  filled: Count,
  decided: Count,
  notFilled: Count,
  open: Count,
  unresolved: Count,
  delisted: Count,
  invalidated: Count,
  /** Target 1 before the stop. Wilson interval on the effective n. */
  hit: Figure,
  /** R net of costs. Interval by block bootstrap. */
  r: FigureWithMedian,
  returnNetPct: FigureWithMedian,
  ambiguousShare: z.number().nullable(),
  profitFactor: z.number().nullable(),
  totalR: z.number(),
  maxDrawdownR: z.number(),
})

export const PerformanceSummary = z.object({
  period: Period,
  timeframe: Timeframe,
  /** Of the endings counted; null: since the record began. */
  from: IsoInstant.nullable(),
  to: IsoInstant,
  /** Closed in the period, and the ones that are open now. */
  calls: Count,
  closed: Count,
  byType: z.record(CallType, Count),
  byStatus: z.record(OutcomeStatus, Count),
  directional: DirectionalFigures,
  buy: DirectionalFigures,
  sell: DirectionalFigures,
  /** Right when price stayed inside the band. */
  hold: z.object({ calls: Count, decided: Count, right: Figure }),
  /** Right when the market lost over the horizon, before costs. */
  avoid: z.object({ calls: Count, decided: Count, right: Figure, marketReturnPct: Figure }),
  /** What a reader must know, a sentence each. */
  notes: z.array(z.string()),
})
export type PerformanceSummary = z.output<typeof PerformanceSummary>

export const performance = {
  summary: endpoint({
    method: 'GET',
    path: '/performance/summary',
    access: 'public',
    summary: 'The public record: every house call of a timeframe that ended in the period, and those still open.',
    query: z.strictObject({ period: Period.default('all'), timeframe: Timeframe.default('SWING') }),
    reply: PerformanceSummary,
  }),
  recommendations: endpoint({
    method: 'GET',
    path: '/performance/recommendations',
    access: 'public',
    summary:
      'Closed house calls, losers first: by R from the lowest, calls without an R (HOLD, AVOID, not filled) last.',
    query: z.strictObject({
      period: Period.default('all'),
      timeframe: Timeframe.optional(),
      type: CallType.optional(),
      ...paging(100, 50),
    }),
    reply: page(RecommendationSummary),
  }),
}
