import { expect, it } from 'vitest'
import { readSample, testSource, type Sample } from '../testing/test-source.ts'
import { testStream, type StreamSample } from '../testing/test-stream.ts'
import { binance } from './binance.ts'
import { coinbase } from './coinbase.ts'
import { coingecko } from './coingecko.ts'
import { sources } from './index.ts'
import { kraken } from './kraken.ts'
import { okx } from './okx.ts'

const now = Date.UTC(2026, 2, 1, 12, 34, 56)
const always = (body: unknown) => () => body

const sample = (feed: Sample['feed'], file: string, more: Partial<Sample> = {}): Sample => ({
  feed,
  now,
  answer: always(readSample(file)),
  ...more,
})

testSource(binance, [
  sample('candles', 'binance/klines-1h.json', { interval: '1h', empty: always([]) }),
  sample('price', 'binance/ticker-price.json'),
])

testSource(coinbase, [
  sample('candles', 'coinbase/candles-1h.json', { interval: '1h', limit: 6, empty: always([]) }),
  sample('candles', 'coinbase/candles-1h.json', { interval: '4h', limit: 2 }),
  sample('price', 'coinbase/ticker.json'),
])

testSource(kraken, [
  sample('candles', 'kraken/ohlc-1h.json', {
    interval: '1h',
    maps: ['result'],
    empty: always({ error: [], result: { XXBTZUSD: [], last: 0 } }),
  }),
  sample('price', 'kraken/ticker.json', { maps: ['result'] }),
])

testSource(okx, [
  sample('candles', 'okx/candles-1h.json', { interval: '1h', empty: always({ code: '0', msg: '', data: [] }) }),
  sample('price', 'okx/ticker.json'),
])

const catalogue: Record<string, unknown> = {
  '/api/v3/asset_platforms': readSample('coingecko/asset-platforms.json'),
  '/api/v3/coins/list': readSample('coingecko/coins-list.json'),
  '/api/v3/coins/markets': readSample('coingecko/markets.json'),
}
testSource(coingecko, [
  {
    feed: 'catalogue',
    now,
    answer: ({ pathname }) => catalogue[pathname],
    empty: ({ pathname }) => (pathname.endsWith('/markets') ? [] : catalogue[pathname]),
    maps: ['platforms'],
  },
])

/** The streams that have a sample. */
const streamed: string[] = []
const stream = (source: typeof binance, told: StreamSample) => {
  streamed.push(source.id)
  testStream(source, told)
}

type Kline = { data?: { E: number; k?: { x: boolean } } }
stream(binance, {
  messages: readSample('binance/stream-1m.json') as unknown[],
  pair: 'BTCUSDT',
  at: (message) => (message as Kline).data?.E ?? null,
  unfinished: (message) => {
    const { data } = message as Kline
    return data?.k ? { ...(message as Kline), data: { ...data, k: { ...data.k, x: false } } } : message
  },
  bars: [
    { openAt: 1772368440000, open: 71000.1, high: 71050, low: 70990, close: 71021.5, volume: 4.25 },
    { openAt: 1772368500000, open: 71021.5, high: 71030, low: 71008, close: 71015, volume: 2 },
  ],
})

type Envelope = { channel: string; timestamp: string }
stream(coinbase, {
  messages: readSample('coinbase/stream-trades.json') as unknown[],
  pair: 'BTC-USD',
  at: (message) => Date.parse((message as Envelope).timestamp),
  unfinished: (message) => ((message as Envelope).channel === 'heartbeats' ? null : message),
  bars: [
    // 0.1 + 0.2 + 0.3 + 0.00000001 + 0.7, added as decimals.
    { openAt: 1772368440000, open: 71000.1, high: 71050.25, low: 70990.01, close: 71021.5, volume: 1.30000001 },
    { openAt: 1772368500000, open: 71021.4, high: 71021.4, low: 71008, close: 71008, volume: 1.75 },
  ],
})

it('every source that tells by itself has a sample of it', () => {
  expect(streamed).toEqual(sources.filter(({ streams }) => streams?.candles !== undefined).map(({ id }) => id))
})
