import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { barAt, isFailure, type Candles, type Token } from '@pumpiq/domain'
import { afterAll, describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import { mishapOf } from '../network/mishap.ts'
import { silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { callFeed, createLeapingClock, type Sample } from '../testing/test-source.ts'
import { binance } from './binance.ts'
import { coinbase } from './coinbase.ts'
import { coingecko } from './coingecko.ts'
import { kraken } from './kraken.ts'
import { okx } from './okx.ts'
import type { Source } from './source.ts'

// Literals were read from the recorded answers by hand, with another program; nothing here was printed by a connector.

const folder = process.env['EVALUATION_DIR']
const files = new Set<string>()

function recorded(file: string): unknown {
  files.add(file)
  return JSON.parse(readFileSync(join(folder!, 'fixtures', file), 'utf8'))
}

type Recorded = Omit<Sample, 'answer' | 'empty' | 'maps'> & {
  body?: unknown
  bodies?: (url: URL) => unknown
  status?: number
}

/** What a feed makes of a recorded answer that came at `now`, or what it throws. */
function read(source: Source, { body, bodies, status = 200, ...sample }: Recorded): Promise<unknown> {
  const ask = createAsk({
    fetch: async (request) =>
      Response.json(bodies ? bodies(new URL(request.url)) : body, {
        status,
        headers: { date: new Date(sample.now).toUTCString() },
      }),
    clock: createLeapingClock(sample.now),
    random: seededRandom(1),
    log: silentLog,
  })
  return callFeed(source, { ...sample, answer: () => null }, ask.from(source)).catch((thrown: unknown) => thrown)
}

const ends = (said: unknown) => {
  if (!(said && typeof said === 'object' && 'openAt' in said))
    throw said instanceof Error ? said : new Error('no candles')
  const candles = said as Candles
  return {
    id: candles.id,
    intervalMs: candles.intervalMs,
    length: candles.length,
    first: barAt(candles, 0),
    last: barAt(candles, candles.length - 1),
  }
}
const mishap = (said: unknown) => (isFailure(said) ? mishapOf(said) : 'no failure')

describe.skipIf(!folder)('recorded answers of the venues (needs EVALUATION_DIR)', () => {
  afterAll(() => {
    process.stdout.write(`read ${files.size} recorded answers: ${[...files].toSorted().join(', ')}\n`)
  })

  describe('binance, ten minutes of 2021', () => {
    type Row = (string | number)[]
    const rows = () => recorded('binance/klines_BTCUSDT_1m.json') as Row[]
    const asked = { feed: 'candles', interval: '1m', limit: 100, now: Date.parse('2021-10-22T23:12:05Z') } as const
    const first = {
      openAt: 1634943780000,
      open: 60685.22,
      high: 60729.84,
      low: 60670.9,
      close: 60719.27,
      volume: 21.63272,
    }
    const last = { openAt: 1634944260000, open: 60740, high: 60765.48, low: 60725, close: 60739.85, volume: 5.31675 }

    it('are nine closed candles while the tenth is open, and ten after it', async () => {
      expect(ends(await read(binance, { ...asked, body: rows() }))).toEqual({
        id: 'binance:BTCUSDT:1m',
        intervalMs: 60_000,
        length: 9,
        first,
        last,
      })
      const later = ends(await read(binance, { ...asked, now: 1634944380000, body: rows() }))
      expect([later.length, later.last]).toEqual([
        10,
        { openAt: 1634944320000, open: 60739.85, high: 60739.85, low: 60739.85, close: 60739.85, volume: 0.04734 },
      ])
    })

    it('are refused in seconds or microseconds', async () => {
      for (const scale of [1 / 1_000, 1_000]) {
        const body = rows().map((row) => row.with(0, Number(row[0]) * scale).with(6, Number(row[6]) * scale))
        expect(mishap(await read(binance, { ...asked, body }))).toBe('drift')
      }
    })

    it('are refused with base and quote volume in each other’s place', async () => {
      const body = rows().map((row) => row.with(5, row[7]!).with(7, row[5]!))
      expect(mishap(await read(binance, { ...asked, body }))).toBe('drift')
    })

    it('are refused as candles of another interval or order', async () => {
      expect(mishap(await read(binance, { ...asked, interval: '1h', body: rows() }))).toBe('drift')
      expect(mishap(await read(binance, { ...asked, body: rows().toReversed() }))).toBe('drift')
    })
  })

  it('binance, 250 hours of 2026 (re-keyed by whoever recorded them, put back into rows here)', async () => {
    type Bar = Record<'open' | 'high' | 'low' | 'close' | 'volume', string> &
      Record<'openTimeMs' | 'closeTimeMs', number>
    const { candles } = recorded('binance/klines_BTCUSDT_1h_250_normalised.json') as { candles: Bar[] }
    const body = candles.map((c) => [
      c.openTimeMs,
      c.open,
      c.high,
      c.low,
      c.close,
      c.volume,
      c.closeTimeMs,
      '0',
      0,
      '0',
      '0',
      '0',
    ])
    const asked = { feed: 'candles', interval: '1h', limit: 250, body } as const
    expect(ends(await read(binance, { ...asked, now: 1779364800000 }))).toEqual({
      id: 'binance:BTCUSDT:1h',
      intervalMs: 3_600_000,
      length: 250,
      first: {
        openAt: 1778464800000,
        open: 81501.73,
        high: 81572.4,
        low: 81117.64,
        close: 81169.08,
        volume: 491.97068,
      },
      last: { openAt: 1779361200000, open: 77198.09, high: 77372, low: 77147.15, close: 77254.99, volume: 311.04453 },
    })
    const early = ends(await read(binance, { ...asked, now: 1779364799000 }))
    expect([early.length, early.last.openAt, early.last.volume]).toEqual([249, 1779357600000, 783.43483])
  })

  it('binance, the last price', async () => {
    const body = recorded('binance/ticker_price_BTCUSDT.json') as Record<string, string>
    const now = Date.parse('2021-10-22T23:12:05Z')
    const at = '2021-10-22T23:12:05.000Z'
    expect(await read(binance, { feed: 'price', now, body })).toEqual({
      source: 'binance',
      pair: 'BTCUSDT',
      price: '60740',
      observedAt: at,
      fetchedAt: at,
    })
    expect(mishap(await read(binance, { feed: 'price', now, body: { ...body, symbol: 'USDTBTC' } }))).toBe('drift')
  })

  it('binance, a symbol it does not list', async () => {
    const body = recorded('binance/error_invalid_symbol.json')
    for (const feed of ['candles', 'price'] as const) {
      expect(await read(binance, { feed, symbol: 'NOPE', now: 1779364800000, body, status: 400 })).toMatchObject({
        code: 'notFound',
      })
    }
  })

  describe('coinbase, a week of hours of 2020', () => {
    const rows = () => recorded('coinbase_exchange/products_BTC-USD_candles_3600.json') as number[][]
    const asked = { feed: 'candles', interval: '1h', limit: 169 } as const
    const first = {
      openAt: 1583712000000,
      open: 8024.86,
      high: 8131.69,
      low: 8024.84,
      close: 8084.11,
      volume: 2066.57492273,
    }

    it('are 168 closed candles while the newest is open, and 169 after it', async () => {
      expect(ends(await read(coinbase, { ...asked, now: 1584318600000, body: rows() }))).toEqual({
        id: 'coinbase:BTC-USD:1h',
        intervalMs: 3_600_000,
        length: 168,
        first,
        last: {
          openAt: 1584313200000,
          open: 5356.47,
          high: 5388.43,
          low: 5346.03,
          close: 5346.03,
          volume: 3242.80736452,
        },
      })
      const later = ends(await read(coinbase, { ...asked, now: 1584320400000, body: rows() }))
      expect([later.length, later.first, later.last]).toEqual([
        169,
        first,
        { openAt: 1584316800000, open: 5346.03, high: 5346.05, low: 5236.01, close: 5245.17, volume: 3728.67857634 },
      ])
    })

    it('are 42 closed candles of four hours', async () => {
      const {
        id,
        length,
        first: four,
      } = ends(await read(coinbase, { ...asked, interval: '4h', limit: 42, now: 1584318600000, body: rows() }))
      expect([id, length, four.openAt, four.open]).toEqual(['coinbase:BTC-USD:4h', 42, 1583712000000, 8024.86])
    })

    it('are refused in milliseconds, oldest first, or as open, high, low, close', async () => {
      const now = 1584320400000
      const bodies = [
        rows().map((row) => row.with(0, row[0]! * 1_000)),
        rows().toReversed(),
        rows().map(([t, low, high, open, close, v]) => [t, open, high, low, close, v]),
      ]
      for (const body of bodies) expect(mishap(await read(coinbase, { ...asked, now, body }))).toBe('drift')
    })
  })

  it('coinbase, five hours of minutes', async () => {
    const body = recorded('coinbase_exchange/products_BTC-USD_candles_60_page1.json')
    const candles = await read(coinbase, { feed: 'candles', interval: '1m', limit: 300, now: 1584680400000, body })
    expect(ends(candles)).toEqual({
      id: 'coinbase:BTC-USD:1m',
      intervalMs: 60_000,
      length: 300,
      first: { openAt: 1584662400000, open: 6177.01, high: 6177.01, low: 6176.99, close: 6177.01, volume: 86.48116268 },
      last: { openAt: 1584680340000, open: 6221.99, high: 6222.01, low: 6221.99, close: 6222.01, volume: 39.81861594 },
    })
    expect((candles as Candles).volume.reduce((sum, v) => sum + v, 0)).toBeCloseTo(44797.08379246003, 6)
  })

  it('coinbase, the last price', async () => {
    const body = recorded('coinbase_exchange/products_BTC-USD_ticker.json')
    expect(await read(coinbase, { feed: 'price', now: Date.parse('2024-03-13T11:10:43Z'), body })).toEqual({
      source: 'coinbase',
      pair: 'BTC-USD',
      price: '73367.8',
      observedAt: '2024-03-13T11:10:41.270Z',
      fetchedAt: '2024-03-13T11:10:43.000Z',
    })
  })

  it('coinbase, too many', async () => {
    const body = recorded('coinbase_exchange/error_429_public_rate_limit.json')
    expect(mishap(await read(coinbase, { feed: 'candles', now: 1584680400000, body, status: 429 }))).toBe('throttled')
  })

  describe('kraken, minutes of 2025 with fillers', () => {
    type Ohlc = { error: string[]; result: Record<string, unknown> & { last: number; XBTUSDT: unknown[][] } }
    const ohlc = () => recorded('kraken/public_OHLC.json') as Ohlc
    const now = 1762820224000
    const asked = { feed: 'candles', interval: '1m', limit: 720 } as const

    it('are 49 closed candles and never the fiftieth, which was open', async () => {
      const expected = {
        id: 'kraken:XBTUSDT:1m',
        intervalMs: 60_000,
        length: 49,
        first: { openAt: 1762777020000, open: 106038.2, high: 106038.2, low: 106038.2, close: 106038.2, volume: 0 },
        last: { openAt: 1762820160000, open: 105899.4, high: 105899.4, low: 105899.4, close: 105899.4, volume: 0 },
      }
      for (const at of [now, now + 3_600_000])
        expect(ends(await read(kraken, { ...asked, now: at, body: ohlc() }))).toEqual(expected)
    })

    it('keep the 22 closed minutes without a trade, marked by their volume', async () => {
      const { volume } = (await read(kraken, { ...asked, now, body: ohlc() })) as Candles
      expect(volume.filter((v) => v === 0)).toHaveLength(22)
    })

    it('are refused in milliseconds or as another pair', async () => {
      const { result } = ohlc()
      const inMs = {
        XBTUSDT: result.XBTUSDT.map((row) => row.with(0, Number(row[0]) * 1_000)),
        last: result.last * 1_000,
      }
      const turned = { USDTXBT: result.XBTUSDT, last: result.last }
      for (const body of [inMs, turned]) {
        expect(mishap(await read(kraken, { ...asked, now, body: { error: [], result: body } }))).toBe('drift')
      }
    })
  })

  it('kraken, last prices, of one pair and of one among many', async () => {
    const one = recorded('kraken/public_Ticker_XXBTZUSD.json')
    const at = Date.parse('2025-11-11T00:17:04Z')
    expect(await read(kraken, { feed: 'price', now: at, body: one })).toMatchObject({
      pair: 'XBTUSDT',
      price: '105899.4',
      observedAt: '2025-11-11T00:17:04.000Z',
    })
    const many = recorded('kraken/public_Ticker_assetVersion1.json')
    const now = Date.parse('2026-06-24T15:44:02Z')
    const expected = {
      BTC: ['XBTUSD', '60520'],
      ETH: ['ETHUSD', '1624.64'],
      DOGE: ['XDGUSD', '0.0748265'],
      PEPE: ['PEPEUSD', '0.000002529'],
    }
    for (const [symbol, [pair, price]] of Object.entries(expected)) {
      expect(await read(kraken, { feed: 'price', symbol, now, body: many })).toMatchObject({
        pair,
        price,
        observedAt: '2026-06-24T15:44:02.000Z',
      })
    }
    expect(mishap(await read(kraken, { feed: 'price', symbol: 'LINK', now, body: many }))).toBe('drift')
  })

  describe('okx, two minutes of 2025', () => {
    type Rows = { code: string; msg: string; data: string[][] }
    const rows = () => recorded('okx/v5_market_candles.json') as Rows
    const asked = { feed: 'candles', interval: '1m', limit: 100, now: 1747094160000 } as const

    it('are two closed candles, oldest first', async () => {
      expect(ends(await read(okx, { ...asked, body: rows() }))).toEqual({
        id: 'okx:BTC-USDT:1m',
        intervalMs: 60_000,
        length: 2,
        first: { openAt: 1747093980000, open: 102806, high: 102820.5, low: 102783.1, close: 102806.1, volume: 7164.04 },
        last: {
          openAt: 1747094040000,
          open: 102806.1,
          high: 102820.4,
          low: 102806.1,
          close: 102820.4,
          volume: 1040.37,
        },
      })
    })

    it('are one when the newest says that it is open, however late it is', async () => {
      const { data } = rows()
      const body = { ...rows(), data: [data[0]!.with(8, '0'), data[1]!] }
      expect(ends(await read(okx, { ...asked, body }))).toMatchObject({ length: 1, last: { openAt: 1747093980000 } })
    })

    it('are refused in seconds', async () => {
      const body = { ...rows(), data: rows().data.map((row) => row.with(0, String(Number(row[0]) / 1_000))) }
      expect(mishap(await read(okx, { ...asked, body }))).toBe('drift')
    })
  })

  describe('coingecko', () => {
    const now = Date.parse('2026-05-18T12:50:00Z')
    const names = {
      asset_platforms: 'oas_asset_platforms',
      list: 'oas_coins_list',
      markets: 'oas_coins_markets',
    } as const
    const answers = (list: unknown) => (url: URL) => {
      const name = url.pathname.split('/').at(-1) as keyof typeof names
      return name === 'list' ? list : recorded(`coingecko/${names[name]}.json`)
    }
    const bitcoin = {
      id: 'bitcoin:native',
      chain: 'bitcoin',
      address: 'native',
      symbol: 'BTC',
      name: 'Bitcoin',
      catalogueId: 'bitcoin',
      marketCapRank: 1,
      marketCapUsd: 1555886872303,
      priceUsd: '77671',
    }

    it('the catalogue is bitcoin, in the manual’s own examples', async () => {
      const bodies = answers(recorded('coingecko/oas_coins_list.json'))
      expect(await read(coingecko, { feed: 'catalogue', now, bodies })).toEqual([bitcoin])
    })

    it('a contract is at home on the chain the list names first', async () => {
      const list = recorded('coingecko/oas_coins_list.json') as { id: string; symbol: string; name: string }[]
      const [market] = recorded('coingecko/oas_coins_markets.json') as object[]
      const bodies = (url: URL) =>
        url.pathname.endsWith('markets')
          ? list.map((coin, i) => ({ ...market, ...coin, market_cap_rank: i + 2 }))
          : answers(list)(url)
      expect(
        ((await read(coingecko, { feed: 'catalogue', now, bodies })) as Token[]).map(({ id, symbol }) => [id, symbol]),
      ).toEqual([
        ['solana:6p6xgHyF7AeE6TZkSmFsko444wqoP15icUSqi2jfGiPN', 'TRUMP'],
        ['ethereum:0xfaba6f8e4a5e8ab82f62fe7c39859fa577269be3', 'ONDO'],
      ])
    })

    it('a list without contracts still gives native coins', async () => {
      const list = recorded('coingecko/coins_list.json') as object[]
      expect(list).toHaveLength(262)
      expect(await read(coingecko, { feed: 'catalogue', now, bodies: answers(list) })).toEqual([bitcoin])
    })

    it('its errors are read from each envelope', async () => {
      const tooMany = recorded('coingecko/error_429.json')
      expect(mishap(await read(coingecko, { feed: 'catalogue', now, body: tooMany, status: 429 }))).toBe('throttled')
      const range = recorded('coingecko/error_401_time_range.json')
      const refused = await read(coingecko, { feed: 'catalogue', now, body: range, status: 401 })
      expect((refused as Error).message).toBe('coingecko refused the request (HTTP 401, code 10012)')
    })
  })

  describe('messages of lines', () => {
    /** What a new line says of a message that is here a moment after it was said. */
    function heard(source: Source, symbols: string[], at: string, message: unknown) {
      const talk = source.streams!.candles!.talk()
      talk.ask(symbols)
      return { talk, events: talk.hear(JSON.stringify(message), { fetchedAt: Date.parse(at) }) }
    }
    const at = '2022-12-31T19:43:02.200Z'

    it('binance: its control messages are understood', () => {
      const control = recorded('binance/ws_control_messages.json') as Record<string, unknown>
      const told = (message: unknown) => heard(binance, ['BTC'], '2026-02-03T12:00:00Z', message).events
      for (const name of ['serverShutdown_raw', 'serverShutdown_combined']) {
        expect(told(control[name])).toEqual([{ told: 'goodbye' }])
      }
      expect([...told(control['subscribe_response']), ...told(control['list_response'])]).toEqual([])
      const errors = control['error_examples'] as unknown[]
      expect(errors.flatMap(told)).toEqual([
        { told: 'drift', issue: 'refuses what we asked (code 2)' },
        { told: 'drift', issue: 'refuses what we asked (code 3)' },
      ])
    })

    it("binance: the manual's own candle is refused, for its low lies above its open", () => {
      const text = JSON.stringify(recorded('binance/ws_kline.json')).replaceAll('BNBBTC', 'BNBUSDT')
      const data = JSON.parse(text) as { k: { l: string } }
      const message = { stream: 'bnbusdt@kline_1m', data }
      expect(heard(binance, ['BNB'], at, message).events).toEqual([
        { told: 'drift', issue: 'row 1: low 0.0015 is above open or close' },
      ])
      data.k.l = '0.0010'
      const { talk, events } = heard(binance, ['BNB'], at, message)
      expect(events).toEqual([{ told: 'time', at: 1672515782136 }])
      expect(talk.since('BNB')).toBe(1672515780000)
      expect(heard(binance, ['BTC'], at, message).events).toEqual([
        { told: 'drift', issue: 'tells of a symbol that was not asked for' },
      ])
    })

    it('binance: the ticker of another symbol is no pulse of ours', () => {
      const data = recorded('binance/ws_miniTicker.json')
      expect(heard(binance, ['BTC'], at, { stream: 'bnbbtc@miniTicker', data }).events[0]?.told).toBe('drift')
    })

    it('coinbase: trades, heartbeats and subscriptions are understood', () => {
      const now = '2026-04-07T14:30:11Z'
      const subscribed = heard(coinbase, ['BTC', 'ETH'], now, recorded('coinbase_advanced/ws_subscriptions.json'))
      expect(subscribed.events).toEqual([])
      expect(['BTC', 'ETH', 'SOL'].map((symbol) => subscribed.talk.since(symbol))).toEqual([
        Date.parse('2026-04-07T14:31:00Z'),
        Date.parse('2026-04-07T14:31:00Z'),
        null,
      ])
      expect(heard(coinbase, ['BTC'], now, recorded('coinbase_advanced/ws_heartbeats.json')).events).toEqual([
        { told: 'time', at: Date.parse('2026-04-07T14:30:10Z') },
      ])
      const trades = recorded('coinbase_advanced/ws_market_trades.json')
      expect(heard(coinbase, ['BTC'], now, trades).events).toEqual([])
      expect(heard(coinbase, ['ETH'], now, trades).events).toEqual([
        { told: 'drift', issue: 'tells of a symbol that was not asked for' },
      ])
    })

    it('coinbase: other channels are not taken for ours', () => {
      for (const file of ['ws_candles.json', 'ws_ticker.json', 'ws_l2_data_update.json']) {
        const { events } = heard(coinbase, ['BTC'], '2026-04-07T14:31:00Z', recorded(`coinbase_advanced/${file}`))
        expect(events.map(({ told }) => told)).toEqual(['drift'])
      }
    })
  })
})
