import { days, fromIso, hours, minutes } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { createMarket } from '../market.ts'
import { createSimulatedFetch } from '../network.ts'
import { simulatedHeader } from './answer.ts'
import { binance, binanceFull, bybit, coinbase, coingecko, kraken, okx } from './manual-shapes.ts'

const market = createMarket({ seed: 7 })
const usualNow = fromIso('2026-11-22T12:44:30.000Z')
const [binanceUrl, coinbaseUrl, krakenUrl, okxUrl, bybitUrl, coingeckoUrl] = [
  'https://data-api.binance.vision/api/v3',
  'https://api.exchange.coinbase.com',
  'https://api.kraken.com/0/public',
  'https://www.okx.com/api/v5',
  'https://api.bybit.com/v5/market',
  'https://api.coingecko.com/api/v3',
]

type Asked = { now?: number; status?: number; headers?: Record<string, string> }
/** The body of an answer, checked for status and label. */
async function ask(url: string, { now = usualNow, status = 200, headers = {} }: Asked = {}): Promise<unknown> {
  const fetch = createSimulatedFetch({ market, clock: { now: () => now, sleep: () => Promise.resolve() } })
  const response = await fetch(new Request(url, { headers }))
  expect(response.headers.get(simulatedHeader)).toBe('true')
  expect(response.status).toBe(status)
  return response.json()
}
const asked = async <Shape extends z.ZodType>(shape: Shape, url: string, how?: Asked): Promise<z.output<Shape>> =>
  shape.parse(await ask(url, how))

const eventOf = (event: string, where: Record<string, unknown> = {}) =>
  market
    .calendar(usualNow - days(400), usualNow)
    .find(
      (one) => one.event === event && Object.entries(where).every(([key, value]) => Reflect.get(one, key) === value),
    )!

describe('binance', () => {
  const klines = (query: string, how?: Asked) => asked(binance.klines, `${binanceUrl}/klines?${query}`, how)

  it('tells its time, and nothing to a ping', async () => {
    expect(await ask(`${binanceUrl}/ping`)).toEqual({})
    expect(await ask(`${binanceUrl}/time`)).toEqual({ serverTime: usualNow })
  })

  it('gives the newest 500 rows by default, oldest first, the open candle last', async () => {
    const rows = await klines('symbol=BTCUSDT&interval=1h')
    expect(rows.length).toBe(500)
    expect(rows.at(-1)![0]).toBe(fromIso('2026-11-22T12:00:00.000Z'))
    expect(rows.at(-1)![6]).toBe(fromIso('2026-11-22T12:59:59.999Z'))
    expect(rows.at(-2)![6]).toBeLessThan(usualNow)
  })

  it('gives at most 1000 rows, from startTime on, and pages by the last open time', async () => {
    const from = usualNow - days(3)
    const first = await klines(`symbol=ETHUSDT&interval=1m&limit=5000&startTime=${from}`)
    expect(first.length).toBe(1000)
    expect(first[0]![0]).toBe(Math.ceil(from / 60_000) * 60_000)
    const next = await klines(`symbol=ETHUSDT&interval=1m&limit=1000&startTime=${first.at(-1)![0] + 1}`)
    expect(next[0]![0]).toBeGreaterThan(first.at(-1)![0])
    expect(await klines(`symbol=ETHUSDT&interval=1m&startTime=${usualNow + hours(1)}`)).toEqual([])
  })

  it('includes startTime and endTime, both on the open time', async () => {
    const at = fromIso('2026-11-22T10:00:00.000Z')
    const rows = await klines(`symbol=SOLUSDT&interval=15m&startTime=${at}&endTime=${at + hours(1)}`)
    expect(rows.map(([openAt]) => openAt)).toEqual([0, 15, 30, 45, 60].map((n) => at + minutes(n)))
    const before = await klines(`symbol=SOLUSDT&interval=15m&limit=2&endTime=${at}`)
    expect(before.map(([openAt]) => openAt)).toEqual([at - minutes(15), at])
  })

  it.each(['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d', '3d', '1w', '1M'])(
    'speaks the interval %s',
    async (interval) => {
      const rows = await klines(`symbol=BTCUSDT&interval=${interval}&limit=3`)
      expect(rows.length).toBe(3)
      expect(rows[1]![0]).toBe(rows[0]![6] + 1)
    },
  )

  it('opens months on the first, and weeks on Monday', async () => {
    const [, month] = await klines('symbol=BTCUSDT&interval=1M&limit=2')
    expect(month![0]).toBe(fromIso('2026-11-01T00:00:00.000Z'))
    const [week] = await klines('symbol=BTCUSDT&interval=1w&limit=1')
    expect(week![0]).toBe(fromIso('2026-11-16T00:00:00.000Z'))
  })

  it('leaves out the rows of a halt, keeps answering, and calls its symbols BREAK', async () => {
    const { from, to } = eventOf('halt', { venue: 'binance' })
    const rows = await klines(
      `symbol=BTCUSDT&interval=1m&limit=1000&startTime=${from - minutes(5)}&endTime=${to + minutes(5)}`,
    )
    expect(rows.filter(([openAt]) => openAt >= from && openAt < to)).toEqual([])
    expect(rows.length).toBeGreaterThan(5)
    const within = { now: from + hours(2) }
    const info = await asked(binance.exchangeInfo, `${binanceUrl}/exchangeInfo?symbol=BTCUSDT`, within)
    expect(info.symbols[0]!.status).toBe('BREAK')
    const last = await asked(binance.price, `${binanceUrl}/ticker/price?symbol=BTCUSDT`, within)
    const before = await asked(binance.price, `${binanceUrl}/ticker/price?symbol=BTCUSDT`, { now: from - 1 })
    expect(last).toEqual(before)
  })

  it('tells prices and the day, one as an object, several as a list', async () => {
    await asked(binance.price, `${binanceUrl}/ticker/price?symbol=BTCUSDT`)
    const two = encodeURIComponent('["BTCUSDT","SHIBUSDT"]')
    const prices = await asked(binance.price.array(), `${binanceUrl}/ticker/price?symbols=${two}`)
    expect(prices.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'SHIBUSDT'])
    const full = await asked(binanceFull, `${binanceUrl}/ticker/24hr?symbol=BTCUSDT`)
    expect(Number(full.openPrice) + Number(full.priceChange)).toBeCloseTo(Number(full.lastPrice), 6)
    expect(full.lastId - full.firstId + 1).toBe(full.count)
    await asked(binance.mini.array(), `${binanceUrl}/ticker/24hr?type=MINI`)
  })

  it('lists its symbols with tick and lot sizes that the prices obey', async () => {
    const { symbols } = await asked(binance.exchangeInfo, `${binanceUrl}/exchangeInfo?showPermissionSets=false`)
    expect(symbols.length).toBe(market.listingsOn('binance').length - 1)
    const bitcoin = symbols.find(({ symbol }) => symbol === 'BTCUSDT')!
    expect(bitcoin.filters[0]).toMatchObject({ filterType: 'PRICE_FILTER', tickSize: '0.01000000' })
  })

  it.each([
    ['klines?symbol=NOPEUSDT&interval=1h', -1121],
    ['klines?symbol=btcusdt&interval=1h', -1121],
    ['klines?symbol=BTCUSDT&interval=1H', -1120],
    ['klines?symbol=BTCUSDT', -1102],
    ['klines?interval=1h', -1102],
    ['klines?symbol=BTCUSDT&interval=1h&startTime=2026-11-01', -1100],
    ['ticker/price?symbols=%5B%22BTCUSDT%22,%22NOPE%22%5D', -1121],
    ['ticker/price?symbols=%5B%22BTCUSDT%22,%22BTCUSDT%22%5D', -1151],
    ['ticker/price?symbols=BTCUSDT', -1100],
    ['exchangeInfo?symbol=constructor', -1121],
  ])('refuses %s with code %i', async (path, code) => {
    expect(await asked(binance.error, `${binanceUrl}/${path}`, { status: 400 })).toMatchObject({ code })
  })

  it('keeps a delisted symbol for a while with its old candles, then knows it no more', async () => {
    const endAt = fromIso('2026-03-15T12:00:00.000Z')
    const rows = await klines('symbol=FSTARUSDT&interval=1h&limit=2', { now: endAt + days(3) })
    expect(rows.map(([openAt]) => openAt)).toEqual([endAt - hours(2), endAt - hours(1)])
    const url = `${binanceUrl}/klines?symbol=FSTARUSDT&interval=1h`
    expect(await asked(binance.error, url, { now: endAt + days(31), status: 400 })).toMatchObject({ code: -1121 })
  })
})

describe('coinbase', () => {
  const candles = (query: string, how?: Asked) => asked(coinbase.candles, `${coinbaseUrl}/products/${query}`, how)

  it('gives low and high before open and close, newest first, in seconds', async () => {
    const rows = await candles('BTC-USD/candles?granularity=3600')
    expect(rows.length).toBeGreaterThan(290)
    expect(rows[0]![0] * 1000).toBe(fromIso('2026-11-22T12:00:00.000Z'))
  })

  it('has no row for a minute without trades', async () => {
    const range = 'start=2026-11-22T08:00:00Z&end=2026-11-22T12:00:00Z'
    const quiet = await candles(`QHBR-USD/candles?granularity=60&${range}`)
    expect(quiet.length).toBeGreaterThan(30)
    expect(quiet.length).toBeLessThan(120)
    expect(quiet.every((row) => row[5] > 0)).toBe(true)
  })

  it('takes ISO times and Unix seconds alike, and ignores one without the other', async () => {
    const iso = await candles('ETH-USD/candles?granularity=300&start=2026-11-21T00:00:00Z&end=2026-11-21T02:00:00Z')
    const unix = await candles(
      `ETH-USD/candles?granularity=300&start=${fromIso('2026-11-21') / 1000}&end=${fromIso('2026-11-21T02:00:00Z') / 1000}`,
    )
    expect(unix).toEqual(iso)
    expect(iso.length).toBe(25)
    const alone = await candles('ETH-USD/candles?granularity=300&start=2026-11-21T00:00:00Z')
    expect(alone).toEqual(await candles('ETH-USD/candles?granularity=300'))
  })

  it('keeps a price of billionths as a number', async () => {
    const [[, low, high] = []] = await candles('GPUP-USD/candles?granularity=3600')
    expect(low).toBeGreaterThan(1e-11)
    expect(high).toBeLessThan(1e-7)
  })

  it('tells products, ticker, statistics and time', async () => {
    const products = await asked(coinbase.product.array(), `${coinbaseUrl}/products`)
    expect(products.find(({ id }) => id === 'BTC-USD')).toMatchObject({ status: 'online', quote_increment: '0.01' })
    expect(products.find(({ id }) => id === 'FSTAR-USD')).toMatchObject({ status: 'delisted', trading_disabled: true })
    await asked(coinbase.product, `${coinbaseUrl}/products/ETH-USD`)
    const ticker = await asked(coinbase.ticker, `${coinbaseUrl}/products/ETH-USD/ticker`)
    expect(Number(ticker.bid)).toBeLessThan(Number(ticker.price))
    expect(Number(ticker.ask)).toBeGreaterThan(Number(ticker.price))
    expect(await ask(`${coinbaseUrl}/products/ETH-USD/stats`)).toHaveProperty('volume_30day')
    expect(await asked(coinbase.time, `${coinbaseUrl}/time`)).toEqual({
      iso: '2026-11-22T12:44:30.000Z',
      epoch: usualNow / 1000,
    })
  })

  it.each([
    ['products/NOPE-USD/candles?granularity=60', 404, 'NotFound'],
    ['products/BTC-USD/nope', 404, 'NotFound'],
    ['products/BTC-USD/candles?granularity=1800', 400, 'Unsupported granularity'],
    ['products/BTC-USD/candles?granularity=60&start=2026-11-01&end=2026-11-02', 400, 'granularity too small'],
    ['products/BTC-USD/candles?granularity=60&start=yesterday&end=today', 400, 'Invalid start'],
  ])('refuses %s with %i', async (path, status, message) => {
    expect((await asked(coinbase.error, `${coinbaseUrl}/${path}`, { status })).message).toContain(message)
  })
})

describe('kraken', () => {
  async function ohlc(query: string, how?: Asked) {
    const { result } = await asked(kraken.ohlc, `${krakenUrl}/OHLC?${query}`, how)
    const key = Object.keys(result).find((name) => name !== 'last')
    return { key, last: result['last'], rows: kraken.rows.parse(result[key!]) }
  }

  it.each([
    ['XBTUSD', 'XXBTZUSD'],
    ['XXBTZUSD', 'XXBTZUSD'],
    ['XBT/USD', 'XXBTZUSD'],
    ['ETHUSD', 'XETHZUSD'],
    ['SOLUSD', 'SOLUSD'],
    ['XDGUSD', 'XDGUSD'],
    ['USDTUSD', 'USDTZUSD'],
  ])('answers for %s under its own name %s', async (pair, key) => {
    expect((await ohlc(`pair=${encodeURIComponent(pair)}&interval=60`)).key).toBe(key)
  })

  it('gives 720 closed rows and the open one last, whatever since says', async () => {
    const { rows, last } = await ohlc('pair=XBTUSD&interval=60&since=1')
    expect(rows.length).toBe(721)
    expect(rows.at(-1)![0] * 1000).toBe(fromIso('2026-11-22T12:00:00.000Z'))
    expect(last).toBe(rows.at(-2)![0])
    const newer = await ohlc(`pair=XBTUSD&interval=60&since=${String(last)}`)
    expect(newer.rows.map(([openAt]) => openAt)).toEqual([rows.at(-1)![0]])
  })

  it('fills minutes without trades with the last price and zeros', async () => {
    const { rows } = await ohlc('pair=QHBRUSD&interval=1')
    expect(rows.length).toBe(721)
    rows.slice(1).forEach((row, i) => {
      expect(row[0] - rows[i]![0]).toBe(60)
      if (row[7] > 0) return
      expect(row.slice(1, 5)).toEqual(Array(4).fill(rows[i]![4]))
      expect([Number(row[5]), Number(row[6])]).toEqual([0, 0])
    })
    expect(rows.filter((row) => row[7] === 0).length).toBeGreaterThan(300)
  })

  it('keeps the volume-weighted price inside the bar', async () => {
    const { rows } = await ohlc('pair=ETHUSD&interval=5')
    for (const [, , high, low, , vwap] of rows.filter((row) => row[7] > 0)) {
      expect(Number(vwap)).toBeGreaterThanOrEqual(Number(low))
      expect(Number(vwap)).toBeLessThanOrEqual(Number(high))
    }
  })

  it('tells ticker, pairs and time', async () => {
    const { result } = await asked(kraken.ticker, `${krakenUrl}/Ticker?pair=XBTUSD,ETHUSD`)
    expect(Object.keys(result)).toEqual(['XXBTZUSD', 'XETHZUSD'])
    const modern = await asked(kraken.ticker, `${krakenUrl}/Ticker?assetVersion=1`)
    expect(Object.keys(modern.result)).toEqual(expect.arrayContaining(['BTC/USD', 'DOGE/USD']))
    const pairs = await asked(kraken.assetPairs, `${krakenUrl}/AssetPairs`)
    expect(pairs.result['XXBTZUSD']).toMatchObject({
      altname: 'XBTUSD',
      wsname: 'XBT/USD',
      pair_decimals: 1,
      tick_size: '0.1',
    })
    const { result: time } = await asked(kraken.time, `${krakenUrl}/Time`)
    expect(time).toEqual({ unixtime: usualNow / 1000, rfc1123: 'Sun, 22 Nov 26 12:44:30 +0000' })
  })

  it.each([
    ['OHLC?pair=NOPEUSD', 'EQuery:Unknown asset pair'],
    ['OHLC', 'EGeneral:Invalid arguments'],
    ['OHLC?pair=XBTUSD&interval=7', 'EGeneral:Invalid arguments:interval'],
    ['Nope', 'EGeneral:Unknown method'],
  ])('refuses %s with HTTP 200 and %s', async (path, error) => {
    expect(await asked(kraken.failure, `${krakenUrl}/${path}`)).toEqual({ error: [error] })
  })

  it('is unavailable in its halt, and says so with HTTP 200', async () => {
    const { from } = eventOf('halt', { venue: 'kraken' })
    const now = from + hours(1)
    expect(await asked(kraken.failure, `${krakenUrl}/OHLC?pair=XBTUSD`, { now })).toEqual({
      error: ['EService:Unavailable'],
    })
    expect(await ask(`${krakenUrl}/SystemStatus`, { now })).toMatchObject({ result: { status: 'maintenance' } })
  })
})

describe('okx', () => {
  const candles = async (query: string, part = 'candles', how?: Asked) =>
    (await asked(okx.candles, `${okxUrl}/market/${part}?${query}`, how)).data

  it('gives texts, newest first, the open candle unconfirmed', async () => {
    const rows = await candles('instId=BTC-USDT&bar=1H')
    expect(rows.length).toBe(100)
    expect(rows[0]![0]).toBe(String(fromIso('2026-11-22T12:00:00.000Z')))
    expect(rows.map((row) => row[8])).toEqual(['0', ...Array(99).fill('1')])
  })

  it('pages backwards with after and forwards with before, neither included', async () => {
    const at = fromIso('2026-11-20T00:00:00.000Z')
    const older = await candles(`instId=ETH-USDT&bar=1H&limit=3&after=${at}`)
    expect(older.map((row) => Number(row[0]))).toEqual([1, 2, 3].map((n) => at - hours(n)))
    const newer = await candles(`instId=ETH-USDT&bar=1H&limit=300&before=${fromIso('2026-11-22T10:00:00.000Z')}`)
    expect(newer.map((row) => Number(row[0]) - fromIso('2026-11-22T10:00:00.000Z'))).toEqual([hours(2), hours(1)])
  })

  it('gives at most 300 rows, only recent ones unless the history is asked', async () => {
    expect((await candles('instId=BTC-USDT&bar=1m&limit=9999')).length).toBeLessThanOrEqual(300)
    const old = `instId=BTC-USDT&bar=1m&after=${usualNow - days(3)}`
    expect(await candles(old)).toEqual([])
    expect((await candles(old, 'history-candles')).length).toBe(100)
    expect((await candles('instId=BTC-USDT&bar=1m', 'history-candles'))[0]![8]).toBe('1')
  })

  it('opens plain days at midnight in Hong Kong and utc days at midnight UTC', async () => {
    expect((await candles('instId=BTC-USDT&bar=1D'))[0]![0]).toBe(String(fromIso('2026-11-21T16:00:00.000Z')))
    expect((await candles('instId=BTC-USDT&bar=1Dutc'))[0]![0]).toBe(String(fromIso('2026-11-22T00:00:00.000Z')))
  })

  it('writes a price of billionths without exponent', async () => {
    for (const row of await candles('instId=GPUP-USDT&bar=1H&limit=300')) {
      expect(row[4]).toMatch(/^0\.0000000\d+$/)
    }
  })

  it('tells one ticker and all of them', async () => {
    const { data } = await asked(okx.ticker, `${okxUrl}/market/tickers?instType=SPOT`)
    expect(data.length).toBe(market.listingsOn('okx').length - 1)
    await asked(okx.ticker, `${okxUrl}/market/ticker?instId=BTC-USDT`)
    expect(await ask(`${okxUrl}/public/instruments?instType=SPOT&instId=BTC-USDT`)).toMatchObject({
      data: [{ tickSz: '0.1', state: 'live' }],
    })
    expect(await ask(`${okxUrl}/public/time`)).toEqual({ code: '0', msg: '', data: [{ ts: String(usualNow) }] })
  })

  it.each([
    ['market/candles?instId=NOPE-USDT', '51001', 200],
    ['market/ticker?instId=BTC-USDC', '51001', 200],
    ['market/candles?instId=BTC-USDT&bar=1h', '51000', 400],
    ['market/candles?instId=BTC-USDT&after=soon', '51000', 400],
    ['market/tickers', '50014', 400],
  ])('refuses %s with code %s', async (path, code, status) => {
    expect(await asked(okx.failure, `${okxUrl}/${path}`, { status })).toMatchObject({ code })
  })
})

describe('bybit', () => {
  const candles = async (query: string, how?: Asked) =>
    (await asked(bybit.candles, `${bybitUrl}/kline?category=spot&${query}`, how)).result.list

  it('gives texts, newest first, the open candle among them', async () => {
    const rows = await candles('symbol=BTCUSDT&interval=60')
    expect(rows.length).toBe(200)
    expect(rows[0]![0]).toBe(String(fromIso('2026-11-22T12:00:00.000Z')))
  })

  it('gives what opened between start and end, both included, at most 1000', async () => {
    const at = fromIso('2026-11-20T00:00:00.000Z')
    const rows = await candles(`symbol=ETHUSDT&interval=60&start=${at - hours(3)}&end=${at}`)
    expect(rows.map((row) => Number(row[0]))).toEqual([0, 1, 2, 3].map((n) => at - hours(n)))
    expect((await candles('symbol=BTCUSDT&interval=1&limit=9999')).length).toBe(1_000)
  })

  it('tells one ticker and all of them', async () => {
    const { result } = await asked(bybit.ticker, `${bybitUrl}/tickers?category=spot`)
    expect(result.list.length).toBe(market.listingsOn('bybit').length - 1)
    const one = await asked(bybit.ticker, `${bybitUrl}/tickers?category=spot&symbol=BTCUSDT`)
    expect(one.result.list.map(({ symbol }) => symbol)).toEqual(['BTCUSDT'])
    expect(await ask(`${bybitUrl}/time`)).toMatchObject({
      result: { timeSecond: String(Math.floor(usualNow / 1_000)) },
    })
  })

  it.each([
    'kline?category=spot&symbol=NOPEUSDT&interval=60',
    'kline?category=spot&symbol=BTCUSDT&interval=1h',
    'kline?category=spot&symbol=BTCUSDT&interval=60&end=soon',
    'kline?category=linear&symbol=BTCUSDT&interval=60',
    'tickers?category=spot&symbol=BTCUSD',
  ])('refuses %s with status 200 and a code', async (path) => {
    expect(await asked(bybit.failure, `${bybitUrl}/${path}`)).toMatchObject({ retCode: 10001 })
  })
})

describe('coingecko', () => {
  const markets = (query: string, how?: Asked) =>
    asked(coingecko.markets, `${coingeckoUrl}/coins/markets?vs_currency=usd${query}`, how)

  it('ranks by market cap in pages; a page past the end is empty', async () => {
    const everyone = await markets('&per_page=250')
    const caps = everyone.map(({ market_cap: cap }) => cap!)
    expect(caps).toEqual(caps.toSorted((a, b) => b - a))
    expect(everyone[0]).toMatchObject({ id: 'bitcoin', market_cap_rank: 1, max_supply: 21_000_000 })
    expect(await markets('&per_page=10&page=2')).toEqual(everyone.slice(10, 20))
    expect(await markets('&per_page=250&page=2')).toEqual([])
  })

  it('has nulls where nothing is known', async () => {
    const [crane] = await markets('&ids=paper-crane')
    expect(crane).toMatchObject({
      market_cap_rank: null,
      fully_diluted_valuation: null,
      total_supply: null,
      max_supply: null,
    })
    const [dawn] = await markets('&ids=dawn-chorus&price_change_percentage=7d,1y')
    expect(dawn!['price_change_percentage_1y_in_currency']).toBeNull()
    expect(dawn!['price_change_percentage_7d_in_currency']).toEqual(expect.any(Number))
  })

  it('keeps highs and lows on their sides of the price, and gives a sparkline only when asked', async () => {
    const rows = await markets('&per_page=250')
    for (const row of rows) {
      expect(row.ath!).toBeGreaterThanOrEqual(row.high_24h!)
      expect(row.high_24h!).toBeGreaterThanOrEqual(row.current_price!)
      expect(row.low_24h!).toBeLessThanOrEqual(row.current_price!)
      expect(row.atl!).toBeLessThanOrEqual(row.low_24h!)
      expect(row).not.toHaveProperty('sparkline_in_7d')
    }
    const [bitcoin] = await markets('&ids=bitcoin&sparkline=true')
    expect(bitcoin).toHaveProperty('sparkline_in_7d.price.length', 168)
  })

  it('filters by category, which is how pegged and wrapped coins are known', async () => {
    expect((await markets('&category=stablecoins')).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['tether', 'harbor-dollar']),
    )
    expect((await markets('&category=wrapped-tokens')).map(({ id }) => id)).toEqual(['wrapped-bitcoin'])
  })

  it('lists every coin with its contracts, and two under one ticker', async () => {
    const list = await asked(coingecko.list, `${coingeckoUrl}/coins/list?include_platform=true`)
    expect(list.filter(({ symbol }) => symbol === 'orb').map(({ id }) => id)).toEqual(['orbit-inu', 'orbit-protocol'])
    expect(list.find(({ id }) => id === 'bitcoin')).toEqual({
      id: 'bitcoin',
      symbol: 'btc',
      name: 'Bitcoin',
      platforms: {},
    })
    expect(list.find(({ id }) => id === 'chainlink')!.platforms).toHaveProperty('ethereum')
    expect(list.map(({ id }) => id)).not.toContain('fallen-star')
    const platforms = await asked(coingecko.platforms, `${coingeckoUrl}/asset_platforms`)
    const used = new Set(list.flatMap(({ platforms: on }) => Object.keys(on ?? {})))
    expect(platforms.map(({ id }) => id)).toEqual(expect.arrayContaining([...used]))
  })

  it('leaves an unknown id out of simple prices, and tells what the venues tell', async () => {
    const extra = 'include_market_cap=true&include_24hr_vol=true&include_24hr_change=true&include_last_updated_at=true'
    const url = `${coingeckoUrl}/simple/price?ids=bitcoin,gigapup,nope&vs_currencies=usd&${extra}`
    const prices = await asked(coingecko.simple, url)
    expect(Object.keys(prices).toSorted()).toEqual(['bitcoin', 'gigapup'])
    const { price } = await asked(binance.price, `${binanceUrl}/ticker/price?symbol=BTCUSDT`, {
      now: Math.floor(usualNow / 60_000) * 60_000,
    })
    expect(Math.abs(prices['bitcoin']!.usd / Number(price) - 1)).toBeLessThan(0.0015)
    expect(await ask(`${coingeckoUrl}/simple/price?ids=nope&vs_currencies=usd`)).toEqual({})
  })

  it('draws charts by span: hours to 90 days, days beyond, and refuses more than a year', async () => {
    const chart = (query: string, how?: Asked) =>
      ask(`${coingeckoUrl}/coins/ethereum/market_chart?vs_currency=usd&${query}`, how)
    const { prices } = (await chart('days=2')) as { prices: [number, number][] }
    expect(prices.length).toBe(48)
    expect(prices.at(-1)![0]).toBeLessThanOrEqual(usualNow)
    const refusal = coingecko.nested.parse(await chart('days=max', { status: 401 }))
    expect(refusal.error.status.error_code).toBe(10012)
  })

  it('refuses in three envelopes', async () => {
    await asked(coingecko.told, `${coingeckoUrl}/coins/nope/market_chart?vs_currency=usd&days=1`, { status: 404 })
    await asked(coingecko.told, `${coingeckoUrl}/coins/markets?vs_currency=usdt`, { status: 400 })
    await asked(coingecko.told, `${coingeckoUrl}/nowhere`, { status: 404 })
    const headers = { 'x-cg-pro-api-key': 'a key for the other host' }
    const coded = await asked(coingecko.coded, `${coingeckoUrl}/ping`, { status: 400, headers })
    expect(coded.status.error_code).toBe(10010)
  })
})
