import { expect, it } from 'vitest'
import { tokenId } from '@pumpiq/domain'
import { encodeCursor, nobody, type HistoryCandle } from '@pumpiq/api'
import { knownTokens } from './known.ts'
import type { Listing } from './listing.ts'
import { createTokenRoutes, type HistoryAsk } from './routes.ts'
import type { Tokens } from './tokens.ts'

const abort = new AbortController().signal
const spans: unknown[] = []
const listing = {
  page: async (_: unknown, order: { sort: 'rank'; order: 'desc' }, span: unknown) => {
    spans.push(span)
    return knownTokens
      .slice(0, 3)
      .map((token, i) => ({ token, position: { ...order, at: String(i + 1), id: token.id } }))
  },
  told: async (tokens: unknown) => tokens,
  count: async () => 7,
} as unknown as Listing
const told: HistoryAsk[] = []
const candle = (ts: number) =>
  ({ ts, open: '1', high: '1', low: '1', close: '1', volume: '0', minutes: 1 }) as HistoryCandle
const tokens = {
  ensure: async () => undefined,
  byId: async (id: string) => knownTokens.find((token) => token.id === id) ?? null,
} as unknown as Tokens
const { list, history } = createTokenRoutes({
  tokens,
  listing,
  searchTokens: async () => ({ items: [], collisions: [] }),
  history: async (ask) => {
    told.push(ask)
    return { source: 'venue', candles: [candle(3), candle(2), candle(1)], why: null }
  },
  sparklinesOf: () => Promise.reject(new Error('not asked')),
  alongside: {
    onchain: () => Promise.reject(new Error('not asked')),
    sentiment: () => Promise.reject(new Error('not asked')),
  },
})
const ask = async (more: Partial<Parameters<typeof list>[0]['query']> = {}) =>
  list({
    query: { limit: 2, sort: 'rank', order: 'desc', ...more },
    params: undefined,
    body: undefined,
    abort,
    caller: nobody,
  })

it('goes on behind the last token of the page before', async () => {
  const { items, next, pagination } = await ask()
  expect(items).toEqual(knownTokens.slice(0, 2))
  expect(pagination).toBeNull()
  await ask({ cursor: next! })
  const second = { sort: 'rank', order: 'desc', at: '2', id: knownTokens[1]!.id }
  expect(spans).toEqual([
    { after: null, offset: 0, limit: 3 },
    { after: second, offset: 0, limit: 3 },
  ])
})

it('counts pages for whoever asks by number, and refuses both ways at once', async () => {
  const { pagination } = await ask({ page: 2 })
  expect(spans.at(-1)).toEqual({ after: null, offset: 2, limit: 3 })
  expect(pagination).toEqual({
    currentPage: 2,
    totalPages: 4,
    totalItems: 7,
    itemsPerPage: 2,
    hasNext: true,
    hasPrevious: true,
  })
  await expect(ask({ page: 2, cursor: 'x' })).rejects.toMatchObject({ code: 'invalid' })
})

it('refuses a cursor that says what no database could compare, and bounds that nothing is between', async () => {
  for (const at of [1e12, '1e400', 'x', '-'])
    await expect(
      ask({ cursor: encodeCursor({ sort: 'rank', order: 'desc', at, id: 'bitcoin:native' }) }),
    ).rejects.toMatchObject({ code: 'invalid' })
  await expect(ask({ minMarketCapUsd: 2, maxMarketCapUsd: 1 })).rejects.toMatchObject({ code: 'invalid' })
})

const candlesOf = (id: string, query: { cursor?: string; from?: string; to?: string } = {}) =>
  history({
    params: { id: tokenId(id) },
    query: { interval: '1h', limit: 2, ...query },
    body: undefined,
    abort,
    caller: nobody,
  })

it('goes on with the candles behind the last of the page before, at the same venue', async () => {
  const from = '2026-01-01T00:00:00.000Z'
  const { items, next, source } = await candlesOf('bitcoin:native', { from })
  expect({ items, source }).toEqual({ items: [candle(3), candle(2)], source: 'venue' })
  await candlesOf('bitcoin:native', { cursor: next! })
  expect(told).toMatchObject([
    { token: 'bitcoin:native', interval: '1h', from: Date.parse(from), to: null, limit: 2, behind: null },
    { from: null, behind: { source: 'venue', before: 2 } },
  ])
})

it('has no candles of a token that is not known, and none of a span that ends before it begins', async () => {
  await expect(candlesOf('nobody:native')).rejects.toMatchObject({ code: 'notFound' })
  const backwards = { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }
  await expect(candlesOf('bitcoin:native', backwards)).rejects.toMatchObject({ code: 'invalid' })
})
