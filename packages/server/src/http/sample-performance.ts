import {
  baselines,
  calibrationOf,
  createBaselineTally,
  createTally,
  RiskRating,
  timeframes,
  toIso,
  verdictOn,
} from '@pumpiq/domain'
import type { HandlersOf, PerformanceResults } from '@pumpiq/api'

/** A record in which nothing has ended yet. */
export function samplePerformance(now: number): HandlersOf<'performance'> {
  const told = { from: null, to: toIso(now), notes: [] }
  const unscored = { ...calibrationOf({ forecast: [], happened: [], length: 0 }), bins: null }
  return {
    summary: ({ query: { period, timeframe } }) => ({
      ...told,
      period,
      timeframe,
      closed: 0,
      ...createTally(timeframes[timeframe]).summary(() => 0),
      results: noResults,
    }),
    token: ({ params: { id: token }, query: { period } }) => ({
      ...told,
      period,
      token,
      calls: 0,
      closed: 0,
      timeframes: [],
    }),
    breakdown: ({ query: { by, period, timeframe } }) => ({
      ...told,
      by,
      period,
      timeframe: by === 'timeframe' ? null : (timeframe ?? 'SWING'),
      calls: 0,
      closed: 0,
      groups: [],
    }),
    baselines({ query: { period, timeframe } }) {
      const rows = createBaselineTally({ ...timeframes[timeframe], random: () => 0 }).rows()
      const counted = { decided: 0, played: 0, waiting: 0, unknown: 0 }
      return { ...told, period, timeframe, counted, rows: [...rows], verdict: verdictOn(rows, 'live') }
    },
    equity: ({ query: { period, timeframe } }) => ({
      ...told,
      period,
      timeframe,
      n: 0,
      effectiveN: 0,
      waiting: 0,
      unknown: 0,
      unscaled: 0,
      points: [],
      lines: [{ id: 'calls', label: 'Our calls' }, ...baselines].map(({ id, label }) => ({
        id,
        label,
        n: 0,
        totalR: 0,
        maxDrawdownR: 0,
        callsTotalR: 0,
        cumulativeR: [],
      })),
    }),
    calibration: ({ query: { period, timeframe } }) => ({
      ...told,
      period,
      timeframe,
      methods: (['prior', 'backtest', 'live'] as const).map((method) => ({
        method,
        measured: unscored,
        shown: unscored,
      })),
    }),
    recommendations: () => ({ items: [], next: null }),
  }
}

const none = { value: null, low: null, high: null, n: 0, effectiveN: 0, note: 'too few: none has ended' }

const noResults: PerformanceResults = {
  winRate: none,
  winningReturnPct: none,
  losingReturnPct: none,
  hoursToOutcome: { ...none, median: null },
  best: null,
  worst: null,
  byRisk: RiskRating.options.map((risk) => ({ risk, calls: 0, decided: 0, winRate: none, returnNetPct: none })),
}
