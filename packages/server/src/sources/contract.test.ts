import { readSample, testSource, type Sample } from '../testing/test-source.ts'
import { binance } from './binance.ts'
import { coinbase } from './coinbase.ts'
import { coingecko } from './coingecko.ts'
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
