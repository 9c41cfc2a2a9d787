import { days, hours, minutes, seconds } from '@pumpiq/domain'
import type { Listing } from '../book.ts'
import { shortText } from '../decimals.ts'
import { everyMonth, everyMs, everyWeek, type Candle, type Frame } from '../market.ts'
import { answer, createBucket, wholeNumber, type Vendor, type VendorNeeds } from './answer.ts'
import { createBybitLinear } from './bybit-linear.ts'

/** Bybit v5, public data of the spot market and of perpetuals: bybit-exchange.github.io/docs/v5. */

const frames: Record<string, Frame> = {
  ...Object.fromEntries([1, 3, 5, 15, 30].map((n) => [`${n}`, everyMs(minutes(n))])),
  ...Object.fromEntries([1, 2, 4, 6, 12].map((n) => [`${n * 60}`, everyMs(hours(n))])),
  D: everyMs(days(1)),
  W: everyWeek,
  M: everyMonth,
}
const most = 1_000
const usual = 200

class Refusal extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

export function createBybit({ market, clock, limits }: VendorNeeds): Vendor {
  const listings = new Map(market.listingsOn('bybit').map((listing) => [`${listing.token.symbol}USDT`, listing]))
  const bucket = createBucket({ size: 600, perMs: 600 / seconds(5) })

  const linear = createBybitLinear(market)

  function spotOnly(query: URLSearchParams): void {
    // The manual knows other categories too, which this market does not have.
    if (query.get('category') !== 'spot') throw new Refusal(10001, 'params error: Category is invalid')
  }
  function known(query: URLSearchParams, now: number): [string, Listing] {
    const symbol = query.get('symbol') ?? ''
    const listing = listings.get(symbol)
    if (!listing || !market.isTrading(listing, now)) throw new Refusal(10001, 'Not supported symbols')
    return [symbol, listing]
  }

  /** Newest first; the first one may be open. */
  function kline(query: URLSearchParams, now: number): unknown {
    spotOnly(query)
    const [symbol, listing] = known(query, now)
    const interval = query.get('interval') ?? ''
    const frame = Object.hasOwn(frames, interval) ? frames[interval]! : null
    if (!frame) throw new Refusal(10001, 'Invalid period!')
    const [start, end, limit] = ['start', 'end', 'limit'].map((name) => {
      const value = wholeNumber(query, name)
      if (Number.isNaN(value)) throw new Refusal(10001, `params error: ${name} is invalid`)
      return value
    })
    const rows = market.candles({
      listing,
      frame,
      now,
      to: Math.min(end ?? now, now),
      limit: Math.min(most, limit ?? usual),
      fill: 'quiet',
    })
    const list = rows
      .filter(({ openAt }) => start == null || openAt >= start)
      .toReversed()
      .map((row) => candleRow(listing, row))
    return { category: 'spot', symbol, list }
  }

  function ticker([symbol, listing]: [string, Listing], now: number): unknown {
    const day = market.day(listing, now)
    const close = market.last(listing, now)?.close ?? 0
    const open = day?.open ?? close
    const spread = Math.max(1, Math.round(close * 0.0001))
    const text = (ticks: number) => shortText(ticks, listing.decimals)
    const lots = (units: number) => shortText(units, listing.lotDecimals)
    return {
      symbol,
      bid1Price: text(Math.max(1, close - spread)),
      bid1Size: lots(60),
      ask1Price: text(close + spread),
      ask1Size: lots(40),
      lastPrice: text(close),
      prevPrice24h: text(open),
      price24hPcnt: open === 0 ? '0' : (close / open - 1).toFixed(4),
      highPrice24h: text(day?.high ?? close),
      lowPrice24h: text(day?.low ?? close),
      turnover24h: amount(day?.quote ?? 0),
      volume24h: lots(day?.volume ?? 0),
      usdIndexPrice: text(close),
    }
  }

  const routes: Record<string, (query: URLSearchParams, now: number) => unknown> = {
    time: (_, now) => ({ timeSecond: String(Math.floor(now / 1_000)), timeNano: `${now}000000` }),
    kline,
    tickers: (query, now) => {
      spotOnly(query)
      const wanted = query.has('symbol')
        ? [known(query, now)]
        : [...listings].filter(([, listing]) => market.isTrading(listing, now))
      return { category: 'spot', list: wanted.map((entry) => ticker(entry, now)) }
    },
  }

  return function bybit(request) {
    const { pathname, searchParams } = new URL(request.url)
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    const said = (retCode: number, retMsg: string, result: unknown) =>
      answer({ retCode, retMsg, result, retExtInfo: {}, time: now }, { headers })
    const name = pathname.replace(/^\/v5\/market\//, '')
    const all = searchParams.get('category') === 'linear' && Object.hasOwn(linear, name) ? linear : routes
    const route = pathname.startsWith('/v5/market/') && Object.hasOwn(all, name) ? all[name]! : null
    if (!route) return answer({ error: 'Not Found' }, { status: 404, headers })
    if (limits && !bucket(now)) return tooOften(headers)
    try {
      const result = route(searchParams, now)
      if (result === null) throw new Refusal(10001, 'Not supported symbols')
      return said(0, 'OK', result)
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return said(refusal.code, refusal.message, {})
    }
  }
}

/** Who asks too often is shut out with 403, which names no time. */
export const tooOften = (headers: Record<string, string> = {}): Response =>
  answer({ retCode: 10018, retMsg: 'Exceeded the IP Rate Limit.', result: {} }, { status: 403, headers })

/** Quote amounts without exponent or needless zeros. */
const amount = (quote: number): string => quote.toFixed(8).replace(/\.?0+$/, '')

function candleRow({ decimals, lotDecimals }: Listing, row: Candle): string[] {
  const text = (ticks: number) => shortText(ticks, decimals)
  const { openAt, open, high, low, close, volume, quote } = row
  return [String(openAt), text(open), text(high), text(low), text(close), shortText(volume, lotDecimals), amount(quote)]
}
