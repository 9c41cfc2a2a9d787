import { days, fromIso, hours, minutes, seconds } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createManualClock } from '../../platform/manual-clock.ts'
import { createFaults } from '../faults.ts'
import { createMarket } from '../market.ts'
import { createSimulatedFetch } from '../network.ts'
import { createSimulatedSocket } from '../socket.ts'
import { binanceLine, coinbaseLine } from './manual-shapes.ts'

const market = createMarket({ seed: 7 })
const usualAt = fromIso('2026-11-22T12:44:30.000Z')
const binanceUrl = 'wss://data-stream.binance.vision/stream'
const coinbaseUrl = 'wss://advanced-trade-ws.coinbase.com'

/** A line, what it said so far, and a way to let things arrive. */
async function line(url: string, { at = usualAt }: { at?: number } = {}) {
  const clock = createManualClock(at)
  const faults = createFaults()
  const said: unknown[] = []
  const ends: string[] = []
  const { send, close } = await createSimulatedSocket({ market, clock, faults })(url, {
    onMessage: (text) => said.push(JSON.parse(text)),
    onClose: (why) => ends.push(why),
  })
  return {
    clock,
    said,
    ends,
    close,
    async ask(...messages: unknown[]) {
      for (const message of messages) send(typeof message === 'string' ? message : JSON.stringify(message))
      await clock.advance(0)
    },
    async rest(address: string): Promise<unknown> {
      const response = await createSimulatedFetch({ market, clock })(new Request(address))
      return response.json()
    },
  }
}
const subscribe = (...params: string[]) => ({ method: 'SUBSCRIBE', params, id: 1 })
const parsed = <S extends z.ZodType>(said: readonly unknown[], shape: S): z.output<S>[] =>
  said.flatMap((one) => {
    const read = shape.safeParse(one)
    return read.success ? [read.data] : []
  })

describe('lines of binance', () => {
  const combined = z.strictObject({ stream: z.string(), data: binanceLine.kline })

  it('answer what they are asked as the manual says', async () => {
    const { ask, said } = await line(binanceUrl)
    await ask(subscribe('btcusdt@kline_1m', 'nopeusdt@kline_1m'), { method: 'LIST_SUBSCRIPTIONS', id: 3 })
    await ask({ method: 'UNSUBSCRIBE', params: ['nopeusdt@kline_1m'], id: 4 }, { method: 'DANCE', id: 5 }, '{')
    expect(binanceLine.done.parse(said[0])).toEqual({ result: null, id: 1 })
    expect(binanceLine.list.parse(said[1]).result).toEqual(['btcusdt@kline_1m', 'nopeusdt@kline_1m'])
    expect(binanceLine.done.parse(said[2]).id).toBe(4)
    expect([binanceLine.error.parse(said[3]).code, binanceLine.error.parse(said[4]).code]).toEqual([2, 3])
  })

  it('tell the running candle every two seconds, and each closed one once, as asking tells it', async () => {
    const { ask, said, clock, rest } = await line(binanceUrl)
    await ask(subscribe('btcusdt@kline_1m', 'pepeusdt@kline_5m'))
    await clock.advance(minutes(10))
    const told = parsed(said, combined)
    expect(told).toHaveLength(said.length - 1)
    for (const [symbol, interval, stepMs] of [
      ['BTCUSDT', '1m', minutes(1)],
      ['PEPEUSDT', '5m', minutes(5)],
    ] as const) {
      const own = told.filter(({ data }) => data.s === symbol).map(({ data }) => data)
      const rows = (await rest(
        `https://data-api.binance.vision/api/v3/klines?symbol=${symbol}&interval=${interval}`,
      )) as unknown[][]
      const closed = own.filter(({ k }) => k.x)
      expect(closed).toHaveLength(Math.floor(minutes(10) / stepMs))
      for (const { E, k } of closed) {
        const row = rows.find(([openAt]) => openAt === k.t)!
        expect([k.t, k.o, k.h, k.l, k.c, k.v, k.T, k.q, k.n, k.V, k.Q]).toEqual(row.slice(0, 11))
        expect(E).toBeGreaterThan(k.T)
        expect(k.L - k.f + 1).toBe(k.n)
      }
      expect(own.filter(({ k }) => !k.x)).toHaveLength(minutes(10) / seconds(2))
    }
  })

  it('beat with the ticker of every second', async () => {
    const { ask, said, clock } = await line(binanceUrl)
    await ask(subscribe('btcusdt@miniTicker'))
    await clock.advance(seconds(30))
    expect(parsed(said, z.strictObject({ stream: z.string(), data: binanceLine.mini }))).toHaveLength(30)
  })

  it('end for who says more than five things a second', async () => {
    const { ask, ends } = await line(binanceUrl)
    await ask(...Array.from({ length: 5 }, () => subscribe()))
    expect(ends).toEqual([])
    await ask(subscribe())
    expect(ends).toHaveLength(1)
  })

  it('end after a day, and say so before', async () => {
    const { said, clock, ends } = await line(binanceUrl)
    await clock.advance(days(1) - seconds(30))
    expect(ends).toEqual([])
    expect(said).toHaveLength(1)
    expect(binanceLine.shutdown.parse(Reflect.get(said[0]!, 'data')).E).toBe(usualAt + days(1) - minutes(1))
    await clock.advance(seconds(31))
    expect(ends).toEqual(['data-stream.binance.vision ended the line'])
  })
})

describe('lines of coinbase', () => {
  const beat = { type: 'subscribe', channel: 'heartbeats' }
  const trades = (...ids: string[]) => ({ type: 'subscribe', product_ids: ids, channel: 'market_trades' })

  it('end for who asks for nothing within five seconds', async () => {
    const { clock, ends } = await line(coinbaseUrl)
    await clock.advance(seconds(4))
    expect(ends).toEqual([])
    await clock.advance(seconds(2))
    expect(ends).toHaveLength(1)
  })

  it('refuse what they do not have, as a whole', async () => {
    const { ask, said } = await line(coinbaseUrl)
    await ask(trades('BTC-USD', 'NOPE-USD'), { type: 'subscribe', channel: 'gossip' }, 'x')
    expect(said.map((one) => coinbaseLine.error.parse(one).type)).toEqual(['error', 'error', 'error'])
  })

  it('tell trades that make exactly the minutes that asking tells, numbered without a gap', async () => {
    const { ask, said, clock, rest } = await line(coinbaseUrl)
    await ask(beat, trades('BTC-USD', 'PEPE-USD'))
    await clock.advance(minutes(10))
    const shape = z.union([coinbaseLine.trades, coinbaseLine.heartbeat, coinbaseLine.subscriptions])
    const all = said.map((one) => shape.parse(one))
    expect(all.map((one) => one.sequence_num)).toEqual(all.map((_, i) => i))
    expect(all.filter(({ channel }) => channel === 'heartbeats')).toHaveLength(600)
    for (const id of ['BTC-USD', 'PEPE-USD']) {
      const own = all
        .flatMap((one) => (one.channel === 'market_trades' ? one.events : []))
        .flatMap((event) => (event.type === 'snapshot' ? event.trades.toReversed() : event.trades))
        .filter(({ product_id: product }) => product === id)
      const ids = own.map(({ trade_id: number }) => Number(number))
      expect(ids).toEqual(ids.map((_, i) => ids[0]! + i))
      const rows = (await rest(`https://api.exchange.coinbase.com/products/${id}/candles?granularity=60`)) as number[][]
      const whole = rows.filter(([time]) => time! * 1_000 > usualAt && time! * 1_000 + minutes(1) <= clock.now())
      expect(whole).toHaveLength(9)
      for (const [time, low, high, open, close, volume] of whole) {
        const within = own.filter((trade) => Math.floor(Date.parse(trade.time) / 60_000) * 60 === time)
        const prices = within.map(({ price }) => Number(price))
        // Added in the smallest unit there is, so that nothing is rounded.
        const units = within.reduce((sum, { size }) => sum + BigInt(Math.round(Number(size) * 1e9)), 0n)
        expect([Math.min(...prices), Math.max(...prices), prices[0], prices.at(-1)]).toEqual([low, high, open, close])
        expect(Number(units) / 1e9).toBe(volume)
      }
    }
  })

  it('tell nothing of a minute in which nothing is traded', async () => {
    const halt = market
      .calendar(usualAt - days(400), usualAt)
      .find((one) => one.event === 'halt' && one.venue === 'coinbase')!
    const { ask, said, clock } = await line(coinbaseUrl, { at: halt.from + minutes(1) })
    await ask(beat, trades('BTC-USD'))
    await clock.advance(Math.min(hours(1), halt.to - halt.from - minutes(2)))
    expect(parsed(said, coinbaseLine.heartbeat).length).toBeGreaterThan(10)
    expect(parsed(said, coinbaseLine.trades).flatMap(({ events }) => events.flatMap((one) => one.trades))).toEqual([])
  })
})
