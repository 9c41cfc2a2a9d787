import { useInfiniteQuery } from '@tanstack/react-query'
import { intervals, type Interval } from '@pumpiq/domain'
import type { ListedToken, RecommendationSummary, TokenHistory, TokenSentiment } from '@pumpiq/api'
import { sentenceOf, useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'

/** A token is named by its identity where there is one, else by what only the server can resolve, such as a ticker. */
const isIdentity = (text: string): boolean => text.includes(':')

/** A token and what is known of its market. */
export const useListedToken = (id: string | null): Asked<ListedToken> =>
  useAsked(['token', id], (abort) => client.tokens.one({ params: { id: id ?? '' } }, { abort }), 60_000, [], {
    enabled: id !== null && isIdentity(id),
  })

/** The newest calls of a token, the newest first. */
export const useCallsOf = (id: string | null): Asked<readonly RecommendationSummary[]> =>
  useAsked(
    ['calls of', id],
    async (abort) => (await client.recommendations.list({ query: { token: id ?? '', limit: 50 } }, { abort })).items,
    60_000,
    ['recommendation', 'outcome'],
    { enabled: id !== null },
  )

/** How news and posts speak of a token, and whether that is better or worse than a day before. */
export const useSentiment = (id: string | null): Asked<TokenSentiment> =>
  useAsked(
    ['sentiment', id],
    (abort) => client.analysis.sentiment({ params: { id: id ?? '' } }, { abort }),
    120_000,
    [],
    { enabled: id !== null },
  )

/** From what one hour tells most, down to what a young record can be seen in. */
const candidates = ['1h', '15m', '5m', '1m'] as const satisfies readonly Interval[]
const enoughBars = 40

/** The coarsest interval of which enough is kept to see anything, else the finest. */
export const useFittingInterval = (id: string | null): Asked<Interval> =>
  useAsked(
    ['fitting interval', id],
    async (abort) => {
      for (const interval of candidates) {
        const query = { interval, limit: enoughBars }
        const { items } = await client.tokens.history({ params: { id: id ?? '' }, query }, { abort })
        if (items.length >= enoughBars) return interval
      }
      return '1m'
    },
    3_600_000,
    [],
    { enabled: id !== null },
  )

export type History = Pick<Asked<never>, 'problem' | 'again'> & {
  /** Newest first, as they were told; null before the first. */
  readonly pages: readonly TokenHistory[] | null
  readonly hasOlder: boolean
  readonly isLoadingOlder: boolean
  readonly older: () => void
}

const pageBars = 500

/** A candle closes each interval; a long past is not read again for each of them, and what there is nothing of yet is looked for sooner. */
function paceOf(pages: readonly TokenHistory[] | undefined, interval: Interval): number {
  if (pages && pages.every(({ items }) => items.length === 0)) return 10_000
  return Math.max(30_000, Math.min(intervals[interval], 300_000)) * (pages?.length ?? 1)
}

/** Candles of an interval with all that is told beside them; older pages come when they are asked for. */
export function useHistory(id: string | null, interval: Interval | null): History {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['history', id, interval],
    queryFn: ({ pageParam, signal }) =>
      client.tokens.history(
        {
          params: { id: id ?? '' },
          query: {
            interval: interval ?? '1h',
            include: 'technical,onchain,sentiment',
            limit: pageBars,
            cursor: pageParam ?? undefined,
          },
        },
        { abort: signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: id !== null && interval !== null,
    refetchInterval: ({ state }) => paceOf(state.data?.pages, interval ?? '1h'),
  })
  return {
    pages: data?.pages ?? null,
    problem: error ? sentenceOf(error) : null,
    again: () => void refetch(),
    hasOlder: hasNextPage,
    isLoadingOlder: isFetchingNextPage,
    older: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
    },
  }
}
