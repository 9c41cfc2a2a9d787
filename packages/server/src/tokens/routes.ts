import { z } from 'zod'
import { Failure, fromIso, type Interval, type TokenId } from '@pumpiq/domain'
import {
  CursorInstant,
  CursorText,
  decodeCursor,
  encodeCursor,
  TokenListPosition,
  type Asked,
  type endpoints,
  type HandlersOf,
  type HistoryCandle,
  type OnchainSeries,
  type SentimentSeries,
  type SeriesKind,
  type Sparklines,
} from '@pumpiq/api'
import type { Listing } from './listing.ts'
import type { SearchTokens } from './search.ts'
import { technicalSeries, warmUpCandles } from './technical-series.ts'
import type { Tokens } from './tokens.ts'

/** Those that open in [from, to), epoch ms, null where open; behind a page those `before` of the same venue. */
export type HistoryAsk = {
  readonly token: TokenId
  readonly interval: Interval
  readonly from: number | null
  readonly to: number | null
  readonly limit: number
  readonly behind: { readonly source: string; readonly before: number } | null
}

/** Newest first, one more than `limit` where there are more. */
export type History = (
  ask: HistoryAsk,
) => Promise<{ source: string | null; candles: readonly HistoryCandle[]; why: string | null }>

export type SparklinesAsk = {
  readonly tokens: readonly TokenId[]
  readonly interval: Interval
  readonly points: number
}

/** Closed candles alone, in the order of the tokens. */
export type SparklinesOf = (ask: SparklinesAsk) => Promise<Sparklines['items']>

/** `opens` are those of the candles, epoch ms, at least one. */
export type AlongsideAsk = { readonly token: TokenId; readonly interval: Interval; readonly opens: readonly number[] }

/** What was told within candles, in their order. */
export type Alongside = {
  onchain(ask: AlongsideAsk): Promise<OnchainSeries>
  sentiment(ask: AlongsideAsk): Promise<SentimentSeries>
}

type Needs = {
  tokens: Tokens
  listing: Listing
  searchTokens: SearchTokens
  history: History
  sparklinesOf: SparklinesOf
  alongside: Alongside
}

const Behind = z.object({ source: CursorText, before: CursorInstant })

export function createTokenRoutes(needs: Needs): HandlersOf<'tokens'> {
  const { tokens, listing, searchTokens, history, sparklinesOf, alongside } = needs

  async function known(id: TokenId, abort: AbortSignal) {
    await tokens.ensure(abort)
    const token = await tokens.byId(id)
    if (!token) throw new Failure('notFound', `${id} is not in the catalogue`)
    return token
  }

  return {
    async list({ query, abort }) {
      checkBounds(query)
      await tokens.ensure(abort)
      const { cursor, limit, page, sort, order, ...filter } = query
      const after = cursor === undefined ? null : decodeCursor(TokenListPosition, cursor)
      const offset = page === undefined ? 0 : (page - 1) * limit
      const found = await listing.page(filter, { sort, order }, { after, offset, limit: limit + 1 })
      const items = await listing.told(found.slice(0, limit).map(({ token }) => token))
      const last = found.length > limit ? found[limit - 1] : undefined
      const pagination = page === undefined ? null : paginationOf(page, limit, await listing.count(filter))
      return { items, next: last ? encodeCursor(last.position) : null, pagination }
    },
    async search({ query: { q, limit }, abort }) {
      await tokens.ensure(abort)
      return searchTokens(q, limit)
    },
    sparklines: async ({ query }) => ({ interval: query.interval, items: await sparklinesOf(query) }),
    one: async ({ params: { id }, abort }) => (await listing.told([await known(id, abort)]))[0]!,
    async history({ params: { id }, query: { interval, limit, cursor, include, ...span }, abort }) {
      const [from, to] = [instantOf('from', span.from), instantOf('to', span.to)]
      if (from !== null && to !== null && from >= to) throw new Failure('invalid', 'from must be before to')
      const { id: token } = await known(id, abort)
      const behind = cursor === undefined ? null : decodeCursor(Behind, cursor)
      const { source, candles, why } = await history({ token, interval, from, to, limit, behind })
      const items = candles.slice(0, limit)
      const last = candles.length > limit ? items.at(-1) : undefined
      const series = include ? await seriesOf({ token, interval, items, source }, include) : null
      const next = last ? encodeCursor({ source, before: last.ts }) : null
      return { token, interval, source, why, items, next, series }
    },
  }

  type Told = { token: TokenId; interval: Interval; items: readonly HistoryCandle[]; source: string | null }

  /** Older candles are for indicators to warm up on, those before `from` too. */
  async function technical({ token, interval, items, source }: Told) {
    if (items.length === 0 || source === null) return technicalSeries([], 0, interval)
    const behind = { source, before: items.at(-1)!.ts }
    const older = await history({ token, interval, from: null, to: null, limit: warmUpCandles, behind })
    return technicalSeries([...items, ...older.candles], items.length, interval)
  }

  async function seriesOf(told: Told, include: readonly SeriesKind[]) {
    const { token, interval, items } = told
    const ask = { token, interval, opens: items.map(({ ts }) => ts) }
    const isAsked = (kind: SeriesKind) => include.includes(kind) && items.length > 0
    return {
      technical: include.includes('technical') ? await technical(told) : null,
      onchain: isAsked('onchain') ? await alongside.onchain(ask) : null,
      sentiment: isAsked('sentiment') ? await alongside.sentiment(ask) : null,
    }
  }
}

type ListQuery = Asked<(typeof endpoints)['tokens']['list']>['query']

function checkBounds(query: ListQuery): void {
  if (query.page !== undefined && query.cursor !== undefined)
    throw new Failure(
      'invalid',
      'page and cursor cannot be asked for together: a cursor goes on, a page counts from the beginning',
    )
  const pairs = [
    ['minMarketCapUsd', 'maxMarketCapUsd'],
    ['minBondingCurvePct', 'maxBondingCurvePct'],
  ] as const
  for (const [least, most] of pairs)
    if ((query[least] ?? 0) > (query[most] ?? Infinity))
      throw new Failure('invalid', `${least} ${query[least]} is above ${most} ${query[most]}`)
}

function paginationOf(currentPage: number, itemsPerPage: number, totalItems: number) {
  const totalPages = Math.ceil(totalItems / itemsPerPage)
  return {
    currentPage,
    totalPages,
    totalItems,
    itemsPerPage,
    hasNext: currentPage < totalPages,
    hasPrevious: currentPage > 1,
  }
}

const instantOf = (name: string, text: string | undefined): number | null =>
  text === undefined ? null : fromIso(text, name)
