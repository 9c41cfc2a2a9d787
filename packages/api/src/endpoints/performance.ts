import { z } from 'zod'
import { CallType, Confidence, IsoInstant, minutes, OutcomeStatus, RiskRating, Timeframe } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { page, paging } from '../page.ts'
import { RecommendationSummary } from './recommendations.ts'
import { TokenIdText } from './tokens.ts'

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

/** Closed in the period, and the ones that are open now. */
const counts = {
  calls: Count,
  closed: Count,
  byType: z.record(CallType, Count),
  byStatus: z.record(OutcomeStatus, Count),
}

/** HOLD and AVOID by their own measure: they are never blended into the directional figures. */
const others = {
  /** Right when price stayed inside the band. */
  hold: z.object({ calls: Count, decided: Count, right: Figure }),
  /** Right when the market lost over the horizon, before costs. */
  avoid: z.object({ calls: Count, decided: Count, right: Figure, marketReturnPct: Figure }),
}

/** Of the endings counted; `from` null: since the record began. `notes` are what a reader must know, a sentence each. */
const told = { period: Period, from: IsoInstant.nullable(), to: IsoInstant, notes: z.array(z.string()) }

/** One call that stands out: told whatever the number of calls, for it is a fact of one. */
const StandingOut = z.object({
  token: z.string(),
  symbol: z.string(),
  type: CallType,
  issuedAt: IsoInstant,
  returnNetPct: z.number(),
  rMultiple: z.number().nullable(),
  hours: z.number().nonnegative(),
})

/** What filled and decided BUY and SELL calls returned net of costs. A win is a return above 0, which is not target 1 before the stop. */
export const PerformanceResults = z.object({
  winRate: Figure,
  winningReturnPct: Figure,
  losingReturnPct: Figure,
  /** From the issue to the end. */
  hoursToOutcome: FigureWithMedian,
  best: StandingOut.nullable(),
  worst: StandingOut.nullable(),
  /** By the rating that was sealed with each call; `calls` are of all types, open ones among them. */
  byRisk: z.array(z.object({ risk: RiskRating, calls: Count, decided: Count, winRate: Figure, returnNetPct: Figure })),
})
export type PerformanceResults = z.output<typeof PerformanceResults>

export const PerformanceSummary = z.object({
  ...told,
  timeframe: Timeframe,
  ...counts,
  directional: DirectionalFigures,
  buy: DirectionalFigures,
  sell: DirectionalFigures,
  ...others,
  results: PerformanceResults,
})
export type PerformanceSummary = z.output<typeof PerformanceSummary>

export const TokenPerformance = z.object({
  ...told,
  token: z.string(),
  calls: Count,
  closed: Count,
  timeframes: z.array(
    z.object({
      timeframe: Timeframe,
      ...counts,
      directional: DirectionalFigures,
      ...others,
      results: PerformanceResults,
    }),
  ),
})
export type TokenPerformance = z.output<typeof TokenPerformance>

/** What a baseline made of the windows of our calls, each from the call's fill to its end. */
const BaselineBeside = z.object({
  id: z.string(),
  label: z.string(),
  /** Windows in which it has a result, and how many independent ones they are worth. */
  n: Count,
  effectiveN: z.number().nonnegative(),
  /** Mean a call after costs, in percent; null under 30 independent windows. */
  meanReturnNetPct: z.number().nullable(),
  /** Our calls less this one on the same windows, with its 95 % interval. */
  leadPct: z.number().nullable(),
  leadLow: z.number().nullable(),
  leadHigh: z.number().nullable(),
  note: z.string().nullable(),
})

/** What calls are grouped by: facts that were sealed with each, and the month in which it ended. `risk` is the rating of the call. */
export const BreakdownBy = z.enum([
  'period',
  'timeframe',
  'type',
  'risk',
  'token',
  'confidence',
  'weights',
  'analyst',
  'actionable',
])
export type BreakdownBy = z.output<typeof BreakdownBy>

const BreakdownGroup = z.object({
  key: z.string(),
  label: z.string(),
  ...counts,
  directional: DirectionalFigures,
  ...others,
  baselines: z.array(BaselineBeside),
})

export const PerformanceBreakdown = z.object({
  ...told,
  by: BreakdownBy,
  /** Null where the groups are timeframes. */
  timeframe: Timeframe.nullable(),
  calls: Count,
  closed: Count,
  /** Every call is in one of them. */
  groups: z.array(BreakdownGroup),
})
export type PerformanceBreakdown = z.output<typeof PerformanceBreakdown>

export const BaselinesBeside = z.object({
  ...told,
  timeframe: Timeframe,
  /** Filled and decided directional calls, by whether the baselines were played on their windows. */
  counted: z.object({
    decided: Count,
    played: Count,
    /** Not looked at yet. */
    waiting: Count,
    /** Their candles are not kept any more, or do not decide them as they were decided. */
    unknown: Count,
  }),
  /** Our calls first. */
  rows: z.array(
    BaselineBeside.extend({
      low: z.number().nullable(),
      high: z.number().nullable(),
      /** Share of windows that won after costs, with Wilson's interval. */
      winRate: z.number().nullable(),
      winLow: z.number().nullable(),
      winHigh: z.number().nullable(),
      meanR: z.number().nullable(),
    }),
  ),
  /** One sentence on whether the calls beat buying and holding over the same windows. */
  verdict: z.string(),
})
export type BaselinesBeside = z.output<typeof BaselinesBeside>

/** One R staked on each window, added up in the order in which the calls ended. */
const EquityLine = z.object({
  id: z.string(),
  label: z.string(),
  /** Windows in which it has a result; elsewhere its line is level. */
  n: Count,
  totalR: z.number(),
  maxDrawdownR: z.number(),
  /** What our calls made in those same windows. */
  callsTotalR: z.number(),
  /** After each of the points, rounded to a ten-thousandth. */
  cumulativeR: z.array(z.number()),
})

export const PerformanceEquity = z.object({
  ...told,
  timeframe: Timeframe,
  /** Filled and decided directional calls, and how many independent ones they are worth. */
  n: Count,
  effectiveN: z.number().nonnegative(),
  /** Of those without a baseline: not looked at yet, or not to be computed. */
  waiting: Count,
  unknown: Count,
  /** Returned exactly nothing: what one R was of the stake cannot be told of it, so baselines without a stop have no R there. */
  unscaled: Count,
  /** When the calls ended, the newest last: all of them, or evenly chosen ones where there are more than five hundred. */
  points: z.array(IsoInstant),
  /** Our calls first. */
  lines: z.array(EquityLine),
})
export type PerformanceEquity = z.output<typeof PerformanceEquity>

const CalibrationFigures = z.object({
  n: Count,
  effectiveN: z.number().nonnegative(),
  /** How often target 1 came first; null under 30 independent calls, and so are the three scores. */
  baseRate: z.number().nullable(),
  brier: z.number().nullable(),
  /** Above 0 is better than always saying the base rate. */
  brierSkill: z.number().nullable(),
  /** In nats. */
  logLoss: z.number().nullable(),
  /** Mean distance between what was said and what came, over the bins; null under 200 independent calls, and so are the bins. */
  ece: z.number().nullable(),
  bins: z
    .array(
      z.object({
        from: z.number(),
        to: z.number(),
        n: Count,
        meanForecast: z.number().nullable(),
        observed: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
      }),
    )
    .nullable(),
  /** Murphy's parts over the bins: Brier is reliability - resolution + uncertainty. Null under 200 independent calls. */
  murphy: z
    .object({
      reliability: z.number(),
      resolution: z.number(),
      uncertainty: z.number(),
      /** Resolution less what so few independent calls show by chance. */
      resolutionOverChance: z.number(),
      tellsApart: z.boolean(),
    })
    .nullable(),
  /** Whether what came more often was given a higher probability, in words. */
  skill: z.string(),
  note: z.string().nullable(),
})

export const PerformanceCalibration = z.object({
  ...told,
  timeframe: Timeframe,
  /** By how the confidence was found; they are never in one figure. */
  methods: z.array(
    z.object({
      method: Confidence.shape.method,
      /** The fit before caps and adjustment. */
      measured: CalibrationFigures,
      /** What was shown. */
      shown: CalibrationFigures,
    }),
  ),
})
export type PerformanceCalibration = z.output<typeof PerformanceCalibration>

const within = { period: Period.default('all'), timeframe: Timeframe.default('SWING') }

/** Which calls are counted; a key of a breakdown's group is the value of the filter of that name. */
const filters = {
  type: CallType.optional(),
  risk: RiskRating.optional(),
  token: TokenIdText.optional(),
  actionable: z.enum(['yes', 'no']).optional(),
  /** The method and the tenth of the measured confidence: `prior:0.4` is from 0.4 up to, but not with, 0.5. */
  confidence: z
    .string()
    .regex(/^(?:prior|backtest|live):0\.[0-9]$/, 'confidence must be a method and a tenth, as prior:0.4')
    .optional(),
}

export const performance = {
  summary: endpoint({
    method: 'GET',
    path: '/performance/summary',
    access: 'public',
    summary: 'The public record: every house call of a timeframe that ended in the period, and those still open.',
    query: z.strictObject({ ...within, ...filters }),
    reply: PerformanceSummary,
    cacheMs: minutes(1),
  }),
  breakdown: endpoint({
    method: 'GET',
    path: '/performance/breakdown',
    access: 'public',
    summary:
      'The public record in groups, with the baselines beside each. Groups are of one timeframe, unless they are the timeframes: then none may be named.',
    query: z.strictObject({
      by: BreakdownBy,
      period: Period.default('all'),
      timeframe: Timeframe.optional(),
      ...filters,
    }),
    reply: PerformanceBreakdown,
    cacheMs: minutes(1),
  }),
  baselines: endpoint({
    method: 'GET',
    path: '/performance/baselines',
    access: 'public',
    summary: 'What buying and holding, coin flips and trend rules made of the windows of the same house calls.',
    query: z.strictObject(within),
    reply: BaselinesBeside,
    cacheMs: minutes(1),
  }),
  equity: endpoint({
    method: 'GET',
    path: '/performance/equity',
    access: 'public',
    summary:
      'The house calls and every baseline added up in R, one R staked on each call, in the order in which the calls ended.',
    query: z.strictObject(within),
    reply: PerformanceEquity,
    cacheMs: minutes(1),
  }),
  calibration: endpoint({
    method: 'GET',
    path: '/performance/calibration',
    access: 'public',
    summary: 'Whether target 1 came before the stop as often as was said, by how the confidence was found.',
    query: z.strictObject(within),
    reply: PerformanceCalibration,
    cacheMs: minutes(1),
  }),
  token: endpoint({
    method: 'GET',
    path: '/performance/tokens/:id',
    access: 'public',
    summary: 'The public record of one token, each timeframe for itself.',
    params: z.object({ id: TokenIdText }),
    query: z.strictObject({ period: Period.default('all') }),
    reply: TokenPerformance,
    cacheMs: minutes(1),
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
    cacheMs: minutes(1),
  }),
}
