import { barAt, days, hours, intervals, isFailure, minutes, type Candles, type Interval } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import type { Fetch } from '../network/fetch.ts'
import { mishapOf } from '../network/mishap.ts'
import { silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createLeapingClock, readSample } from '../testing/test-source.ts'
import { binance } from './binance.ts'
import { bybit } from './bybit.ts'
import { coinbase } from './coinbase.ts'
import { kraken } from './kraken.ts'
import { okx } from './okx.ts'
import type { Source } from './source.ts'

const now = Date.UTC(2026, 2, 1, 12, 34, 56)
const at = (hour: number) => Date.UTC(2026, 2, 1, hour)

type Asking = { symbol?: string; interval?: Interval; limit?: number; now?: number; serverAt?: number | null }

/** Asks a venue that answers as told; `urls` are what it was asked. */
function venue(source: Source, answer: (url: URL) => unknown, asking: Asking = {}) {
  const urls: URL[] = []
  const serverAt = asking.serverAt === undefined ? now : asking.serverAt
  const fetch: Fetch = async (request) => {
    const url = new URL(request.url)
    urls.push(url)
    const said = await answer(url)
    if (said instanceof Response) return said
    return new Response(
      JSON.stringify(said),
      serverAt === null ? {} : { headers: { date: new Date(serverAt).toUTCString() } },
    )
  }
  const ask = createAsk({ fetch, clock: createLeapingClock(now), random: seededRandom(1), log: silentLog })
  const get = ask.from({ ...source, budget: { calls: 1_000, perMs: 1_000 } })
  const { symbol = 'BTC', interval = '1h', limit = 100 } = asking
  return {
    urls,
    health: () => ask.health()[0]!,
    candles: () => source.feeds.candles!({ symbol, interval, limit, now: asking.now ?? now, get }),
    price: () => source.feeds.price!({ symbol, now: asking.now ?? now, get }),
  }
}

const rows = (candles: Candles) => Array.from({ length: candles.length }, (_, i) => barAt(candles, i))
const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
const file = (name: string) => () => readSample(name)

const first = { openAt: at(6), open: 61250.1, high: 61402, low: 61188.35, close: 61377.42, volume: 118.4021 }
const last = { openAt: at(11), open: 61120, high: 61777.77, low: 61119, close: 61700, volume: 301.26 }
/** Kraken's sample has one digit behind the point. */
const short = ({ openAt, volume, ...prices }: typeof first) => ({
  openAt,
  volume,
  ...Object.fromEntries(Object.entries(prices).map(([name, value]) => [name, Math.trunc(value * 10 + 1e-6) / 10])),
})

describe.each([
  ['binance', binance, 'binance/klines-1h.json', 'binance:BTCUSDT:1h', 6, first, last],
  ['coinbase', coinbase, 'coinbase/candles-1h.json', 'coinbase:BTC-USD:1h', 5, first, last],
  ['kraken', kraken, 'kraken/ohlc-1h.json', 'kraken:XBTUSD:1h', 6, short(first), short(last)],
  ['okx', okx, 'okx/candles-1h.json', 'okx:BTC-USDT:1h', 6, first, last],
  ['bybit', bybit, 'bybit/candles-1h.json', 'bybit:BTCUSDT:1h', 6, first, last],
] as const)('candles of %s', (_, source, sample, id, count, oldest, newest) => {
  it('are the closed ones, oldest first, in our units', async () => {
    const { candles, health } = venue(source, file(sample), { limit: source === coinbase ? 6 : 100 })
    const got = await candles()
    expect([got.id, got.intervalMs, got.length]).toEqual([id, hours(1), count])
    expect([rows(got)[0], rows(got).at(-1)]).toEqual([oldest, newest])
    expect(health().drift).toBe(0)
  })

  it('are the newest of them when fewer are wanted', async () => {
    expect(rows(await venue(source, file(sample), { limit: 1 }).candles())).toEqual([newest])
  })

  it('do not hold the last one as long as the vendor’s own clock is before its end', async () => {
    const late = { now: at(13), limit: 1 }
    expect(rows(await venue(source, file(sample), { ...late, serverAt: at(13) - 1_000 }).candles())).toEqual([newest])
  })

  it('are refused when a limit makes no sense', async () => {
    for (const limit of [0, -1, 1.5, 12_001, Number.NaN]) {
      expect(await thrownBy(venue(source, file(sample), { limit }).candles())).toMatchObject({ code: 'invalid' })
    }
  })

  it('are not found for a symbol that nobody can list, without asking', async () => {
    for (const symbol of ['', 'BTC/USD', '../ETH', 'A B', 'X'.repeat(21)]) {
      const { candles, price, urls } = venue(source, file(sample), { symbol })
      expect(await thrownBy(candles())).toMatchObject({ code: 'notFound' })
      expect(await thrownBy(price())).toMatchObject({ code: 'notFound' })
      expect(urls).toHaveLength(0)
    }
  })
})

describe.each([
  ['binance', binance, () => Response.json(readSample('binance/error-symbol.json'), { status: 400 })],
  ['coinbase', coinbase, () => Response.json(readSample('coinbase/error-not-found.json'), { status: 404 })],
  ['kraken', kraken, () => Response.json(readSample('kraken/error-pair.json'))],
  ['okx', okx, () => Response.json(readSample('okx/error-instrument.json'))],
  ['bybit', bybit, () => Response.json(readSample('bybit/error-symbol.json'))],
] as const)('a symbol %s does not list', (_, source, answer) => {
  it('is not found, which is an answer and no failure of the venue', async () => {
    const { candles, price, health } = venue(source, answer, { symbol: 'NOPE' })
    for (const asked of [candles, price]) {
      const thrown = await thrownBy(asked())
      expect(isFailure(thrown) && [thrown.code, mishapOf(thrown)]).toEqual(['notFound', 'absent'])
    }
    expect(health()).toMatchObject({ calls: 2, answered: 2, failures: {}, breaker: 'closed' })
  })
})

describe.each<[string, Source, () => Response, string]>([
  [
    'binance 429',
    binance,
    () => Response.json({ code: -1003, msg: 'Too much' }, { status: 429, headers: { 'retry-after': '20' } }),
    'throttled',
  ],
  [
    'binance 418',
    binance,
    () => Response.json({ code: -1003, msg: 'banned' }, { status: 418, headers: { 'retry-after': '600' } }),
    'throttled',
  ],
  ['binance 451', binance, () => new Response('restricted location', { status: 451 }), 'refused'],
  [
    'binance -1120',
    binance,
    () => Response.json({ code: -1120, msg: 'Invalid interval.' }, { status: 400 }),
    'refused',
  ],
  ['binance -1008', binance, () => Response.json({ code: -1008, msg: 'busy' }, { status: 503 }), 'server'],
  [
    'coinbase 429',
    coinbase,
    () => Response.json({ message: 'Public rate limit exceeded' }, { status: 429 }),
    'throttled',
  ],
  ['coinbase 400', coinbase, () => Response.json({ message: 'Unsupported granularity' }, { status: 400 }), 'refused'],
  ['kraken rate limit', kraken, () => Response.json({ error: ['EAPI:Rate limit exceeded'] }), 'throttled'],
  ['kraken too many requests', kraken, () => Response.json({ error: ['EGeneral:Too many requests'] }), 'throttled'],
  ['kraken unavailable', kraken, () => Response.json({ error: ['EService:Unavailable'] }), 'server'],
  ['kraken arguments', kraken, () => Response.json({ error: ['EGeneral:Invalid arguments:pair'] }), 'refused'],
  [
    'okx 50011',
    okx,
    () => Response.json({ code: '50011', msg: 'Too Many Requests', data: [] }, { status: 429 }),
    'throttled',
  ],
  [
    'okx 50001',
    okx,
    () => Response.json({ code: '50001', msg: 'Service unavailable', data: [] }, { status: 503 }),
    'server',
  ],
  ['okx 51000', okx, () => Response.json({ code: '51000', msg: 'Parameter bar error', data: [] }), 'refused'],
])('the error %s', (_, source, answer, mishap) => {
  it(`is read as ${mishap}`, async () => {
    expect(mishapOf(await thrownBy(venue(source, answer).candles()))).toBe(mishap)
    expect(mishapOf(await thrownBy(venue(source, answer).price()))).toBe(mishap)
  })
})

describe.each([
  ['binance', binance, 'binance/ticker-price.json', 'BTCUSDT', '2026-03-01T12:34:56.000Z'],
  ['coinbase', coinbase, 'coinbase/ticker.json', 'BTC-USD', '2026-03-01T12:34:51.123Z'],
  ['kraken', kraken, 'kraken/ticker.json', 'XBTUSD', '2026-03-01T12:34:56.000Z'],
  ['okx', okx, 'okx/ticker.json', 'BTC-USDT', '2026-03-01T12:34:51.000Z'],
  ['bybit', bybit, 'bybit/ticker.json', 'BTCUSDT', '2026-03-01T12:34:51.000Z'],
] as const)('the price of %s', (id, source, sample, pair, observedAt) => {
  it('is its text in our one form, as old as the vendor says', async () => {
    const quote = await venue(source, file(sample)).price()
    expect(quote).toEqual({ source: id, pair, price: '61661.6', observedAt, fetchedAt: '2026-03-01T12:34:56.000Z' })
  })

  it('survives when it is tiny', async () => {
    const tiny = (text: string) => JSON.parse(text.replaceAll(/"61661\.60*"/g, '"0.000000001234"')) as unknown
    const { price } = venue(source, () => tiny(JSON.stringify(readSample(sample))))
    expect((await price()).price).toBe('0.000000001234')
  })
})

describe('a price', () => {
  it('of another pair than the one asked is refused: base and quote may have changed places', async () => {
    for (const [source, answer] of [
      [binance, { symbol: 'USDTBTC', price: '61661.6' }],
      [kraken, { error: [], result: { XUSDZXBT: { c: ['61661.6', '1'] } } }],
      [kraken, { error: [], result: { XETHZUSD: { c: ['1', '1'] } } }],
      [kraken, { error: [], result: { XXBTZEUR: { c: ['1', '1'] } } }],
      [bybit, { retCode: 0, result: { category: 'spot', list: [{ symbol: 'USDTBTC', lastPrice: '1' }] }, time: now }],
      [okx, { code: '0', data: [{ instId: 'USDT-BTC', last: '61661.6', ts: String(now) }] }],
    ] as const) {
      expect(mishapOf(await thrownBy(venue(source, () => answer).price()))).toBe('drift')
    }
  })

  it('from the future or in another unit of time is refused', async () => {
    const ticker = (ts: number) => ({ code: '0', data: [{ instId: 'BTC-USDT', last: '61661.6', ts: String(ts) }] })
    for (const ts of [now / 1_000, now * 1_000, now + minutes(5)].map(Math.floor)) {
      expect(mishapOf(await thrownBy(venue(okx, () => ticker(ts)).price()))).toBe('drift')
    }
  })
})

/** A market with a candle for every interval since a listing, as each venue would page it. */
const rowsOf = (from: number, to: number, stepMs: number) =>
  Array.from({ length: Math.max(0, Math.floor((to - from) / stepMs) + 1) }, (_, i) => from + i * stepMs)

describe('paging backwards', () => {
  const listedAt = now - (now % hours(1)) - hours(1_234)
  const hour = now - (now % hours(1))

  const binanceMarket = ({ searchParams: q }: URL) => {
    const end = Number(q.get('endTime') ?? now)
    const opens = rowsOf(listedAt, end - (end % hours(1)), hours(1)).slice(-Number(q.get('limit')))
    return opens.map((t) => [t, '2', '3', '1', '2', '5', t + hours(1) - 1, '10', 1, '0', '0', '0'])
  }
  const coinbaseMarket = ({ searchParams: q }: URL) => {
    const stepMs = Number(q.get('granularity')) * 1_000
    const to = q.has('end') ? Date.parse(q.get('end')!) : now - (now % stepMs)
    const from = q.has('start') ? Date.parse(q.get('start')!) : to - 299 * stepMs
    if ((to - from) / stepMs >= 300) return Response.json({ message: 'granularity too small' }, { status: 400 })
    // One early row, as the venue may send.
    return rowsOf(Math.max(listedAt, from - stepMs), to, stepMs)
      .toReversed()
      .map((t) => [t / 1_000, 1, 3, 2, 2, 5])
  }
  const okxMarket = ({ searchParams: q, pathname }: URL) => {
    const older = q.has('after') ? Number(q.get('after')) - 1 : now
    const most = pathname.endsWith('history-candles') ? 100 : Number(q.get('limit'))
    const opens = rowsOf(listedAt, older - (older % hours(1)), hours(1))
      .slice(-most)
      .toReversed()
    return {
      code: '0',
      msg: '',
      data: opens.map((t) => [String(t), '2', '3', '1', '2', '5', '10', '10', t === hour ? '0' : '1']),
    }
  }

  const bybitMarket = ({ searchParams: q }: URL) => {
    const end = Number(q.get('end') ?? now)
    const opens = rowsOf(listedAt, end - (end % hours(1)), hours(1))
      .slice(-Number(q.get('limit')))
      .toReversed()
    const list = opens.map((t) => [String(t), '2', '3', '1', '2', '5', '10'])
    return { retCode: 0, retMsg: 'OK', result: { category: 'spot', symbol: 'BTCUSDT', list }, time: now }
  }

  it.each([
    ['binance', binance, binanceMarket, 2],
    ['coinbase', coinbase, coinbaseMarket, 4],
    ['okx', okx, okxMarket, 9],
    ['bybit', bybit, bybitMarket, 2],
  ] as const)('%s gives 1,000 candles without hole or double', async (_, source, market, pages) => {
    const { candles, urls } = venue(source, market, { limit: 1_000 })
    const got = await candles()
    expect([...got.openAt]).toEqual(rowsOf(hour - hours(1_000), hour - hours(1), hours(1)))
    expect(urls).toHaveLength(pages)
  })

  it.each([
    ['binance', binance, binanceMarket],
    ['coinbase', coinbase, coinbaseMarket],
    ['okx', okx, okxMarket],
    ['bybit', bybit, bybitMarket],
  ] as const)('%s gives what there is since the listing', async (_, source, market) => {
    const got = await venue(source, market, { limit: 5_000, now }).candles()
    expect([...got.openAt]).toEqual(rowsOf(listedAt, hour - hours(1), hours(1)))
  })

  it('coinbase makes candles of 4 hours out of whole hours', async () => {
    const { candles, urls } = venue(coinbase, coinbaseMarket, { interval: '4h', limit: 200 })
    const got = await candles()
    expect([...got.openAt]).toEqual(rowsOf(at(12) - 200 * hours(4), at(8), hours(4)))
    expect([got.intervalMs, got.id, got.volume[0]]).toEqual([hours(4), 'coinbase:BTC-USD:4h', 20])
    expect(urls.every(({ searchParams }) => searchParams.get('granularity') === '3600')).toBe(true)
  })

  it('a venue that answers the same page again is found out rather than asked for ever', async () => {
    const again = () => binanceMarket(new URL('https://x/?limit=1000'))
    expect(mishapOf(await thrownBy(venue(binance, again, { limit: 1_500 }).candles()))).toBe('drift')
  })

  it('kraken gives what it keeps, 720 at most, fillers included', async () => {
    const opens = rowsOf(hour - hours(720), hour, hours(1))
    const result = {
      XXBTZUSD: opens.map((t) => [t / 1_000, '2', '2', '2', '2', '0.0', '0.00000000', 0]),
      last: (hour - hours(1)) / 1_000,
    }
    const got = await venue(kraken, () => ({ error: [], result }), { limit: 1_000 }).candles()
    expect([got.length, got.volume[5]]).toEqual([720, 0])
  })
})

describe('how the venues are asked', () => {
  const spoken: Record<string, Partial<Record<Interval, string>>> = {
    binance: {
      '1m': 'interval=1m',
      '5m': 'interval=5m',
      '15m': 'interval=15m',
      '1h': 'interval=1h',
      '4h': 'interval=4h',
      '1d': 'interval=1d',
    },
    coinbase: {
      '1m': 'granularity=60',
      '5m': 'granularity=300',
      '15m': 'granularity=900',
      '1h': 'granularity=3600',
      '4h': 'granularity=3600',
      '1d': 'granularity=86400',
    },
    kraken: {
      '1m': 'interval=1',
      '5m': 'interval=5',
      '15m': 'interval=15',
      '1h': 'interval=60',
      '4h': 'interval=240',
      '1d': 'interval=1440',
    },
    okx: { '1m': 'bar=1m', '5m': 'bar=5m', '15m': 'bar=15m', '1h': 'bar=1H', '4h': 'bar=4H', '1d': 'bar=1Dutc' },
    bybit: {
      '1m': 'interval=1',
      '5m': 'interval=5',
      '15m': 'interval=15',
      '1h': 'interval=60',
      '4h': 'interval=240',
      '1d': 'interval=D',
    },
  }
  const nothing = {
    binance: [],
    coinbase: [],
    kraken: { error: [], result: { XXBTZUSD: [], last: 0 } },
    okx: { code: '0', data: [] },
    bybit: { retCode: 0, result: { category: 'spot', symbol: 'BTCUSDT', list: [] } },
  }

  it.each([binance, coinbase, kraken, okx, bybit])('$id knows every interval by its own name', async (source) => {
    for (const interval of Object.keys(intervals) as Interval[]) {
      const { candles, urls } = venue(source, () => nothing[source.id as keyof typeof nothing], { interval })
      expect(await candles()).toMatchObject({ length: 0, intervalMs: intervals[interval] })
      expect(urls[0]!.search.slice(1).split('&')).toContain(spoken[source.id]![interval])
    }
  })

  it('kraken calls bitcoin and dogecoin by its own names and knows old assets by theirs', async () => {
    const ohlc = (name: string) => () => ({ error: [], result: { [name]: [], last: 0 } })
    for (const [symbol, pair, name] of [
      ['BTC', 'XBTUSD', 'XXBTZUSD'],
      ['DOGE', 'XDGUSD', 'XDGUSD'],
      ['eth', 'ETHUSD', 'XETHZUSD'],
      ['SOL', 'SOLUSD', 'SOL/USD'],
    ]) {
      const { candles, urls } = venue(kraken, ohlc(name!), { symbol: symbol! })
      expect((await candles()).id).toBe(`kraken:${pair}:1h`)
      expect(urls[0]!.searchParams.get('pair')).toBe(pair)
    }
  })

  it('kraken’s pair against a dollar coin keeps its name, and the pair asked for is found among several', async () => {
    const ticker = (price: string) => ({ c: [price, '1'] })
    const one = venue(kraken, () => ({ error: [], result: { XBTUSDT: ticker('7') } }))
    expect(await one.price()).toMatchObject({ pair: 'XBTUSDT', price: '7' })
    const result = { 'BTC/USDT': ticker('7'), 'ETH/USD': ticker('8'), 'BTC/USD': ticker('9'), 'TBTC/USD': ticker('10') }
    expect(await venue(kraken, () => ({ error: [], result })).price()).toMatchObject({ pair: 'XBTUSD', price: '9' })
  })

  it('binance asks the public host and, only when that one is the trouble, the other', async () => {
    const klines = readSample('binance/klines-1h.json')
    const publicDown = (url: URL) =>
      url.host === 'data-api.binance.vision' ? new Response('', { status: 503 }) : klines
    const down = venue(binance, publicDown)
    expect(await down.candles()).toHaveLength(6)
    expect(down.urls.map(({ host }) => host)).toEqual(['data-api.binance.vision', 'api.binance.com'])
    const up = venue(binance, () => klines)
    await up.candles()
    expect(up.urls.map(({ host }) => host)).toEqual(['data-api.binance.vision'])
    const limited = venue(binance, () => new Response('', { status: 429, headers: { 'retry-after': '60' } }))
    expect(mishapOf(await thrownBy(limited.candles()))).toBe('throttled')
    expect(limited.urls.map(({ host }) => host)).toEqual(['data-api.binance.vision'])
  })

  it('binance’s other host still answers in time when the public one is silent', async () => {
    const silent = (url: URL) =>
      url.host === 'data-api.binance.vision' ? new Promise<Response>(() => {}) : readSample('binance/ticker-price.json')
    const startedAt = performance.now()
    expect(await venue(binance, silent).price()).toMatchObject({ price: '61661.6' })
    expect(performance.now() - startedAt).toBeLessThan(2_500)
  })
})

describe('what only one venue says', () => {
  it.each([
    ['kraken', kraken, 'kraken/ohlc-1h.json'],
    ['okx', okx, 'okx/candles-1h.json'],
  ] as const)('%s: the candle it calls open is open, however late the answer is', async (_, source, sample) => {
    const late = { now: at(15), serverAt: at(15), limit: 1 }
    expect((await venue(source, file(sample), late).candles()).openAt[0]).toBe(at(11))
  })

  it('coinbase: a candle of four hours whose first hours were not asked for is left out', async () => {
    const sparse = [9, 1].map((hour) => [at(hour) / 1_000, 1, 3, 2, 2, 5])
    const { candles, urls } = venue(coinbase, () => sparse, { interval: '4h', limit: 2 })
    expect([...(await candles()).openAt]).toEqual([at(8)])
    expect(urls).toHaveLength(1)
  })

  it.each([
    [
      'binance',
      binance,
      () => (readSample('binance/klines-1h.json') as unknown[][]).map((row) => row.with(5, row[7]).with(7, row[5])),
    ],
    [
      'okx',
      okx,
      () => {
        const { data } = readSample('okx/candles-1h.json') as { data: string[][] }
        return { code: '0', data: data.map((row) => row.with(5, row[7]!).with(7, row[5]!)) }
      },
    ],
    [
      'bybit',
      bybit,
      () => {
        const { result } = readSample('bybit/candles-1h.json') as { result: { list: string[][] } }
        const list = result.list.map((row) => row.with(5, row[6]!).with(6, row[5]!))
        return { retCode: 0, result: { ...result, list } }
      },
    ],
  ] as const)('%s: base and quote volume in each other’s place are refused', async (_, source, turned) => {
    expect(mishapOf(await thrownBy(venue(source, turned).candles()))).toBe('drift')
  })
})

describe('a candle that cannot be', () => {
  it('condemns the whole answer: no row is dropped silently', async () => {
    const klines = readSample('binance/klines-1h.json') as unknown[][]
    for (const [column, value] of [
      [1, '0'],
      [1, '-61250'],
      [2, '1'],
      [3, '99999'],
      [4, '1e15'],
      [4, 'NaN'],
      [5, '-1'],
      [0, at(7) + 1],
    ] as const) {
      const bad = klines.map((row, i) => (i === 2 ? row.with(column, value) : row))
      const { candles, health } = venue(binance, () => bad)
      expect(mishapOf(await thrownBy(candles()))).toBe('drift')
      expect(health().drift).toBe(1)
    }
  })

  it('is one of another interval', async () => {
    const daily = [[at(0) - days(1), '2', '3', '1', '2', '5', at(0) - 1, '10']]
    expect(mishapOf(await thrownBy(venue(binance, () => daily).candles()))).toBe('drift')
  })
})
