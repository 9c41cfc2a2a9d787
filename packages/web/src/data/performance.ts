import type {
  BaselinesBeside,
  BreakdownBy,
  PerformanceBreakdown,
  PerformanceSummary,
  Period,
  RecommendationSummary,
} from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'

export const usePerformance = (period: Period): Asked<PerformanceSummary> =>
  useAsked(`performance ${period}`, (abort) => client.performance.summary({ query: { period } }, { abort }), 60_000, [
    'outcome',
  ])

/** What is counted of many calls changes slowly. */
const slowMs = 300_000

export const useBaselines = (period: Period): Asked<BaselinesBeside> =>
  useAsked(`baselines ${period}`, (abort) => client.performance.baselines({ query: { period } }, { abort }), slowMs)

export const useBreakdown = (period: Period, by: BreakdownBy): Asked<PerformanceBreakdown> =>
  useAsked(
    `breakdown ${period} ${by}`,
    (abort) => client.performance.breakdown({ query: { period, by } }, { abort }),
    slowMs,
  )

export type Endings = { readonly items: readonly RecommendationSummary[]; readonly more: boolean }

/** The first so many pages of what ended, losers first. Read anew together, so that a call that ends meanwhile is not shown twice. */
export const useEndings = (period: Period, pages: number): Asked<Endings> =>
  useAsked(`endings ${period} ${pages}`, (abort) => endingsOf(period, pages, abort), 60_000, ['outcome'])

async function endingsOf(period: Period, pages: number, abort: AbortSignal): Promise<Endings> {
  const items: RecommendationSummary[] = []
  let cursor: string | undefined
  for (let i = 0; i < pages && (i === 0 || cursor !== undefined); i++) {
    const page = await client.performance.recommendations({ query: { period, limit: 50, cursor } }, { abort })
    items.push(...page.items)
    cursor = page.next ?? undefined
  }
  return { items, more: cursor !== undefined }
}
