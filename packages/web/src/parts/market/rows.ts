import type { ListedToken, RecommendationSummary } from '@pumpiq/api'
import { toNumber } from '@pumpiq/domain'
import type { Sparkline } from '../../data/market.ts'
import { callNames, riskNames, type CallName, type MarketColumn, type MarketSearch } from '../../words/market-search.ts'

/** A token with its current house call; a called one that is not among the largest has no listing here. */
export type MarketRow = {
  readonly id: string
  readonly token: ListedToken | null
  readonly call: RecommendationSummary | null
  readonly spark: Sparkline | null
  readonly isWatched: boolean
}

type Given = {
  readonly tokens: readonly ListedToken[]
  readonly calls: readonly RecommendationSummary[]
  readonly sparks: ReadonlyMap<string, Sparkline>
  readonly watched: ReadonlySet<string>
}

/** Every listed token, then those that have a call and are not listed. */
export function rowsOf({ tokens, calls, sparks, watched }: Given): MarketRow[] {
  const callOf = new Map(calls.map((call) => [call.token as string, call]))
  const listed = new Set<string>(tokens.map(({ id }) => id))
  const beside = (id: string) => ({ spark: sparks.get(id) ?? null, isWatched: watched.has(id) })
  return [
    ...tokens.map((token) => ({ id: token.id, token, call: callOf.get(token.id) ?? null, ...beside(token.id) })),
    ...calls
      .filter(({ token }) => !listed.has(token))
      .map((call) => ({ id: call.token, token: null, call, ...beside(call.token) })),
  ]
}

export const chainOf = (id: string): string => id.slice(0, id.indexOf(':'))

export const symbolOf = ({ token, call, id }: MarketRow): string => token?.symbol ?? call?.symbol ?? id

export const callNameOf = ({ type, abstained }: RecommendationSummary): CallName => (abstained === null ? type : 'NONE')

/** An open call that has an edge. One that has ended asks for nothing any more. */
export const hasEdge = (call: RecommendationSummary | null): boolean =>
  call !== null && call.actionable.yes && call.outcome === null

const wanted: {
  readonly [K in 'type' | 'chain' | 'risk' | 'edge' | 'called' | 'watched']: (
    row: MarketRow,
    search: MarketSearch,
  ) => boolean
} = {
  type: ({ call }, { type }) => call !== null && callNameOf(call) === type,
  chain: ({ id }, { chain }) => chainOf(id) === chain,
  risk: ({ call }, { risk }) => call?.riskRating === risk,
  edge: ({ call }) => hasEdge(call),
  called: ({ call }) => call !== null,
  watched: ({ isWatched }) => isWatched,
}

/** Those that pass every filter that is set; `except` one, to count what it would leave. */
export function filtered(
  rows: readonly MarketRow[],
  search: MarketSearch,
  except?: keyof typeof wanted,
): readonly MarketRow[] {
  const set = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
    (name) => name !== except && search[name] !== undefined,
  )
  return set.length === 0 ? rows : rows.filter((row) => set.every((name) => wanted[name](row, search)))
}

/** From the first to the last of what is known, in percent. */
export function trendOf(spark: Sparkline | null): number | null {
  const known = spark?.closes?.filter((close) => close !== null) ?? []
  return known.length < 2 ? null : (toNumber(known.at(-1)!) / toNumber(known[0]!) - 1) * 100
}

const figures: { readonly [C in Exclude<MarketColumn, 'token'>]: (row: MarketRow) => number | null } = {
  rank: ({ token }) => token?.marketCapRank ?? null,
  price: ({ token }) => (token?.market.priceUsd ? toNumber(token.market.priceUsd.value) : null),
  change: ({ token }) => token?.market.change24hPct?.value ?? null,
  trend: ({ spark }) => trendOf(spark),
  // An edge first, then by how strongly the evidence leans: up at one end, down at the other.
  call: ({ call }) =>
    call === null
      ? null
      : (callNames.length - callNames.indexOf(callNameOf(call))) * 2 + (hasEdge(call) ? 100 : call.score),
  chance: ({ call }) => call?.confidence?.value ?? null,
  evidence: ({ call }) => call?.completeness ?? null,
  risk: ({ call }) => (call === null ? null : riskNames.indexOf(call.riskRating)),
  cap: ({ token }) => token?.market.marketCapUsd?.value ?? null,
  called: ({ call }) => (call === null ? null : Date.parse(call.issuedAt)),
}

/** Whether a column begins with its largest where nothing else is said. */
export const beginsDown = (column: MarketColumn): boolean => column !== 'rank' && column !== 'token'

/** By one column; what has no figure there comes last both ways, and equals stay by rank. */
export function sorted(rows: readonly MarketRow[], { by = 'rank', order }: MarketSearch): MarketRow[] {
  const way = (order ?? (beginsDown(by) ? 'desc' : 'asc')) === 'desc' ? -1 : 1
  if (by === 'token') return rows.toSorted((a, b) => way * symbolOf(a).localeCompare(symbolOf(b), 'en'))
  const figure = new Map(rows.map((row) => [row, figures[by](row)]))
  return rows.toSorted((a, b) => {
    const [one, other] = [figure.get(a)!, figure.get(b)!]
    if (one === null || other === null) return (one === null ? 1 : 0) - (other === null ? 1 : 0)
    return way * (one - other)
  })
}
