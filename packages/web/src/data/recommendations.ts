import type { Explanation, Recommendation } from '@pumpiq/domain'
import type { RecommendationInputs, RecommendationOutcome, RecommendationSummary } from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'

/** The newest house call of every token, all pages of the list. */
export const useCurrentCalls = (everyMs: number): Asked<readonly RecommendationSummary[]> =>
  useAsked('current', currentCalls, everyMs, ['recommendation', 'outcome'])

async function currentCalls(abort: AbortSignal): Promise<readonly RecommendationSummary[]> {
  const calls: RecommendationSummary[] = []
  let cursor: string | undefined
  do {
    const { items, next } = await client.recommendations.list(
      { query: { current: 'true', limit: 100, cursor } },
      { abort },
    )
    calls.push(...items)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return calls
}

export const useRecommendation = (id: string): Asked<Recommendation> =>
  useAsked(`recommendation ${id}`, (abort) => client.recommendations.one({ params: { id } }, { abort }))

export const useInputs = (id: string): Asked<RecommendationInputs> =>
  useAsked(`inputs ${id}`, (abort) => client.recommendations.inputs({ params: { id } }, { abort }))

/** What each of its numbers stands for, down to who saw what. */
export const useExplanation = (id: string): Asked<Explanation> =>
  useAsked(`explanation ${id}`, (abort) => client.recommendations.explanation({ params: { id } }, { abort }))

/** How it ended, or that it has not: asked again while it is open. */
export const useOutcome = (id: string): Asked<RecommendationOutcome> =>
  useAsked(
    `outcome ${id}`,
    (abort) => client.recommendations.outcome({ params: { id } }, { abort }),
    ({ data }) => (data === null || data.state === 'open' ? 30_000 : 3_600_000),
    ['outcome'],
  )

export type Question = {
  token: string
  timeframe: Recommendation['timeframe']
  riskTolerance: Recommendation['riskTolerance']
}

export const askFor = (question: Question): Promise<Recommendation> => client.recommendations.create({ body: question })
