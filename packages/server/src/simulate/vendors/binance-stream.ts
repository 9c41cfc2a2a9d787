import { days, minutes, seconds } from '@pumpiq/domain'
import type { Listing } from '../book.ts'
import type { Candle, Frame } from '../market.ts'
import { createBucket } from './answer.ts'
import { intervals } from './binance.ts'
import { dayTicker, kline } from './binance-shapes.ts'
import { objectOf, textsOf, type OpenSession } from './session.ts'

/** Binance spot, combined market streams: github.com/binance/binance-spot-api-docs, web-socket-streams.md. */

const streamsAtMost = 1_024
const klineEveryMs = seconds(2)
const tickerEveryMs = seconds(1)
const lifeMs = days(1)
/** How long before the end of a line the venue says so; the manual does not tell. */
const warningMs = minutes(1)

type Stream = { symbol: string; listing: Listing; frame: Frame | null }

export const openBinance: OpenSession = ({ market, clock, url, say, end }) => {
  if (url.pathname !== '/stream') return null
  const listings = new Map(market.listingsOn('binance').map((listing) => [`${listing.token.symbol}USDT`, listing]))
  const openedAt = clock.now()
  const bucket = createBucket({ size: 5, perMs: 5 / seconds(1) })
  const names = new Set(url.searchParams.get('streams')?.split('/') ?? [])
  let lastAt = openedAt
  let klineAt = -Infinity
  let tickerAt = -Infinity
  let warned = false

  /** A stream of a symbol that is unknown is as silent as one of nothing. */
  function streamOf(name: string): Stream | null {
    const [, pair, interval] = /^([^@]+)@(?:kline_(\w+)|miniTicker)$/.exec(name) ?? []
    if (pair === undefined || pair !== pair.toLowerCase()) return null
    const symbol = pair.toUpperCase()
    const listing = listings.get(symbol)
    const isKnown = listing && (interval === undefined || Object.hasOwn(intervals, interval))
    return isKnown ? { symbol, listing, frame: interval === undefined ? null : intervals[interval]! } : null
  }

  function tellKline(name: string, { symbol, listing }: Stream, candle: Candle, now: number): void {
    const [t, o, h, l, c, v, T, q, n, V, Q] = kline(listing, candle)
    const first = Math.floor(candle.openAt / 100)
    const i = name.slice(name.lastIndexOf('_') + 1)
    const k = { t, T, s: symbol, i, f: first, L: first + Number(n) - 1, o, c, h, l, v, n, x: candle.closed, q, V, Q }
    say({ stream: name, data: { e: 'kline', E: now, s: symbol, k: { ...k, B: '0' } } })
  }

  /** The candles that ended since the last look, then the one that runs. */
  function tellKlines(name: string, stream: Stream, frame: Frame, now: number, withOpen: boolean): void {
    const at = (openAt: number) =>
      market.candles({ listing: stream.listing, frame, now, from: openAt, to: openAt, limit: 1, fill: 'quiet' })
    let openAt = frame.startOf(lastAt)
    for (; frame.next(openAt) <= now; openAt = frame.next(openAt)) {
      for (const candle of at(openAt)) tellKline(name, stream, candle, now)
    }
    if (withOpen) for (const candle of at(openAt)) tellKline(name, stream, candle, now)
  }

  function tellTicker(name: string, { symbol, listing }: Stream, now: number): void {
    const day = dayTicker({ market, listing, symbol, now, mini: true }) as Record<string, string>
    const { lastPrice: c, openPrice: o, highPrice: h, lowPrice: l, volume: v, quoteVolume: q } = day
    say({ stream: name, data: { e: '24hrMiniTicker', E: now, s: symbol, c, o, h, l, v, q } })
  }

  function ask(method: unknown, params: string[]): { result: unknown } | { code: number; msg: string } {
    if (method === 'LIST_SUBSCRIPTIONS') return { result: [...names] }
    if (method === 'UNSUBSCRIBE') for (const name of params) names.delete(name)
    else if (method !== 'SUBSCRIBE') return { code: 2, msg: 'Invalid request: unknown variant' }
    else if (new Set([...names, ...params]).size > streamsAtMost) return { code: 2, msg: 'Invalid request: too many' }
    else for (const name of params) names.add(name)
    return { result: null }
  }

  return {
    receive(text) {
      // Who says more than five things a second is put out.
      if (!bucket(clock.now())) return end()
      const asked = objectOf(text)
      if (!asked) return say({ code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' })
      const answer = ask(asked['method'], textsOf(asked['params']) ?? [])
      say('result' in answer ? { ...answer, id: asked['id'] ?? null } : answer)
    },
    tick() {
      const now = clock.now()
      if (now - openedAt >= lifeMs) return end()
      if (!warned && now - openedAt >= lifeMs - warningMs) {
        warned = true
        say({ stream: '!serverShutdown', data: { e: 'serverShutdown', E: now } })
      }
      const withOpen = now - klineAt >= klineEveryMs
      const withTicker = now - tickerAt >= tickerEveryMs
      for (const name of names) {
        const stream = streamOf(name)
        if (stream?.frame) tellKlines(name, stream, stream.frame, now, withOpen)
        else if (stream && withTicker) tellTicker(name, stream, now)
      }
      if (withOpen) klineAt = now
      if (withTicker) tickerAt = now
      lastAt = now
    },
  }
}
