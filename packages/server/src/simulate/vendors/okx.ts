import { days, hours, minutes, seconds } from '@pumpiq/domain'
import type { Listing } from '../book.ts'
import { shortText } from '../decimals.ts'
import { everyMonth, everyMs, everyWeek, type Candle, type Frame } from '../market.ts'
import { answer, createBucket, wholeNumber, type Vendor, type VendorNeeds } from './answer.ts'
import { createOkxSwaps } from './okx-swaps.ts'

/** OKX v5, public market data: www.okx.com/docs-v5. */

/** Plain day bars begin at midnight of Hong Kong. */
const hongKong = hours(16)
const bars: Record<string, Frame> = {
  ...Object.fromEntries([1, 3, 5, 15, 30].map((n) => [`${n}m`, everyMs(minutes(n))])),
  ...Object.fromEntries([1, 2, 4].map((n) => [`${n}H`, everyMs(hours(n))])),
  ...Object.fromEntries([6, 12].map((n) => [`${n}H`, everyMs(hours(n), hongKong)])),
  ...Object.fromEntries([6, 12].map((n) => [`${n}Hutc`, everyMs(hours(n))])),
  '1D': everyMs(days(1), hongKong),
  '1Dutc': everyMs(days(1)),
  '1Wutc': everyWeek,
  '1Mutc': everyMonth,
}
/** The recent endpoint reaches so many candles back; older ones come from the history. */
const recentDepth = 1_440
const most = 300

class Refusal extends Error {
  readonly code: string
  readonly status: number
  constructor(code: string, message: string, status: number) {
    super(message)
    this.code = code
    this.status = status
  }
}
const notThere = () => new Refusal('51001', "Instrument ID doesn't exist.", 200)
const badParameter = (name: string) => new Refusal('51000', `Parameter ${name} error`, 400)

export function createOkx({ market, clock, limits }: VendorNeeds): Vendor {
  const listings = new Map(market.listingsOn('okx').map((listing) => [`${listing.token.symbol}-USDT`, listing]))
  const buckets: Record<string, (at: number) => boolean> = {
    'market/candles': createBucket({ size: 40, perMs: 40 / seconds(2) }),
    'market/history-candles': createBucket({ size: 20, perMs: 20 / seconds(2) }),
  }
  const usual = createBucket({ size: 20, perMs: 20 / seconds(2) })

  const listed = (now: number) => [...listings].filter(([, listing]) => market.isTrading(listing, now))
  function known(query: URLSearchParams, now: number): [string, Listing] {
    const id = query.get('instId')
    if (!id) throw new Refusal('50014', 'Parameter instId cannot be empty', 400)
    const listing = listings.get(id)
    // Gone is not an HTTP error: the code in the body tells it.
    if (!listing || !market.isTrading(listing, now)) throw notThere()
    return [id, listing]
  }

  /** Newest first. `after` asks for what is older than it, `before` for what is newer. */
  function candles(query: URLSearchParams, now: number, history: boolean): string[][] {
    const [, listing] = known(query, now)
    const bar = query.get('bar') ?? '1m'
    const frame = Object.hasOwn(bars, bar) ? bars[bar]! : null
    if (!frame) throw badParameter('bar')
    const [after, before, limit] = ['after', 'before', 'limit'].map((name) => {
      const value = wholeNumber(query, name)
      if (Number.isNaN(value)) throw badParameter(name)
      return value
    })
    const current = frame.startOf(now)
    const newest = Math.min(after == null ? Infinity : after - 1, history ? current - 1 : now)
    const rows = market.candles({ listing, frame, now, to: newest, limit: Math.min(most, limit ?? 100), fill: 'quiet' })
    const recentFrom = current - recentDepth * (frame.next(current) - current)
    return rows
      .filter((row) => (before == null || row.openAt > before) && (history || row.openAt >= recentFrom))
      .toReversed()
      .map((row) => candleRow(listing, row))
  }

  function ticker([id, listing]: [string, Listing], now: number): unknown {
    const day = market.day(listing, now)
    const last = market.last(listing, now)
    const close = last?.close ?? 0
    const spread = Math.max(1, Math.round(close * 0.0001))
    const text = (ticks: number) => shortText(ticks, listing.decimals)
    const lots = (units: number) => shortText(units, listing.lotDecimals)
    const startUtc = (originAt: number) => {
      const from = everyMs(days(1), originAt).startOf(now)
      return text(market.window(listing, now, Math.max(1, now - from))?.open ?? close)
    }
    return {
      instType: 'SPOT',
      instId: id,
      last: text(close),
      lastSz: lots(last ? Math.max(1, Math.round(last.volume / last.count)) : 0),
      askPx: text(close + spread),
      askSz: lots(40),
      bidPx: text(Math.max(1, close - spread)),
      bidSz: lots(60),
      open24h: text(day?.open ?? close),
      high24h: text(day?.high ?? close),
      low24h: text(day?.low ?? close),
      volCcy24h: amount(day?.quote ?? 0),
      vol24h: lots(day?.volume ?? 0),
      ts: String(Math.min(now, last ? last.endAt - 1 : now)),
      sodUtc0: startUtc(0),
      sodUtc8: startUtc(hongKong),
    }
  }

  function spotOnly(query: URLSearchParams): void {
    const type = query.get('instType')
    if (!type) throw new Refusal('50014', 'Parameter instType cannot be empty', 400)
    if (type !== 'SPOT') throw badParameter('instType')
  }

  const routes: Record<string, (query: URLSearchParams, now: number) => unknown[] | null> = {
    ...createOkxSwaps(market),
    'public/time': (_, now) => [{ ts: String(now) }],
    'public/instruments': (query, now) => {
      spotOnly(query)
      const halted = market.haltAt('okx', now) !== null
      return listed(now)
        .filter(([id]) => !query.get('instId') || id === query.get('instId'))
        .map(([id, listing]) => instrument(id, listing, halted))
    },
    'market/candles': (query, now) => candles(query, now, false),
    'market/history-candles': (query, now) => candles(query, now, true),
    'market/ticker': (query, now) => [ticker(known(query, now), now)],
    'market/tickers': (query, now) => {
      spotOnly(query)
      return listed(now).map((entry) => ticker(entry, now))
    },
  }

  return function okx(request) {
    const { pathname, searchParams } = new URL(request.url)
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    const refuse = (code: string, msg: string, status: number) => answer({ code, msg, data: [] }, { status, headers })
    const name = pathname.replace(/^\/api\/v5\//, '')
    const route = pathname.startsWith('/api/v5/') && Object.hasOwn(routes, name) ? routes[name]! : null
    if (!route)
      return answer(
        { code: '404', data: {}, detailMsg: '', error_code: '404', msg: 'Not Found' },
        { status: 404, headers },
      )
    if (limits && !(buckets[name] ?? usual)(now)) return refuse('50011', 'Too Many Requests', 429)
    try {
      const data = route(searchParams, now)
      if (data === null) throw notThere()
      return answer({ code: '0', msg: '', data }, { headers })
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return refuse(refusal.code, refusal.message, refusal.status)
    }
  }
}

/** Quote amounts without exponent or needless zeros. */
const amount = (quote: number): string => quote.toFixed(8).replace(/\.?0+$/, '')

function candleRow({ decimals, lotDecimals }: Listing, row: Candle): string[] {
  const text = (ticks: number) => shortText(ticks, decimals)
  const quote = amount(row.quote)
  const { openAt, open, high, low, close, volume, closed } = row
  return [
    String(openAt),
    text(open),
    text(high),
    text(low),
    text(close),
    shortText(volume, lotDecimals),
    quote,
    quote,
    closed ? '1' : '0',
  ]
}

function instrument(id: string, { token, decimals, lotDecimals }: Listing, halted: boolean): unknown {
  return {
    instType: 'SPOT',
    instId: id,
    baseCcy: token.symbol,
    quoteCcy: 'USDT',
    tickSz: shortText(1, decimals),
    lotSz: shortText(1, lotDecimals),
    minSz: shortText(1, lotDecimals),
    state: halted ? 'suspend' : 'live',
    listTime: String(token.listedAt),
    ruleType: 'normal',
  }
}
