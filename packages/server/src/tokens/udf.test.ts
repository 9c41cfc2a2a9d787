import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure, hours, price, Token } from '@pumpiq/domain'
import { endpoints, UdfResolution, type Asked, type Endpoint, type HistoryCandle } from '@pumpiq/api'
import type { HistoryAsk } from './routes.ts'
import { createUdfRoutes } from './udf.ts'

const abort = new AbortController().signal
const startAt = Date.UTC(2026, 2, 1)
const now = startAt + hours(100) + 1_500
const tokenOf = (symbol: string, priceUsd: string | null): Token =>
  Token.parse({
    id: `${symbol.toLowerCase()}:native`,
    chain: symbol.toLowerCase(),
    address: 'native',
    symbol,
    name: `The ${symbol}`,
    catalogueId: null,
    marketCapRank: 1,
    marketCapUsd: null,
    priceUsd,
  })
const known = [tokenOf('BTC', '61000'), tokenOf('TINY', '0.000000001234'), tokenOf('NEW', null)]

/** A hundred hours that are kept, as the store gives them: newest first, one more than wanted. */
const kept = Array.from({ length: 100 }, (_, i): HistoryCandle => ({
  ts: startAt + hours(i),
  open: price(String(100 + i)),
  high: price(String(102 + i)),
  low: price(String(99 + i)),
  close: price(String(101 + i)),
  volume: price('0.000000000001'),
  minutes: 60,
}))
const asked: HistoryAsk[] = []
const udf = createUdfRoutes({
  tokens: {
    ensure: async () => undefined,
    async resolve(text) {
      const found = known.find(({ id, symbol }) => [id, symbol].includes(text))
      if (found) return found
      throw new Failure(text === 'TWIN' ? 'conflict' : 'notFound', `${text} is not known`)
    },
  },
  store: { page: async (q, { limit }) => known.filter(({ symbol }) => !q || symbol.startsWith(q)).slice(0, limit) },
  async history(span) {
    asked.push(span)
    const { from, to, limit } = span
    const within = kept.filter(({ ts }) => (from === null || ts >= from) && (to === null || ts < to))
    return { source: 'venue', why: null, candles: within.toReversed().slice(0, limit + 1) }
  },
  clock: { now: () => now },
})

/** Asks as the server would: the query read by its schema, the answer held against its reply. */
async function ask(verb: keyof typeof udf, query: Record<string, unknown> = {}): Promise<unknown> {
  const endpoint: Endpoint = endpoints.udf[verb]
  const read = { query: endpoint.query?.parse(query), params: undefined, body: undefined, abort }
  const handler = udf[verb] as (given: Asked<Endpoint> & { abort: AbortSignal }) => unknown
  return endpoint.reply.parse(await handler(read as never))
}
const at = (hour: number) => (startAt + hours(hour)) / 1_000
const history = (more: Record<string, unknown>) => ask('history', { symbol: 'BTC', resolution: '60', ...more })

describe('the datafeed for charts', () => {
  it('says what it can do, and its clock in seconds', async () => {
    expect(await ask('config')).toMatchObject({ supports_search: true, supports_group_request: false })
    expect(await ask('time')).toBe(Math.floor(now / 1_000))
  })

  it('knows a token by identity, by ticker and by its own full name', async () => {
    for (const symbol of ['BTC', 'btc:native', 'PUMPIQ:btc:native', 'pumpiq:BTC'])
      expect(await ask('symbols', { symbol })).toMatchObject({ name: 'BTC', ticker: 'btc:native', pricescale: 100 })
  })

  it('shows five digits of a price, however small', async () => {
    expect(await ask('symbols', { symbol: 'TINY' })).toMatchObject({ pricescale: 1e13 })
    expect(await ask('symbols', { symbol: 'NEW' })).toMatchObject({ pricescale: 10_000 })
  })

  it('tells in its protocol’s way what it does not know, or what names several', async () => {
    const unknown = { s: 'error', errmsg: 'unknown_symbol' }
    for (const symbol of ['NOPE', 'TWIN']) {
      expect(await ask('symbols', { symbol })).toEqual(unknown)
      expect(await history({ symbol, from: at(0), to: at(5) })).toEqual(unknown)
    }
  })

  it('finds tokens, and none of another type or exchange', async () => {
    const [first] = (await ask('search', { query: 'B', limit: '5', type: '', exchange: '' })) as object[]
    expect(first).toEqual({
      symbol: 'BTC',
      full_name: 'PUMPIQ:btc:native',
      description: 'The BTC',
      exchange: 'PUMPIQ',
      ticker: 'btc:native',
      type: 'crypto',
    })
    expect(await ask('search', { query: '' })).toHaveLength(3)
    expect(await ask('search', { query: 'B', type: 'stock' })).toEqual([])
    expect(await ask('search', { query: 'B', exchange: 'NYSE' })).toEqual([])
  })

  it('gives bars from `from` up to `to`, oldest first, as columns of numbers', async () => {
    expect(await history({ from: at(3), to: at(5) })).toEqual({
      s: 'ok',
      t: [at(3), at(4)],
      o: [103, 104],
      h: [105, 106],
      l: [102, 103],
      c: [104, 105],
      v: [1e-12, 1e-12],
    })
  })

  it('gives so many bars before `to` where they are counted, wherever they begin', async () => {
    const said = (await history({ from: at(49), to: at(50), countback: '30' })) as { t: number[] }
    expect([said.t.length, said.t[0], said.t.at(-1)]).toEqual([30, at(20), at(49)])
    const turned = (await history({ from: at(60), to: at(50), countback: '2' })) as { t: number[] }
    expect(turned.t).toEqual([at(48), at(49)])
  })

  it('names the closest earlier bar where there is none in the span, and nothing before the first', async () => {
    expect(await history({ from: at(200), to: at(210) })).toEqual({ s: 'no_data', nextTime: at(99) })
    expect(await history({ from: at(50), to: at(50) })).toEqual({ s: 'no_data', nextTime: at(49) })
    expect(await history({ from: -2e9, to: 5 })).toEqual({ s: 'no_data' })
  })

  it('asks its store for nothing that a database could not keep, whatever a chart asks', async () => {
    const any = fc.integer({ min: -8.64e12, max: 8.64e12 })
    await fc.assert(
      fc.asyncProperty(any, any, fc.constantFrom(...UdfResolution.options), async (from, to, resolution) => {
        asked.length = 0
        const said = (await history({ from, to, resolution })) as { s: string; t?: number[] }
        expect(['ok', 'no_data']).toContain(said.s)
        expect(said.t ?? [1]).not.toHaveLength(0)
        for (const { from: since, to: until } of asked)
          for (const instant of [since, until])
            if (instant !== null) expect(instant >= 0 && instant < Date.UTC(9999, 0)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('refuses a resolution it does not have', async () => {
    for (const resolution of ['30', '1W', '', 'x'])
      await expect(history({ from: 0, to: 1, resolution })).rejects.toThrow(/resolution/)
  })
})
