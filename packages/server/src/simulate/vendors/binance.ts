import { days, hours, minutes } from '@pumpiq/domain'
import type { Listing } from '../book.ts'
import { everyMonth, everyMs, everyWeek, type Frame } from '../market.ts'
import { answer, wholeNumber, type Vendor, type VendorNeeds } from './answer.ts'
import { dayTicker, kline, price, rateLimits, symbolInfo, weightPerMinute } from './binance-shapes.ts'

/** Binance spot, public market data: github.com/binance/binance-spot-api-docs, rest-api.md. */

/** Intervals of the manual; its 1s is not spoken here, as the market's finest step is the minute. */
export const intervals: Record<string, Frame> = {
  ...Object.fromEntries([1, 3, 5, 15, 30].map((n) => [`${n}m`, everyMs(minutes(n))])),
  ...Object.fromEntries([1, 2, 4, 6, 8, 12].map((n) => [`${n}h`, everyMs(hours(n))])),
  '1d': everyMs(days(1)),
  '3d': everyMs(days(3)),
  '1w': everyWeek,
  '1M': everyMonth,
}
/** Old candles of a delisted symbol are kept so long; then the symbol is unknown. */
const keptAfterDelisting = days(30)

const errors = {
  illegal: (name: string) => [
    -1100,
    `Illegal characters found in parameter '${name}'; legal range is '^[0-9]{1,20}$'.`,
  ],
  missing: (name: string) => [-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`],
  interval: () => [-1120, 'Invalid interval.'],
  symbol: () => [-1121, 'Invalid symbol.'],
  twice: () => [-1151, 'Duplicate symbols in symbols parameter.'],
  many: () => [
    -1003,
    `Too much request weight used; current limit is ${weightPerMinute} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.`,
  ],
} as const

/** What the vendor refuses with a code of its own. */
class Refusal extends Error {
  readonly body: { code: unknown; msg: unknown }
  constructor([code, msg]: readonly (string | number)[]) {
    super(String(msg))
    this.body = { code, msg }
  }
}

export function createBinance({ market, clock, limits }: VendorNeeds): Vendor {
  const listings = new Map(market.listingsOn('binance').map((listing) => [`${listing.token.symbol}USDT`, listing]))
  let minute = 0
  let used = 0

  /** Counts the weight; the header tells it, and beyond the limit nothing is answered. */
  function weigh(weight: number, now: number): boolean {
    const current = Math.floor(now / minutes(1))
    if (current !== minute) used = 0
    minute = current
    used += weight
    return !limits || used <= weightPerMinute
  }

  const isKnown = ({ token }: Listing, now: number): boolean =>
    now >= token.listedAt && (token.delistedAt === null || now < token.delistedAt + keptAfterDelisting)

  function known(symbol: string, now: number): Listing {
    const listing = listings.get(symbol)
    if (!listing || !isKnown(listing, now)) throw new Refusal(errors.symbol())
    return listing
  }

  /** The symbols asked for: one, some, or all that are known; `one` tells that the answer is an object. */
  function asked(query: URLSearchParams, now: number): { symbols: string[]; one: boolean } {
    const symbol = query.get('symbol')
    const list = query.get('symbols')
    if (symbol !== null) return { symbols: [symbol], one: true }
    if (list === null)
      return { symbols: [...listings.keys()].filter((name) => isKnown(listings.get(name)!, now)), one: false }
    if (!/^\["[^"\s]+"(,"[^"\s]+")*\]$/.test(list)) throw new Refusal(errors.illegal('symbols'))
    const symbols = JSON.parse(list) as string[]
    if (new Set(symbols).size < symbols.length) throw new Refusal(errors.twice())
    return { symbols, one: false }
  }

  function perSymbol(
    query: URLSearchParams,
    now: number,
    tell: (symbol: string, listing: Listing) => unknown,
  ): unknown {
    const { symbols, one } = asked(query, now)
    const told = symbols.map((symbol) => tell(symbol, known(symbol, now)))
    return one ? told[0] : told
  }

  const status = (listing: Listing, now: number): 'TRADING' | 'BREAK' =>
    market.isTrading(listing, now) && !market.haltAt('binance', now) ? 'TRADING' : 'BREAK'

  const routes: Record<
    string,
    { weight: (query: URLSearchParams) => number; tell: (query: URLSearchParams, now: number) => unknown }
  > = {
    ping: { weight: () => 1, tell: () => ({}) },
    time: { weight: () => 1, tell: (_, now) => ({ serverTime: now }) },
    exchangeInfo: {
      weight: () => 20,
      tell: (query, now) => ({
        timezone: 'UTC',
        serverTime: now,
        rateLimits,
        exchangeFilters: [],
        symbols: asked(query, now).symbols.map((symbol) => {
          const listing = known(symbol, now)
          return symbolInfo(symbol, listing, status(listing, now), query.get('showPermissionSets') !== 'false')
        }),
      }),
    },
    klines: { weight: () => 2, tell: (query, now) => klines(query, now) },
    'ticker/price': {
      weight: (query) => (query.has('symbol') ? 2 : 4),
      tell: (query, now) =>
        perSymbol(query, now, (symbol, listing) => ({
          symbol,
          price: price(listing, market.last(listing, now)?.close ?? 0),
        })),
    },
    'ticker/24hr': {
      weight: (query) => {
        const count = query.has('symbol') ? 1 : (query.get('symbols')?.split(',').length ?? Infinity)
        return count <= 20 ? 2 : count <= 100 ? 40 : 80
      },
      tell: (query, now) =>
        perSymbol(query, now, (symbol, listing) =>
          dayTicker({ market, listing, symbol, now, mini: query.get('type') === 'MINI' }),
        ),
    },
  }

  function klines(query: URLSearchParams, now: number): unknown[][] {
    const symbol = query.get('symbol')
    if (!symbol) throw new Refusal(errors.missing('symbol'))
    const interval = query.get('interval')
    if (!interval) throw new Refusal(errors.missing('interval'))
    const frame = Object.hasOwn(intervals, interval) ? intervals[interval]! : null
    const listing = known(symbol, now)
    if (!frame) throw new Refusal(errors.interval())
    const [from, to, limit] = ['startTime', 'endTime', 'limit'].map((name) => {
      const value = wholeNumber(query, name)
      if (Number.isNaN(value)) throw new Refusal(errors.illegal(name))
      return value
    })
    const candles = market.candles({
      listing,
      frame,
      now,
      fill: 'quiet',
      limit: Math.min(1000, limit ?? 500),
      ...(from != null && { from }),
      ...(to != null && { to }),
    })
    return candles.map((candle) => kline(listing, candle))
  }

  return function binance(request) {
    const { pathname, searchParams: query } = new URL(request.url)
    const now = clock.now()
    const name = pathname.replace(/^\/api\/v3\//, '')
    const route = pathname.startsWith('/api/v3/') && Object.hasOwn(routes, name) ? routes[name]! : null
    if (!route) return answer({ timestamp: now, status: 404, error: 'Not Found', path: pathname }, { status: 404 })
    const allowed = weigh(route.weight(query), now)
    const headers = {
      'x-mbx-used-weight': String(used),
      'x-mbx-used-weight-1m': String(used),
      date: new Date(now).toUTCString(),
    }
    if (!allowed) {
      const retryAfter = String(60 - (Math.floor(now / 1000) % 60))
      const [code, msg] = errors.many()
      return answer({ code, msg }, { status: 429, headers: { ...headers, 'retry-after': retryAfter } })
    }
    try {
      return answer(route.tell(query, now), { headers })
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return answer(refusal.body, { status: 400, headers })
    }
  }
}
