import { isFailure, Token, type Observation } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import type { Fetch } from '../network/fetch.ts'
import { mishapOf } from '../network/mishap.ts'
import { createCollectedLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { readSample, testSource, type Sample } from '../testing/test-source.ts'
import { askWatch, testWatches, watchedVendor, type WatchSample } from '../testing/test-watch.ts'
import { binanceFutures } from './binance-futures.ts'
import { bybit } from './bybit.ts'
import { deribit } from './deribit.ts'
import { hyperliquid } from './hyperliquid.ts'
import { krakenFutures } from './kraken-futures.ts'
import { okx } from './okx.ts'
import type { Source } from './source.ts'

const now = Date.UTC(2026, 2, 1, 12, 34, 56)

const tokenOf = (given: Partial<Record<keyof Token, unknown>>): Token =>
  Token.parse({
    id: 'bitcoin:native',
    chain: 'bitcoin',
    address: 'native',
    symbol: 'BTC',
    name: 'Bitcoin',
    catalogueId: 'bitcoin',
    marketCapRank: 1,
    marketCapUsd: 1e12,
    priceUsd: '61650',
    ...given,
  })
const bitcoin = tokenOf({})
const pepe = tokenOf({
  id: 'ethereum:0x6982508145454ce325ddbe47a25d4ec3d2311933',
  chain: 'ethereum',
  address: '0x6982508145454ce325ddbe47a25d4ec3d2311933',
  symbol: 'PEPE',
  name: 'Pepe',
  catalogueId: 'pepe',
  marketCapRank: 40,
  priceUsd: '0.0000101',
})

const candles = (file: string, more: Partial<Sample> = {}): Sample => ({
  feed: 'candles',
  now,
  answer: () => readSample(file),
  ...more,
})

testSource({ ...bybit, watches: [] }, [
  candles('bybit/candles-1h.json', {
    interval: '1h',
    empty: () => ({ retCode: 0, retMsg: 'OK', result: { category: 'spot', symbol: 'BTCUSDT', list: [] }, time: now }),
  }),
  { feed: 'price', now, answer: () => readSample('bybit/ticker.json') },
])

/** A sample whose answers are files by the last part of the path. */
const byPath = (folder: string, files: Record<string, string>): WatchSample => {
  const bodies = Object.fromEntries(
    Object.entries(files).map(([part, file]) => [part, readSample(`${folder}/${file}.json`)]),
  )
  return { watch: 'perpetual', token: bitcoin, now, answer: ({ pathname }) => bodies[pathname.split('/').at(-1)!] }
}

const samples = {
  bybit: byPath('bybit', {
    tickers: 'tickers-linear',
    'account-ratio': 'account-ratio',
    'open-interest': 'open-interest',
  }),
  binanceFutures: byPath('binance-futures', {
    premiumIndex: 'premium-index',
    fundingInfo: 'funding-info',
    openInterest: 'open-interest',
    openInterestHist: 'open-interest-hist',
    globalLongShortAccountRatio: 'long-short-account-ratio',
    takerlongshortRatio: 'taker-long-short-ratio',
  }),
  okx: byPath('okx', {
    'index-tickers': 'index-ticker',
    'mark-price': 'mark-price',
    'funding-rate': 'funding-rate',
    'open-interest': 'open-interest',
    'long-short-account-ratio-contract': 'long-short-ratio',
  }),
  hyperliquid: byPath('hyperliquid', { info: 'meta-and-asset-ctxs' }),
  deribit: byPath('deribit', { ticker: 'ticker', get_volatility_index_data: 'volatility-index' }),
  krakenFutures: byPath('kraken-futures', { PF_XBTUSD: 'ticker' }),
}

const all: readonly [Source, WatchSample][] = [
  [bybit, samples.bybit],
  [binanceFutures, samples.binanceFutures],
  [binanceFutures, { ...samples.binanceFutures, watch: 'positions' }],
  [okx, samples.okx],
  [hyperliquid, samples.hyperliquid],
  [deribit, samples.deribit],
  [krakenFutures, samples.krakenFutures],
]

for (const source of new Set(all.map(([one]) => one))) {
  const own = all.flatMap(([one, sample]) => (one === source ? [sample] : []))
  testWatches(source, own, { payloads: 300 })
}

/** What is told, by name: the value and when it was true. */
const told = (said: readonly Observation[]) =>
  Object.fromEntries(
    said.map((one) => {
      if (one.what !== 'figure') throw new Error(`a ${one.what} is no figure`)
      return [one.name, [Number(one.value.toPrecision(9)), one.observedAt.slice(11, 23)]]
    }),
  )
const askedFor = async (source: Source, sample: WatchSample, answer = sample.answer) =>
  told(await askWatch(source, sample, { fetch: watchedVendor(source, sample, answer) }))
const mishap = (source: Source, sample: WatchSample, fetch: Fetch) =>
  askWatch(source, sample, { fetch }).then(
    () => 'none',
    (thrown: unknown) => (isFailure(thrown) ? mishapOf(thrown) : thrown),
  )

describe('the figures of a perpetual', () => {
  const basisRatio = Number((61690.5 / 61660 - 1).toPrecision(9))

  it('bybit: funding of 4 hours counts twice, open interest is one side, in dollars', async () => {
    expect(await askedFor(bybit, samples.bybit)).toEqual({
      fundingRatio8h: [0.0004, '12:34:54.000'],
      basisRatio: [basisRatio, '12:34:54.000'],
      openInterestUsd: [1_850_715_000, '12:34:54.000'],
      longShortRatio: [1.5, '12:30:00.000'],
      openInterestChange24hRatio: [0.2, '12:00:00.000'],
    })
  })

  it('bybit: without the one side’s number, half of both is taken; an unknown interval leaves the funding out', async () => {
    type Tickers = { result: { list: Record<string, unknown>[] } }
    const changed = (url: URL, body: unknown) => {
      const said = structuredClone(samples.bybit.answer(url, body)) as Tickers
      if (url.pathname.endsWith('tickers'))
        Object.assign(said.result.list[0]!, { singleOpenInterest: '', fundingIntervalHour: '' })
      return said
    }
    const figures = await askedFor(bybit, samples.bybit, changed)
    expect(figures['openInterestUsd']![0]).toBe(1_850_715_000)
    expect(figures).not.toHaveProperty('fundingRatio8h')
  })

  it('binance: a symbol that is not in the list of intervals has the usual one', async () => {
    expect(await askedFor(binanceFutures, samples.binanceFutures)).toEqual({
      fundingRatio8h: [-0.00008, '12:34:55.000'],
      basisRatio: [basisRatio, '12:34:55.000'],
      openInterestUsd: [Number((80000.5 * 61690.5).toPrecision(9)), '12:34:53.000'],
    })
    expect(await askedFor(binanceFutures, { ...samples.binanceFutures, watch: 'positions' })).toEqual({
      openInterestChange24hRatio: [-0.2, '12:00:00.000'],
      longShortRatio: [1.5, '12:30:00.000'],
      takerBuySellRatio: [0.8, '12:00:00.000'],
    })
  })

  it('binance: a thousand coins in the name are found by the price, and funding each hour counts eight times', async () => {
    const rename = (said: unknown) =>
      JSON.parse(
        JSON.stringify(said)
          .replaceAll('"BTCUSDT"', '"1000PEPEUSDT"')
          .replaceAll('1000XYZUSDT', '1000PEPEUSDT')
          .replaceAll('61660.00000000', '0.0100000')
          .replaceAll('61690.50000000', '0.0101000'),
      ) as unknown
    const asked: string[] = []
    const fetch: Fetch = async (request) => {
      const url = new URL(request.url)
      asked.push(url.searchParams.get('symbol') ?? '')
      if (url.searchParams.get('symbol') === 'PEPEUSDT')
        return Response.json(readSample('binance-futures/error-symbol.json'), { status: 400 })
      return Response.json(rename(samples.binanceFutures.answer(url, null)))
    }
    const figures = told(await askWatch(binanceFutures, { ...samples.binanceFutures, token: pepe }, { fetch }))
    expect(asked.slice(0, 2)).toEqual(['PEPEUSDT', '1000PEPEUSDT'])
    expect(figures['fundingRatio8h']![0]).toBe(-0.00064)
    expect(figures['openInterestUsd']![0]).toBeCloseTo(80000.5 * 0.0101, 6)
  })

  it('okx: the interval is between the coming settlement and the one after it', async () => {
    expect(await askedFor(okx, samples.okx)).toEqual({
      fundingRatio8h: [0.0001, '12:34:54.500'],
      basisRatio: [basisRatio, '12:34:54.500'],
      openInterestUsd: [1_542_262_500, '12:34:53.500'],
      longShortRatio: [1.25, '12:30:00.000'],
    })
  })

  it('hyperliquid: funding is an hour’s, open interest in coins, and k is a thousand', async () => {
    expect(await askedFor(hyperliquid, samples.hyperliquid)).toEqual({
      fundingRatio8h: [0.0001, '12:34:56.000'],
      basisRatio: [basisRatio, '12:34:56.000'],
      openInterestUsd: [Number((27000.5 * 61690.5).toPrecision(9)), '12:34:56.000'],
    })
    expect(await askedFor(hyperliquid, { ...samples.hyperliquid, token: pepe })).toMatchObject({
      fundingRatio8h: [0.0004, '12:34:56.000'],
      openInterestUsd: [40_400_000, '12:34:56.000'],
    })
  })

  it('deribit: open interest is in dollars already, volatility in percent', async () => {
    expect(await askedFor(deribit, samples.deribit)).toEqual({
      fundingRatio8h: [-0.0000123, '12:34:55.000'],
      basisRatio: [basisRatio, '12:34:55.000'],
      openInterestUsd: [750_000_000, '12:34:55.000'],
      impliedVolatilityRatio: [0.445, '12:34:00.000'],
    })
  })

  it('kraken: funding is dollars for a coin and an hour', async () => {
    expect(await askedFor(krakenFutures, samples.krakenFutures)).toEqual({
      fundingRatio8h: [0.00008, '12:34:55.250'],
      basisRatio: [basisRatio, '12:34:55.250'],
      openInterestUsd: [Number((1200.5 * 61690.5).toPrecision(9)), '12:34:55.250'],
    })
  })
})

describe('another token by the same ticker', () => {
  it.each(all.map(([source, sample]) => [`${source.id} ${sample.watch}`, source, sample] as const))(
    '%s: is not taken for ours when its price lies further off than a factor of two',
    async (_, source, sample) => {
      for (const priceUsd of ['20000', '150000']) {
        const other = { ...sample, token: tokenOf({ priceUsd }) }
        const thrown = await askWatch(source, other, { fetch: watchedVendor(source, other) }).catch((t: unknown) => t)
        expect(isFailure(thrown) && [thrown.code, mishapOf(thrown)]).toEqual(['notFound', 'absent'])
        expect((thrown as Error).message).toContain('means another token than bitcoin:native')
      }
      for (const priceUsd of ['31000', '120000', null]) {
        const near = { ...sample, token: tokenOf({ priceUsd }) }
        const said = await askWatch(source, near, { fetch: watchedVendor(source, near) })
        expect(said.length).toBeGreaterThanOrEqual(3)
      }
    },
  )

  it('is not asked for where nobody could list it', () => {
    for (const [{ id, watches = [] }] of all)
      for (const watch of watches) {
        const serves = watch.about === 'token' && watch.serves
        expect(serves && serves(bitcoin), id).toBe(true)
        for (const given of [{ marketCapRank: 301 }, { marketCapRank: null }, { symbol: 'A/B' }])
          expect(serves && serves(tokenOf({ ...given, id: 'ethereum:0xabc' })), id).toBe(false)
      }
  })
})

describe('errors in a vendor’s own envelope', () => {
  const always = (status: number, body: unknown) => async () => Response.json(body, { status })
  it.each<[Source, WatchSample, Fetch, string]>([
    [bybit, samples.bybit, always(200, readSample('bybit/error-symbol.json')), 'absent'],
    [bybit, samples.bybit, always(200, { retCode: 10001, retMsg: 'params error: interval' }), 'refused'],
    [bybit, samples.bybit, always(200, { retCode: 10006, retMsg: 'Too many visits!' }), 'throttled'],
    [bybit, samples.bybit, always(403, { retCode: 10018, retMsg: 'Exceeded the IP Rate Limit' }), 'throttled'],
    [bybit, samples.bybit, always(200, { retCode: 10016, retMsg: 'Server error' }), 'server'],
    [bybit, samples.bybit, always(403, { retCode: 10009, retMsg: 'Service restricted' }), 'refused'],
    [bybit, samples.bybit, async () => new Response('<html>403</html>', { status: 403 }), 'refused'],
    [binanceFutures, samples.binanceFutures, always(400, readSample('binance-futures/error-symbol.json')), 'absent'],
    [binanceFutures, samples.binanceFutures, always(451, readSample('binance-futures/error-region.json')), 'refused'],
    [binanceFutures, samples.binanceFutures, always(418, { code: -1003, msg: 'banned' }), 'throttled'],
    [binanceFutures, samples.binanceFutures, always(400, { code: -1130, msg: 'startTime' }), 'refused'],
    [okx, samples.okx, always(200, readSample('okx/error-instrument.json')), 'absent'],
    [okx, samples.okx, always(200, { code: '0', msg: '', data: [] }), 'absent'],
    [deribit, samples.deribit, always(400, readSample('deribit/error-not-found.json')), 'absent'],
    [deribit, samples.deribit, always(400, { error: { code: 10028, message: 'x' } }), 'throttled'],
    [deribit, samples.deribit, always(400, { error: { code: 10041, message: 'x' } }), 'server'],
    [deribit, samples.deribit, always(400, { error: { code: -32602, message: 'x' } }), 'refused'],
    [krakenFutures, samples.krakenFutures, always(404, readSample('kraken-futures/error.json')), 'absent'],
    [krakenFutures, samples.krakenFutures, always(200, { result: 'error', error: 'apiLimitExceeded' }), 'throttled'],
    [krakenFutures, samples.krakenFutures, always(200, { result: 'error', error: 'Unavailable' }), 'server'],
    [krakenFutures, samples.krakenFutures, always(200, { result: 'error' }), 'refused'],
  ])('%o', async (source, sample, fetch, expected) => {
    expect(await mishap(source, sample, fetch)).toBe(expected)
  })

  it('hyperliquid: a token that is no longer listed, or never was, is absent', async () => {
    const fetch = watchedVendor(hyperliquid, samples.hyperliquid)
    for (const symbol of ['OLDCOIN', 'NEVER'])
      expect(await mishap(hyperliquid, { ...samples.hyperliquid, token: tokenOf({ symbol }) }, fetch)).toBe('absent')
  })

  it('hyperliquid: names and contexts that are not equally many are refused', async () => {
    const [meta, contexts] = readSample('hyperliquid/meta-and-asset-ctxs.json') as [unknown, unknown[]]
    const fetch = async () => Response.json([meta, contexts.slice(1)])
    expect(await mishap(hyperliquid, samples.hyperliquid, fetch)).toBe('drift')
  })
})

it('none of them has a key: a thousand random ones go nowhere', async () => {
  const random = seededRandom(11)
  for (let i = 0; i < 1_000; i++) {
    const [source, sample] = all[i % all.length]!
    const secret = Array.from({ length: 24 }, () => Math.floor(random() * 36).toString(36)).join('')
    const log = createCollectedLog()
    const sent: string[] = []
    const fetch: Fetch = async (request) => {
      sent.push(request.url, JSON.stringify([...request.headers]))
      return watchedVendor(source, sample)(request)
    }
    const said = await askWatch(source, sample, { fetch, log, key: secret })
    expect(JSON.stringify([sent, log.entries, said])).not.toContain(secret)
  }
})
