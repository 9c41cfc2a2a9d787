import type {
  BaselinesBeside,
  BreakdownBy,
  PerformanceBreakdown,
  PerformanceCalibration,
  PerformanceEquity,
  PerformanceSummary,
  Period,
  RecommendationSummary,
} from '@pumpiq/api'
import type { Timeframe } from '@pumpiq/domain'
import type { QueryClient } from '@tanstack/react-query'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'

/** Which part of the record is looked at. */
export type Part = { readonly period: Period; readonly timeframe: Timeframe }

const keyOf = (what: string, { period, timeframe }: Part, ...more: readonly unknown[]) => [
  'performance',
  what,
  period,
  timeframe,
  ...more,
]

/** What is counted of many calls changes slowly. */
const slowMs = 300_000
const kept = { keepPrevious: true }

export const usePerformance = (part: Part): Asked<PerformanceSummary> =>
  useAsked(
    keyOf('summary', part),
    (abort) => client.performance.summary({ query: part }, { abort }),
    60_000,
    ['outcome'],
    kept,
  )

export const useBaselines = (part: Part): Asked<BaselinesBeside> =>
  useAsked(
    keyOf('baselines', part),
    (abort) => client.performance.baselines({ query: part }, { abort }),
    slowMs,
    [],
    kept,
  )

export const useEquity = (part: Part): Asked<PerformanceEquity> =>
  useAsked(keyOf('equity', part), (abort) => client.performance.equity({ query: part }, { abort }), slowMs, [], kept)

export const useCalibration = (part: Part): Asked<PerformanceCalibration> =>
  useAsked(
    keyOf('calibration', part),
    (abort) => client.performance.calibration({ query: part }, { abort }),
    slowMs,
    [],
    kept,
  )

/** Where the groups are the timeframes none is named. */
export const useBreakdown = ({ period, timeframe }: Part, by: BreakdownBy): Asked<PerformanceBreakdown> =>
  useAsked(
    keyOf('breakdown', { period, timeframe }, by),
    (abort) =>
      client.performance.breakdown({ query: { period, by, ...(by !== 'timeframe' && { timeframe }) } }, { abort }),
    slowMs,
    [],
    kept,
  )

export type Endings = { readonly items: readonly RecommendationSummary[]; readonly more: boolean }

/** At least so many of what ended, losers first. Read anew together, so that a call that ends meanwhile is not shown twice. */
export const useEndings = (part: Part, wanted: number): Asked<Endings> =>
  useAsked(keyOf('endings', part, wanted), (abort) => endingsOf(part, wanted, abort), 60_000, ['outcome'], kept)

async function endingsOf(part: Part, wanted: number, abort: AbortSignal): Promise<Endings> {
  const items: RecommendationSummary[] = []
  let cursor: string | undefined
  do {
    const page = await client.performance.recommendations({ query: { ...part, limit: 50, cursor } }, { abort })
    items.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && items.length < wanted)
  return { items, more: cursor !== undefined }
}

/** What was answered of a part of the record, the newest of each: for who saves what is shown. */
export function answersOf(queries: QueryClient, part: Part, by: BreakdownBy) {
  const newest = (what: string, ...more: readonly unknown[]): unknown =>
    queries
      .getQueryCache()
      .findAll({ queryKey: keyOf(what, part, ...more) })
      .map(({ state }) => state)
      .filter(({ data }) => data !== undefined)
      .toSorted((a, b) => b.dataUpdatedAt - a.dataUpdatedAt)[0]?.data ?? null
  return {
    summary: newest('summary') as PerformanceSummary | null,
    baselines: newest('baselines') as BaselinesBeside | null,
    equity: newest('equity') as PerformanceEquity | null,
    calibration: newest('calibration') as PerformanceCalibration | null,
    breakdown: newest('breakdown', by) as PerformanceBreakdown | null,
    endings: (newest('endings') as Endings | null)?.items ?? null,
  }
}
