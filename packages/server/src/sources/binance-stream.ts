import { hours, intervals, minutes, seconds } from '@pumpiq/domain'
import { z } from 'zod'
import { Decimal, faultOfBars, looksSwapped, skewMs } from './bars.ts'
import { pairsOf, type StreamEvent, type StreamHeard, type StreamPlan, type StreamTalk } from './source.ts'
import { faultOfClock, minuteOf, readMessage } from './told.ts'

// Manual: web-socket-streams.md of binance/binance-spot-api-docs.

const interval = '1m'
const streamOf = (pair: string) => `${pair.toLowerCase()}@kline_${interval}`
/** A stream that always tells something: a line on which even it is silent is dead, however quiet what we want may be. */
const pulse = { stream: 'btcusdt@miniTicker', pair: 'BTCUSDT' } as const

/** `x`: the venue will not change it any more. */
const Kline = z
  .object({
    t: z.int(),
    T: z.int(),
    s: z.string(),
    i: z.literal(interval),
    o: Decimal,
    h: Decimal,
    l: Decimal,
    c: Decimal,
    v: Decimal,
    q: Decimal,
    x: z.boolean(),
  })
  .transform(({ t, T, s, o, h, l, c, v, q, x }) => ({
    bar: { openAt: t, open: o, high: h, low: l, close: c, volume: v },
    lengthMs: T - t + 1,
    quoteVolume: q,
    pair: s,
    closed: x,
  }))
const KlineEvent = z.object({ e: z.literal('kline'), E: z.int(), s: z.string(), k: Kline })
const PulseEvent = z.object({ e: z.literal('24hrMiniTicker'), E: z.int(), s: z.literal(pulse.pair) })
const Goodbye = z.object({ e: z.literal('serverShutdown'), E: z.int() })

const Message = z.union([
  z.object({ stream: z.string(), data: z.discriminatedUnion('e', [KlineEvent, PulseEvent, Goodbye]) }),
  z.object({ result: z.union([z.null(), z.array(z.string())]), id: z.int() }),
  z.object({ code: z.int(), msg: z.string() }),
  z.object({ error: z.object({ code: z.int() }) }).transform(({ error }) => error),
  Goodbye.transform((data) => ({ stream: '!serverShutdown', data })),
])
type KlineEvent = z.output<typeof KlineEvent>

export const binanceStream: StreamPlan = {
  url: 'wss://data-stream.binance.vision/stream',
  // 1,024 a line, of which one is the pulse.
  symbolsALine: 1_000,
  symbolsAMessage: 100,
  // Five messages a second, pings and pongs among them.
  pauseMs: 300,
  // The pulse beats every second.
  silenceMs: seconds(20),
  // The venue ends a line after 24 hours.
  lifeMs: hours(23),
  talk,
}

function talk(): StreamTalk {
  let id = 1
  const symbols = new Map<string, string>() // by pair, what is asked for
  const former = new Set<string>() // pairs that were left: some messages of theirs are still under way
  const firsts = new Map<string, number>() // by pair
  let serverAt = 0

  const message = (method: string, streams: readonly string[]) =>
    streams.length === 0 ? null : JSON.stringify({ method, params: streams, id: id++ })

  function kline(stream: string, event: KlineEvent, heard: StreamHeard): StreamEvent[] {
    const { E: at, s: pair, k } = event
    if (stream !== streamOf(pair) || k.pair !== pair) return drift('the names in a message differ')
    const symbol = symbols.get(pair)
    if (symbol === undefined) return former.has(pair) ? [] : drift('tells of a symbol that was not asked for')
    const fault = faultOfKline(event, heard)
    if (fault) return drift(fault)
    if (!firsts.has(pair)) firsts.set(pair, minuteOf(serverAt))
    const time: StreamEvent = { told: 'time', at }
    return k.closed ? [time, { told: 'candle', symbol, bar: k.bar }] : [time]
  }

  function drift(issue: string): StreamEvent[] {
    // Whatever it was, it may have been the end of anybody's minute.
    firsts.clear()
    return [{ told: 'drift', issue }]
  }

  return {
    greeting: [JSON.stringify({ method: 'SUBSCRIBE', params: [pulse.stream], id: 0 })],
    ask(asked) {
      const pairs = pairsOf(asked, (ticker) => `${ticker}USDT`)
      for (const [symbol, pair] of pairs) symbols.set(pair, symbol)
      return message('SUBSCRIBE', [...pairs.values()].map(streamOf))
    },
    leave(left) {
      const pairs = [...pairsOf(left, (ticker) => `${ticker}USDT`).values()]
      for (const pair of pairs) {
        symbols.delete(pair)
        firsts.delete(pair)
        former.add(pair)
      }
      return message('UNSUBSCRIBE', pairs.map(streamOf))
    },
    more: () => null,
    hear(text, heard) {
      const read = readMessage(text, Message)
      if (!read.ok) return drift(read.issue)
      const { value } = read
      if ('code' in value) return drift(`refuses what we asked (code ${value.code})`)
      if (!('data' in value)) return []
      const { data, stream } = value
      const fault = faultOfClock(data.E)
      if (fault) return drift(fault)
      if (data.e === 'serverShutdown') return [{ told: 'goodbye' }]
      serverAt = Math.max(serverAt, data.E)
      return data.e === 'kline' ? kline(stream, data, heard) : [{ told: 'time', at: data.E }]
    },
    since(symbol) {
      const [pair] = pairsOf([symbol], (ticker) => `${ticker}USDT`).values()
      return (pair !== undefined && firsts.get(pair)) || null
    },
  }
}

function faultOfKline({ E: at, k }: KlineEvent, { fetchedAt }: StreamHeard): string | null {
  const { bar, closed, lengthMs } = k
  const fault = faultOfBars([bar], { serverAt: at, fetchedAt }, { interval, order: 'rising', now: fetchedAt })
  if (fault) return fault
  if (lengthMs !== minutes(1)) return `a row is not a ${interval} candle by its close time`
  // The last millisecond of a candle is its close time.
  const endAt = bar.openAt + intervals[interval]
  if (closed && at < endAt - 1) return 'a candle is called closed before its end'
  if (closed && endAt > fetchedAt + skewMs) return 'a candle is called closed that is still open by our clock'
  return looksSwapped([k]) ? 'base and quote volume have changed places' : null
}
