import { intervals, timeframes, toIso, type Explanation, type Recommendation } from '@pumpiq/domain'
import type {
  FollowedRecommendation,
  FollowState,
  HistoryCandle,
  UserSettingsShown,
  RecommendationInputs,
  RecommendationOutcome,
  RecommendationSummary,
} from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'
import { queryClient } from './query.ts'

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

/** Closed candles of a token, oldest first, with why there are none. */
export type Candles = {
  readonly bars: readonly (Omit<HistoryCandle, 'ts' | 'minutes'> & { readonly at: number })[]
  readonly intervalMs: number
  readonly why: string | null
}

/** The candles of a call: as long before its issue as its horizon is, and up to its end. */
export function useCandles(call: Recommendation): Asked<Candles> {
  const { interval, horizonMs } = timeframes[call.timeframe]
  const query = { interval, from: toIso(Date.parse(call.issuedAt) - horizonMs), to: call.expiresAt, limit: 1_000 }
  return useAsked(
    ['candles', call.token, query.from, query.to],
    async (abort) => {
      const { items, why } = await client.tokens.history({ params: { id: call.token }, query }, { abort })
      const bars = items.toReversed().map(({ ts, minutes: _, ...bar }) => ({ at: ts, ...bar }))
      return { bars, why, intervalMs: intervals[interval] }
    },
    60_000,
  )
}

const followingKey = (id: string) => ['following', id] as const

/** What whoever is here makes of a call, and the size of it that fits him; asked of who is signed in alone. */
export const useFollowing = (id: string, isSignedIn: boolean): Asked<FollowedRecommendation> =>
  useAsked(
    followingKey(id),
    (abort) => client.recommendations.following({ params: { id } }, { abort }),
    3_600_000,
    [],
    { enabled: isSignedIn },
  )

type Dealt = { readonly price: string } | null
export type Saying = {
  readonly state?: FollowState
  readonly note?: string | null
  readonly entered?: Dealt
  readonly exited?: Dealt
}

export async function sayOf(id: string, body: Saying): Promise<void> {
  queryClient.setQueryData(followingKey(id), await client.recommendations.follow({ params: { id }, body }))
}

/** By what sizes are held for whoever is here; asked of who is signed in alone. */
export const useOwnSettings = (isSignedIn: boolean): Asked<UserSettingsShown> =>
  useAsked('own settings', (abort) => client.settings.mine({}, { abort }), 300_000, [], { enabled: isSignedIn })
