import { days, fromIso, hours, minutes } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createAsker } from './asker.ts'

const now = fromIso('2026-11-22T12:44:30.000Z')
const { market, hear, json } = createAsker({ seed: 7, now })
const signed = z.string().regex(/^-?\d+\.\d+$/)
const decimal = z.string().regex(/^\d+\.\d+$/)

describe('binance-futures', () => {
  const host = 'https://fapi.binance.com'
  const Premium = z.strictObject({
    symbol: z.string(),
    markPrice: decimal,
    indexPrice: decimal,
    estimatedSettlePrice: decimal,
    lastFundingRate: signed,
    interestRate: decimal,
    nextFundingTime: z.int(),
    time: z.int(),
  })
  const premium = async (symbol: string, at = now) =>
    Premium.parse(await json(`${host}/fapi/v1/premiumIndex?symbol=${symbol}`, { now: at }))
  const Interests = z.array(
    z.strictObject({
      symbol: z.string(),
      sumOpenInterest: decimal,
      sumOpenInterestValue: decimal,
      CMCCirculatingSupply: decimal,
      timestamp: z.int(),
    }),
  )

  it('marks a perpetual near the price of its venue, and counts small coins by the thousand', async () => {
    const { price } = z
      .object({ price: z.string() })
      .parse(await json('https://api.binance.com/api/v3/ticker/price?symbol=BTCUSDT'))
    const { markPrice, indexPrice, nextFundingTime, time } = await premium('BTCUSDT')
    expect(Math.abs(Number(markPrice) / Number(price) - 1)).toBeLessThan(0.003)
    expect(markPrice).not.toBe(indexPrice)
    expect([time, nextFundingTime]).toEqual([now, fromIso('2026-11-22T16:00:00.000Z')])
    expect(Number((await premium('1000PEPEUSDT')).indexPrice)).toBeGreaterThan(0.0005)
    const all = z.array(Premium).parse(await json(`${host}/fapi/v1/premiumIndex`))
    expect(all.length).toBeGreaterThan(20)
    expect(all.map(({ symbol }) => symbol)).not.toContain('USDCUSDT')
  })

  it('pays about a basis point, more after a rise than after a fall', async () => {
    const hour = (back: number) => now - hours(back)
    const instants = Array.from({ length: 400 }, (_, i) => hour(6 * i))
    const solana = market.listing(
      'composite',
      market.tokens.find(({ key }) => key === 'solana')!,
    )!
    const told = await Promise.all(
      instants.map(async (at) => {
        const { open, close } = market.day(solana, at)!
        return { rate: Number((await premium('SOLUSDT', at)).lastFundingRate), up: close > open }
      }),
    )
    const mean = (up: boolean) => {
      const rates = told.filter((one) => one.up === up).map(({ rate }) => rate)
      return rates.reduce((sum, rate) => sum + rate, 0) / rates.length
    }
    expect(mean(true)).toBeGreaterThan(mean(false) + 5e-5)
    expect(told.every(({ rate }) => Math.abs(rate) < 0.001)).toBe(true)
  })

  it('tells statistics by whole periods, oldest first, the last of them over', async () => {
    const hist = async (at: number) =>
      Interests.parse(
        await json(`${host}/futures/data/openInterestHist?symbol=ETHUSDT&period=1h&limit=25`, { now: at }),
      )
    const rows = await hist(now)
    const last = fromIso('2026-11-22T12:00:00.000Z')
    expect(rows.map(({ timestamp }) => timestamp)).toEqual(Array.from({ length: 25 }, (_, i) => last - hours(24 - i)))
    expect((await hist(now + hours(1))).slice(0, 24)).toEqual(rows.slice(1))
    const month = await json(`${host}/futures/data/openInterestHist?symbol=ETHUSDT&period=1d&limit=500`)
    expect(Interests.parse(month).length).toBe(30)
  })

  it('tells open interest, accounts and takers', async () => {
    const interest = await json(`${host}/fapi/v1/openInterest?symbol=BTCUSDT`)
    expect(interest).toEqual({ openInterest: expect.stringMatching(/^\d+\.\d{3}$/), symbol: 'BTCUSDT', time: now })
    const query = 'symbol=BTCUSDT&period=5m&limit=1'
    const [accounts] = z
      .array(z.record(z.string(), z.union([z.string(), z.int()])))
      .parse(await json(`${host}/futures/data/globalLongShortAccountRatio?${query}`))
    expect(Number(accounts!['longAccount']) + Number(accounts!['shortAccount'])).toBeCloseTo(1, 3)
    expect(accounts!['timestamp']).toBe(now - (now % minutes(5)))
    const takers = await json(`${host}/futures/data/takerlongshortRatio?${query}`)
    expect(takers).toEqual([
      {
        buySellRatio: expect.any(String),
        sellVol: expect.any(String),
        buyVol: expect.any(String),
        timestamp: now - (now % minutes(5)),
      },
    ])
    expect(await json(`${host}/fapi/v1/fundingInfo`)).toEqual([])
  })

  it.each([
    ['fapi/v1/premiumIndex?symbol=PEPEUSDT', 400, -1121],
    ['fapi/v1/openInterest', 400, -1102],
    ['fapi/v1/openInterest?symbol=FSTARUSDT', 400, -1121],
    ['futures/data/openInterestHist?symbol=BTCUSDT&period=7m', 400, -1130],
    ['futures/data/openInterestHist?symbol=BTCUSDT&period=1h&limit=501', 400, -1130],
    ['fapi/v1/nothing', 404, -5000],
  ])('refuses %s with %i', async (path, status, code) => {
    const answer = await hear(`${host}/${path}`)
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([status, { code }])
  })
})

describe('perpetuals at OKX', () => {
  const host = 'https://www.okx.com/api/v5'
  const Rows = z.object({ code: z.literal('0'), data: z.array(z.record(z.string(), z.string())) })
  const row = async (path: string, at = now) => Rows.parse(await json(`${host}/${path}`, { now: at })).data[0]!

  it('have an index, a mark, funding of eight hours and open contracts, all in texts', async () => {
    const index = await row('market/index-tickers?instId=BTC-USDT')
    const mark = await row('public/mark-price?instType=SWAP&instId=BTC-USDT-SWAP')
    expect(Math.abs(Number(mark['markPx']) / Number(index['idxPx']) - 1)).toBeLessThan(0.002)
    const funding = await row('public/funding-rate?instId=BTC-USDT-SWAP')
    expect(Number(funding['fundingTime'])).toBe(fromIso('2026-11-22T16:00:00.000Z'))
    expect(Number(funding['nextFundingTime']) - Number(funding['fundingTime'])).toBe(hours(8))
    const interest = await row('public/open-interest?instType=SWAP&instId=BTC-USDT-SWAP')
    expect(Number(interest['oiUsd']) / Number(interest['oiCcy'])).toBeCloseTo(Number(index['idxPx']), 0)
    const all = Rows.parse(await json(`${host}/public/open-interest?instType=SWAP`))
    expect(all.data.length).toBeGreaterThan(20)
  })

  it('have ratios of accounts, newest first', async () => {
    const path = 'rubik/stat/contracts/long-short-account-ratio-contract?instId=ETH-USDT-SWAP&period=5m'
    const { data } = z.object({ data: z.array(z.tuple([z.string(), z.string()])) }).parse(await json(`${host}/${path}`))
    expect(data.slice(0, 2).map(([at]) => Number(at))).toEqual([now - 270_000, now - 570_000])
  })

  it.each(['public/funding-rate?instId=NOPE-USDT-SWAP', 'market/index-tickers?instId=USDC-USDT'])(
    'are not there under %s',
    async (path) => {
      expect(await json(`${host}/${path}`)).toMatchObject({ code: '51001' })
    },
  )
})

describe('perpetuals at Bybit', () => {
  const host = 'https://api.bybit.com/v5/market'
  const List = z.object({
    retCode: z.literal(0),
    result: z.object({ list: z.array(z.record(z.string(), z.string())) }),
  })
  const list = async (path: string) => List.parse(await json(`${host}/${path}`)).result.list

  it('count both sides of open contracts, and one', async () => {
    const [ticker] = await list('tickers?category=linear&symbol=BTCUSDT')
    expect(Number(ticker!['openInterest'])).toBeCloseTo(2 * Number(ticker!['singleOpenInterest']), 6)
    expect(Number(ticker!['markPrice']) / Number(ticker!['indexPrice'])).toBeCloseTo(1, 2)
    expect((await list('tickers?category=linear')).map(({ symbol }) => symbol)).toContain('1000PEPEUSDT')
  })

  it('have a history, newest first', async () => {
    const rows = await list('open-interest?category=linear&symbol=ETHUSDT&intervalTime=1h&limit=25')
    const last = fromIso('2026-11-22T12:00:00.000Z')
    expect(rows.map(({ timestamp }) => Number(timestamp))).toEqual(
      Array.from({ length: 25 }, (_, i) => last - hours(i)),
    )
    const [ratio] = await list('account-ratio?category=linear&symbol=ETHUSDT&period=5min&limit=1')
    expect(Number(ratio!['buyRatio']) + Number(ratio!['sellRatio'])).toBeCloseTo(1, 3)
  })

  it.each(['tickers?category=linear&symbol=PEPEUSDT', 'open-interest?category=linear&symbol=BTCUSDT&intervalTime=9h'])(
    'are not there under %s',
    async (path) => {
      expect(await json(`${host}/${path}`)).toMatchObject({ retCode: 10001 })
    },
  )
})

describe('defillama', () => {
  const host = 'https://api.llama.fi'
  const usd = z.number().positive()
  const Chains = z.array(z.looseObject({ gecko_id: z.string(), name: z.string(), tvl: usd }))
  const Total = z.looseObject({ total24h: usd, protocols: z.array(z.unknown()) })
  const chains = async (at = now) => Chains.parse(await json(`${host}/v2/chains`, { now: at }))
  const total = async (path: string) => Total.parse(await json(`${host}/overview/${path}`)).total24h

  it('tells what is locked on chains by the id of their coin, a part of what the coin is worth', async () => {
    const found = await chains()
    expect(found.map(({ gecko_id }) => gecko_id)).toEqual(expect.arrayContaining(['ethereum', 'solana', 'bitcoin']))
    const tokens = new Map(market.tokens.map((token) => [token.key, token]))
    for (const { gecko_id, tvl } of found) {
      const { supply, anchorUsd } = tokens.get(gecko_id)!
      expect(tvl).toBeLessThan(4 * supply.circulating! * anchorUsd)
    }
  })

  it('tells volume and fees of one chain, and of all as their sum', async () => {
    const names = (await chains()).map(({ name }) => name)
    for (const what of ['dexs', 'fees']) {
      const each = await Promise.all(names.map((name) => total(`${what}/${encodeURIComponent(name)}`)))
      expect(await total(what)).toBeCloseTo(
        each.reduce((sum, one) => sum + one, 0),
        -1,
      )
    }
    expect((await hear(`${host}/overview/dexs/Nowhere`)).status).toBe(404)
  })

  it('tells of protocols by contract what they hold, and how it changed as it was told the day before', async () => {
    const Protocols = z.array(
      z.looseObject({ address: z.string(), symbol: z.string(), tvl: usd, change_1d: z.number().nullable() }),
    )
    const protocols = async (at = now) => Protocols.parse(await json(`${host}/protocols`, { now: at }))
    const today = await protocols()
    const before = new Map((await protocols(now - days(1))).map((one) => [one.symbol, one.tvl]))
    expect(today.map(({ address }) => address)).toEqual(
      expect.arrayContaining([
        '0x7fc66500c84a76ad7e9c93437bfc5ac33e2ddae9',
        'bsc:0x5100000000000000000000000000000000000007',
      ]),
    )
    for (const { symbol, tvl, change_1d } of today) {
      expect(change_1d).toBeCloseTo(100 * (tvl / before.get(symbol)! - 1), 4)
    }
  })

  it('tells the dollars in circulation on its other host', async () => {
    const { peggedAssets } = z
      .object({
        peggedAssets: z.array(
          z.looseObject({ symbol: z.string(), price: z.number(), circulating: z.object({ peggedUSD: z.int() }) }),
        ),
      })
      .parse(await json('https://stablecoins.llama.fi/stablecoins?includePrices=true'))
    expect(peggedAssets.map(({ symbol }) => symbol)).toEqual(['USDT', 'USDC', 'HBUSD'])
    expect(peggedAssets[0]!.circulating.peggedUSD).toBeGreaterThan(1.5e11)
    for (const { price } of peggedAssets) expect(Math.abs(price - 1)).toBeLessThan(0.02)
  })

  it('says the same for five minutes', async () => {
    expect(await chains(now + minutes(0.4))).toEqual(await chains())
    expect(await chains(now + minutes(5))).not.toEqual(await chains())
  })
})
