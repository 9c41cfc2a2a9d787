import { expect, it } from 'vitest'
import { tokenId } from '@pumpiq/domain'
import { encodeCursor, nobody, type HistoryCandle } from '@pumpiq/api'
import { knownTokens } from './known.ts'
import { createTokenRoutes, type HistoryAsk } from './routes.ts'
import { positionOf, type TokenPage, type TokenStore } from './store.ts'
import type { Tokens } from './tokens.ts'

const abort = new AbortController().signal
const asked: (TokenPage['after'] | undefined)[] = []
const store = {
  page: async (_: string | null, { after }: TokenPage) => {
    asked.push(after)
    return knownTokens.slice(0, 3)
  },
} as unknown as TokenStore
const told: HistoryAsk[] = []
const candle = (ts: number) =>
  ({ ts, open: '1', high: '1', low: '1', close: '1', volume: '0', minutes: 1 }) as HistoryCandle
const tokens = {
  ensure: async () => undefined,
  byId: async (id: string) => knownTokens.find((token) => token.id === id) ?? null,
} as unknown as Tokens
const { list, history } = createTokenRoutes({
  store,
  tokens,
  history: async (ask) => {
    told.push(ask)
    return { source: 'venue', candles: [candle(3), candle(2), candle(1)], why: null }
  },
})
const ask = (cursor?: string) =>
  list({
    query: { limit: 2, ...(cursor !== undefined && { cursor }) },
    params: undefined,
    body: undefined,
    abort,
    caller: nobody,
  })

it('goes on behind the last token of the page before', async () => {
  const { items, next } = await ask()
  expect(items).toEqual(knownTokens.slice(0, 2))
  await ask(next!)
  expect(asked).toEqual([null, positionOf(knownTokens[1]!)])
})

it('refuses a cursor whose rank no database could hold', async () => {
  for (const rank of [1e12, -1, 1.5])
    await expect(ask(encodeCursor({ rank, id: 'bitcoin:native' }))).rejects.toMatchObject({ code: 'invalid' })
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
