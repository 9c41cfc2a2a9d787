import { useMemo } from 'react'
import type { Comparison, ListedToken, MarketOverview, Sparklines, TokenPage } from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'

const freshMs = 60_000

/** What our calls say of the market, trend or range, fear and greed, and what cannot be told. */
export const useOverview = (): Asked<MarketOverview> =>
  useAsked('overview', (abort) => client.analysis.overview({}, { abort }), freshMs, ['recommendation'])

/** The largest hundred tokens, then the hundred behind them: what is there is shown while the rest comes. */
export function useMarketTokens(everyMs: number): Asked<TokenPage> & { tokens: readonly ListedToken[] | null } {
  const page = (cursor?: string) => (abort: AbortSignal) =>
    client.tokens.list({ query: { limit: 100, ...(cursor !== undefined && { cursor }) } }, { abort })
  const first = useAsked('market tokens', page(), everyMs)
  const next = first.data?.next ?? null
  const rest = useAsked(['market tokens', next], page(next ?? undefined), freshMs, undefined, {
    enabled: next !== null,
    keepPrevious: true,
  })
  const behind = next === null ? null : rest.data
  const tokens = useMemo(() => first.data && [...first.data.items, ...(behind?.items ?? [])], [first.data, behind])
  return { ...first, tokens }
}

export type Sparkline = Sparklines['items'][number]
export type SparklinesShown = { readonly interval: '1h' | '5m'; readonly of: ReadonlyMap<string, Sparkline> }

const askedAtOnce = 100
/** With fewer closed hours than this of most tokens, a picture of them shows nothing. */
const fewHours = 8

async function sparklinesOf(
  ids: readonly string[],
  interval: '1h' | '5m',
  abort: AbortSignal,
): Promise<readonly Sparkline[]> {
  const parts = Array.from({ length: Math.ceil(ids.length / askedAtOnce) }, (_, i) =>
    ids.slice(i * askedAtOnce, (i + 1) * askedAtOnce),
  )
  const told = await Promise.all(
    parts.map((part) => client.tokens.sparklines({ query: { tokens: part.join(','), interval } }, { abort })),
  )
  return told.flatMap(({ items }) => items)
}

const manner = (enabled: boolean) => ({ enabled, keepPrevious: true })

/** Where each price went: by hours, or, where hardly an hour is kept yet, by five minutes. */
export function useSparklines(ids: readonly string[]): SparklinesShown | null {
  const key = ids.join(',')
  const hourly = useAsked(
    ['sparklines', '1h', key],
    (abort) => sparklinesOf(ids, '1h', abort),
    300_000,
    undefined,
    manner(ids.length > 0),
  ).data
  const kept = hourly?.filter(({ closes }) => closes !== null) ?? []
  const isYoung = hourly !== null && kept.filter(({ closes }) => closes!.length >= fewHours).length * 2 <= kept.length
  const fine = useAsked(
    ['sparklines', '5m', key],
    (abort) => sparklinesOf(ids, '5m', abort),
    60_000,
    undefined,
    manner(isYoung && ids.length > 0),
  ).data
  return useMemo(() => {
    const shown = isYoung && fine ? fine : hourly
    return shown && { interval: shown === fine ? '5m' : '1h', of: new Map(shown.map((line) => [line.token, line])) }
  }, [isYoung, fine, hourly])
}

/** Those whose oldest pool was made last. */
export const useNewcomers = (limit: number): Asked<TokenPage> =>
  useAsked(
    ['newcomers', limit],
    (abort) => client.tokens.list({ query: { sort: 'createdAt', limit } }, { abort }),
    freshMs,
  )

export type Safety = Comparison['items'][number]['safety']

/** How the newest calls of tokens judged the safety of their contracts; null where none did. Told of two at least. */
export const useSafety = (ids: readonly string[]): Asked<ReadonlyMap<string, Safety>> =>
  useAsked(['safety', ids.join(',')], (abort) => safetyOf(ids, abort), 300_000, ['recommendation'], {
    enabled: ids.length > 1,
    keepPrevious: true,
  })

async function safetyOf(ids: readonly string[], abort: AbortSignal): Promise<ReadonlyMap<string, Safety>> {
  // By twos, and the last three together, so that none is left alone and no address of them is too long.
  const from = (i: number) => (i === Math.floor(ids.length / 2) ? ids.length : i * 2)
  const parts = Array.from({ length: Math.floor(ids.length / 2) }, (_, i) => ids.slice(from(i), from(i + 1)))
  const told = await Promise.all(
    parts.map((part) => client.analysis.compare({ query: { tokens: part.join(',') } }, { abort })),
  )
  return new Map(told.flatMap(({ items }) => items.map(({ token, safety }) => [token.id, safety] as const)))
}
