import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { barAt, isFailure, Token, type Candles, type Observation } from '@pumpiq/domain'
import { afterAll, describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import { mishapOf } from '../network/mishap.ts'
import { silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { callFeed, createLeapingClock } from '../testing/test-source.ts'
import { askWatch } from '../testing/test-watch.ts'
import { binanceFutures } from './binance-futures.ts'
import { bybit } from './bybit.ts'
import { deribit } from './deribit.ts'
import { hyperliquid } from './hyperliquid.ts'
import { krakenFutures } from './kraken-futures.ts'
import { okx } from './okx.ts'
import type { Source } from './source.ts'

// Literals were computed from the recorded answers with another program; nothing here was printed by a connector.

const folder = process.env['EVALUATION_DIR']
const files = new Set<string>()

function recorded(file: string): unknown {
  files.add(file)
  return JSON.parse(readFileSync(join(folder!, 'fixtures', file), 'utf8'))
}

const tokenOf = (symbol: string, id = `${symbol.toLowerCase()}-chain:native`): Token =>
  Token.parse({
    id,
    chain: 'any',
    address: 'native',
    symbol,
    name: symbol,
    catalogueId: null,
    marketCapRank: 1,
    marketCapUsd: null,
    priceUsd: null,
  })
const bitcoin = tokenOf('BTC', 'bitcoin:native')

type Asked = { watch?: string; token?: Token; now: string; bodies: Readonly<Record<string, unknown>> }

/** What a watch makes of recorded answers by the last part of the path: name, value, instant. */
async function read(source: Source, { watch = 'perpetual', token = bitcoin, now, bodies }: Asked) {
  const at = Date.parse(now)
  const said = await askWatch(
    source,
    { watch, token, now: at, answer: () => null },
    {
      fetch: async ({ url }) =>
        Response.json(bodies[new URL(url).pathname.split('/').at(-1)!] ?? null, {
          headers: { date: new Date(at).toUTCString() },
        }),
    },
  )
  return said.map((one: Observation) => (one.what === 'figure' ? [one.name, one.value, one.observedAt] : [one.what]))
}
const near = (value: number) => expect.closeTo(value, 12) as number
const dollars = (value: number) => expect.closeTo(value, 3) as number

describe.skipIf(!folder)('recorded answers of derivatives (needs EVALUATION_DIR)', () => {
  afterAll(() => {
    process.stdout.write(`read ${files.size} recorded answers: ${[...files].toSorted().join(', ')}\n`)
  })

  it('binance: premium, open interest, the list of intervals', async () => {
    const bodies = {
      premiumIndex: recorded('binance_futures/fapi_premiumIndex_BTCUSDT.json'),
      fundingInfo: recorded('binance_futures/fapi_fundingInfo_recorded.json'),
      openInterest: recorded('binance_futures/fapi_openInterest_BTCUSDT.json'),
    }
    expect(await read(binanceFutures, { now: '2020-08-14T02:01:36Z', bodies })).toEqual([
      ['fundingRatio8h', near(0.00038246), '2020-08-14T02:01:35.002Z'],
      ['basisRatio', near(0.001003758419058152), '2020-08-14T02:01:35.002Z'],
      ['openInterestUsd', dollars(125714316.27346581), '2020-05-14T06:25:30.011Z'],
    ])
  })

  it('binance: a symbol in the list of intervals has its own', async () => {
    const premium = recorded('binance_futures/fapi_premiumIndex_BTCUSDT.json') as object
    const interest = recorded('binance_futures/fapi_openInterest_BTCUSDT.json') as object
    const bodies = {
      premiumIndex: { ...premium, symbol: 'BLZUSDT' },
      fundingInfo: recorded('binance_futures/fapi_fundingInfo_recorded.json'),
      openInterest: { ...interest, symbol: 'BLZUSDT' },
    }
    const [funding] = await read(binanceFutures, { token: tokenOf('BLZ'), now: '2020-08-14T02:01:36Z', bodies })
    expect(funding).toEqual(['fundingRatio8h', near(0.00076492), '2020-08-14T02:01:35.002Z'])
  })

  it('binance: instants of statistics are texts in the manual and numbers on the wire', async () => {
    const bodies = {
      premiumIndex: recorded('binance_futures/fapi_premiumIndex_BTCUSDT.json'),
      openInterestHist: recorded('binance_futures/futures_data_openInterestHist_recorded_2022.json'),
      globalLongShortAccountRatio: recorded(
        'binance_futures/futures_data_globalLongShortAccountRatio_recorded_2024.json',
      ),
      takerlongshortRatio: recorded('binance_futures/futures_data_takerlongshortRatio.json'),
    }
    expect(await read(binanceFutures, { watch: 'positions', now: '2024-09-20T00:00:01Z', bodies })).toEqual([
      ['longShortRatio', 0.8376, '2024-09-20T00:00:00.000Z'],
      ['takerBuySellRatio', 1.3104, '2020-03-02T09:05:00.000Z'],
    ])
  })

  it('binance: a restricted region is a refusal', async () => {
    const body = recorded('binance_futures/error_451_restricted_location.json')
    const sample = { watch: 'perpetual', token: bitcoin, now: Date.parse('2026-01-01T00:00:00Z'), answer: () => null }
    const fetch = async () => Response.json(body, { status: 451 })
    const thrown = await askWatch(binanceFutures, sample, { fetch }).catch((reason: unknown) => reason)
    expect(isFailure(thrown) && [mishapOf(thrown), thrown.message]).toEqual([
      'refused',
      'binance-futures does not serve our region',
    ])
  })

  type List = { result: { symbol?: string; list: Record<string, unknown>[] } }

  it('bybit: a ticker, of which only its line was kept, the ratio of accounts, and open interest of both sides', async () => {
    const { data, ts } = recorded('bybit/ws_tickers_linear_docs_sample.json') as { data: object; ts: number }
    const interest = recorded('bybit/v5_market_open-interest_docs_sample.json') as List
    interest.result.symbol = 'BTCUSDT'
    const bodies = {
      tickers: { retCode: 0, result: { category: 'linear', list: [data] }, time: ts },
      'account-ratio': recorded('bybit/v5_market_account-ratio_2024-10.json'),
      'open-interest': interest,
    }
    expect(await read(bybit, { now: '2026-06-09T00:00:01Z', bodies })).toEqual([
      ['fundingRatio8h', near(-0.000212), '2023-01-09T14:01:01.686Z'],
      ['basisRatio', near(-0.0005822134093673572), '2023-01-09T14:01:01.686Z'],
      ['openInterestUsd', dollars(591800617.9540651), '2023-01-09T14:01:01.686Z'],
      ['longShortRatio', near(1.3293733985557885), '2024-10-17T00:00:00.000Z'],
      ['openInterestChange24hRatio', 0, '2026-06-09T00:00:00.000Z'],
    ])
  })

  it('bybit: the inverse contract of the manual’s ticker is not the one we ask for', async () => {
    const bodies = { tickers: recorded('bybit/v5_market_tickers_inverse_docs_sample.json') }
    await expect(read(bybit, { now: '2025-10-13T10:46:10Z', bodies })).rejects.toThrow('of another symbol')
  })

  it('bybit: candles of an inverse contract, dollars and coins in each other’s place, are refused; turned round they are read', async () => {
    type Rows = { result: { list: string[][] } }
    const { result } = recorded('bybit/v5_market_kline_docs_sample.json') as Rows
    const asking = (list: string[][]) => {
      const ask = createAsk({
        fetch: async () =>
          Response.json(
            { retCode: 0, result: { category: 'spot', symbol: 'BTCUSDT', list } },
            { headers: { date: new Date('2022-12-09T18:30:00Z').toUTCString() } },
          ),
        clock: createLeapingClock(Date.parse('2022-12-09T18:30:00Z')),
        random: seededRandom(1),
        log: silentLog,
      })
      const now = Date.parse('2022-12-09T18:30:00Z')
      return callFeed(bybit, { feed: 'candles', interval: '1h', now, answer: () => null }, ask.from(bybit))
    }
    await expect(asking(result.list)).rejects.toThrow('have changed places')
    const candles = (await asking(result.list.map((row) => row.with(5, row[6]!).with(6, row[5]!)))) as Candles
    expect([candles.id, candles.length, barAt(candles, 0), barAt(candles, 1)]).toEqual([
      'bybit:BTCUSDT:1h',
      2,
      { openAt: 1670601600000, open: 17086.5, high: 17088, low: 16978, close: 17071.5, volume: 0.37288112 },
      { openAt: 1670605200000, open: 17071.5, high: 17071.5, low: 17061, close: 17071, volume: 0.24469757 },
    ])
  })

  it('okx: funding of eight hours, open interest in coins where the answer is older than its dollars', async () => {
    const bodies = {
      'index-tickers': recorded('okx/v5_market_index-tickers.json'),
      'mark-price': recorded('okx/v5_public_mark-price.json'),
      'funding-rate': recorded('okx/v5_public_funding-rate_2026-08-01.json'),
      'open-interest': recorded('okx/v5_public_open-interest_2022.json'),
      'long-short-account-ratio-contract': { code: '0', msg: '', data: [] },
    }
    expect(await read(okx, { now: '2026-08-01T01:36:08Z', bodies })).toEqual([
      ['fundingRatio8h', near(0.0000616430459607), '2026-08-01T01:36:07.559Z'],
      // The mark of April against the index of May 2025.
      ['basisRatio', near(-0.18513787958997058), '2026-08-01T01:36:07.559Z'],
      ['openInterestUsd', dollars(1799381850.819), '2022-09-24T07:38:28.969Z'],
    ])
  })

  it('okx: funding of four hours counts twice', async () => {
    type Row = Record<string, string>
    const rows = recorded('okx/v5_public_funding-rate_rows_2026-09-19.json') as Row[]
    const renamed = (file: string, instId: string) => {
      const { data, ...more } = recorded(file) as { data: Row[] }
      return { ...more, data: data.map((row) => ({ ...row, instId })) }
    }
    for (const row of rows) {
      const [symbol] = row['instId']!.split('-')
      const bodies = {
        'index-tickers': renamed('okx/v5_market_index-tickers.json', `${symbol}-USDT`),
        'mark-price': renamed('okx/v5_public_mark-price.json', `${symbol}-USDT-SWAP`),
        'funding-rate': { code: '0', msg: '', data: [row] },
        'open-interest': renamed('okx/v5_public_open-interest_2022.json', `${symbol}-USDT-SWAP`),
        'long-short-account-ratio-contract': { code: '0', msg: '', data: [] },
      }
      const [funding] = await read(okx, { token: tokenOf(symbol!), now: '2026-09-19T13:24:06Z', bodies })
      expect(funding!.slice(0, 2)).toEqual(['fundingRatio8h', near(0.0001)])
    }
    expect(rows).toHaveLength(2)
  })

  it('deribit: two tickers, and the index of volatility', async () => {
    const volatility = { result: recorded('deribit/get_volatility_index_data_result_43200.json') }
    const bodies = {
      ticker: { jsonrpc: '2.0', result: recorded('deribit/ticker_BTC-PERPETUAL_result.json') },
      get_volatility_index_data: volatility,
    }
    expect(await read(deribit, { now: '2026-09-20T21:17:18Z', bodies })).toEqual([
      ['fundingRatio8h', near(0.00001583), '2026-09-20T21:17:17.426Z'],
      ['basisRatio', near(0.00019649941489440945), '2026-09-20T21:17:17.426Z'],
      ['openInterestUsd', 787799210, '2026-09-20T21:17:17.426Z'],
      ['impliedVolatilityRatio', near(0.3547), '2026-09-20T12:00:00.000Z'],
    ])
    const line = recorded('deribit/ws_ticker_BTC-PERPETUAL.json') as { params: { data: unknown } }
    const older = {
      ticker: { jsonrpc: '2.0', result: line.params.data },
      get_volatility_index_data: { result: { data: [] } },
    }
    expect(await read(deribit, { now: '2025-12-12T12:11:15Z', bodies: older })).toEqual([
      ['fundingRatio8h', near(0.00001742), '2025-12-12T12:11:14.086Z'],
      ['basisRatio', near(0.00019758615401202235), '2025-12-12T12:11:14.086Z'],
      ['openInterestUsd', 1132329370, '2025-12-12T12:11:14.086Z'],
    ])
  })

  it('hyperliquid: three contexts, whose names come in another message', async () => {
    type Line = { data: { ctxs: [string, unknown[]][] } }
    const [[, contexts]] = (recorded('hyperliquid/ws_allDexsAssetCtxs_trimmed.json') as Line).data.ctxs as [
      [string, unknown[]],
    ]
    const bodies = { info: [{ universe: [{ name: 'BTC' }, { name: 'ETH' }, { name: 'ATOM' }] }, contexts] }
    const at = '2026-05-20T12:00:00.000Z'
    const expected: [string, number, number, number][] = [
      ['BTC', -0.0000121488, -0.0005540880097931834, 2121567100.51284],
      ['ETH', 0.0001, -0.00042360914995768194, 1286584724.6424596],
      ['ATOM', 0.0001, -0.001405481377371803, 3166381.27596],
    ]
    for (const [symbol, funding, basis, interest] of expected)
      expect(await read(hyperliquid, { token: tokenOf(symbol), now: at, bodies })).toEqual([
        ['fundingRatio8h', near(funding), at],
        ['basisRatio', near(basis), at],
        ['openInterestUsd', dollars(interest), at],
      ])
  })

  it('kraken: funding told in dollars a coin; an inverse contract is another symbol', async () => {
    const ticker = recorded('kraken_futures/v3_tickers_PF_ENJUSD_object.json')
    const serverTime = '2025-10-22T11:02:26.000Z'
    const bodies = { PF_ENJUSD: { result: 'success', serverTime, ticker } }
    expect(await read(krakenFutures, { token: tokenOf('ENJ'), now: serverTime, bodies })).toEqual([
      ['fundingRatio8h', near(-0.00013943128425198157), serverTime],
      ['basisRatio', near(0.00020741628448300481), serverTime],
      ['openInterestUsd', dollars(3147.0642), serverTime],
    ])
    type Tickers = { serverTime: string; tickers: unknown[] }
    const inverse = recorded('kraken_futures/v3_tickers_PI_XBTUSD.json') as Tickers
    const asked = {
      now: inverse.serverTime,
      bodies: { PF_XBTUSD: { ...inverse, ticker: inverse.tickers[0] } },
    }
    await expect(read(krakenFutures, asked)).rejects.toThrow('of another symbol')
  })
})
