import { days, fromIso, isFailure, seconds, toIso } from '@pumpiq/domain'
import type { Listing } from '../book.ts'
import { decimalNumber, decimalText, shortText } from '../decimals.ts'
import { everyMs } from '../market.ts'
import { answer, createBucket, type Vendor, type VendorNeeds } from './answer.ts'

/** Coinbase Exchange, public REST: docs.cdp.coinbase.com/exchange. */

const granularities = new Set([60, 300, 900, 3_600, 21_600, 86_400])
const mostCandles = 300

/** Why a request is refused: the status and the sentence of the error envelope. */
class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export function createCoinbase({ market, clock, limits }: VendorNeeds): Vendor {
  const listings = new Map(market.listingsOn('coinbase').map((listing) => [`${listing.token.symbol}-USD`, listing]))
  const bucket = createBucket({ size: 15, perMs: 10 / seconds(1) })

  function known(id: string, now: number): Listing {
    const listing = listings.get(id)
    if (!listing || now < listing.token.listedAt) throw new Refusal(404, 'NotFound')
    return listing
  }

  function product(id: string, listing: Listing, now: number): unknown {
    const { token, decimals, lotDecimals } = listing
    const delisted = !market.isTrading(listing, now)
    const halted = market.haltAt('coinbase', now) !== null
    return {
      id,
      base_currency: token.symbol,
      quote_currency: 'USD',
      quote_increment: decimalText(1, decimals),
      base_increment: decimalText(1, lotDecimals),
      display_name: `${token.symbol}-USD`,
      min_market_funds: '1',
      margin_enabled: false,
      post_only: false,
      limit_only: false,
      cancel_only: halted,
      status: delisted ? 'delisted' : halted ? 'offline' : 'online',
      status_message: halted ? 'Trading is paused for maintenance.' : '',
      trading_disabled: delisted || halted,
      fx_stablecoin: token.category === 'stablecoins',
      max_slippage_percentage: '0.02000000',
      auction_mode: false,
      high_bid_limit_percentage: '',
    }
  }

  function candles(listing: Listing, query: URLSearchParams, now: number): number[][] {
    const granularity = Number(query.get('granularity') ?? 60)
    if (!granularities.has(granularity)) throw new Refusal(400, 'Unsupported granularity')
    const lengthMs = seconds(granularity)
    const frame = everyMs(lengthMs)
    const [start, end] = [instant(query, 'start'), instant(query, 'end')]
    // Both or none: one alone is ignored, as the manual says.
    const range =
      start !== null && end !== null
        ? { from: start, to: end }
        : { from: frame.startOf(now) - (mostCandles - 1) * lengthMs, to: now }
    if (range.to < range.from) throw new Refusal(400, 'End is before start')
    if ((range.to - range.from) / lengthMs > mostCandles) {
      throw new Refusal(
        400,
        'granularity too small for the requested time range. Count of aggregations requested exceeds 300',
      )
    }
    const rows = market.candles({ listing, frame, now, ...range, limit: mostCandles, fill: 'never' })
    const number = (ticks: number) => decimalNumber(ticks, listing.decimals)
    return rows
      .toReversed()
      .map(({ openAt, low, high, open, close, volume }) => [
        openAt / 1000,
        number(low),
        number(high),
        number(open),
        number(close),
        decimalNumber(volume, listing.lotDecimals),
      ])
  }

  function ticker(listing: Listing, now: number): unknown {
    const last = market.last(listing, now)
    if (!last) throw new Refusal(404, 'NotFound')
    const spread = Math.max(1, Math.round(last.close * 0.00015))
    const day = market.day(listing, now)
    return {
      ask: shortText(last.close + spread, listing.decimals),
      bid: shortText(Math.max(1, last.close - spread), listing.decimals),
      volume: shortText(day?.volume ?? 0, listing.lotDecimals),
      trade_id: Math.floor(last.endAt / 500),
      price: shortText(last.close, listing.decimals),
      size: shortText(Math.max(1, Math.round(last.volume / last.count)), listing.lotDecimals),
      time: toIso(Math.min(now, last.endAt - 1)).replace('Z', '000Z'),
    }
  }

  function stats(listing: Listing, now: number): unknown {
    const day = market.day(listing, now)
    const month = market.window(listing, now, days(30))
    const text = (ticks: number | undefined) => shortText(ticks ?? 0, listing.decimals)
    return {
      open: text(day?.open),
      high: text(day?.high),
      low: text(day?.low),
      last: text(market.last(listing, now)?.close),
      volume: shortText(day?.volume ?? 0, listing.lotDecimals),
      volume_30day: shortText(month?.volume ?? 0, listing.lotDecimals),
    }
  }

  function route(pathname: string, query: URLSearchParams, now: number): unknown {
    const [first, id, part, ...more] = pathname.slice(1).split('/')
    if (pathname === '/time') return { iso: toIso(now), epoch: now / 1000 }
    if (first !== 'products' || more.length > 0) throw new Refusal(404, 'NotFound')
    if (id === undefined) {
      return [...listings]
        .filter(([, { token }]) => now >= token.listedAt)
        .map(([name, one]) => product(name, one, now))
    }
    const listing = known(id, now)
    if (part === undefined) return product(id, listing, now)
    if (part === 'candles') return candles(listing, query, now)
    if (part === 'ticker') return ticker(listing, now)
    if (part === 'stats') return stats(listing, now)
    throw new Refusal(404, 'NotFound')
  }

  return function coinbase(request) {
    const { pathname, searchParams } = new URL(request.url)
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    const refuse = (status: number, message: string) => answer({ message }, { status, headers })
    if (!request.headers.get('user-agent')) return refuse(400, 'User-Agent header is required.')
    if (limits && !bucket(now)) return refuse(429, 'Public rate limit exceeded')
    try {
      return answer(route(pathname, searchParams, now), { headers })
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return refuse(refusal.status, refusal.message)
    }
  }
}

/** ISO 8601 or Unix seconds, as epoch ms; null when absent. A zone is UTC unless given. */
function instant(query: URLSearchParams, name: string): number | null {
  const text = query.get(name)
  if (text === null) return null
  if (/^\d{1,11}(\.\d+)?$/.test(text)) return Math.floor(Number(text) * 1000)
  try {
    return fromIso(/T.*(Z|[+-]\d\d:\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`, name)
  } catch (failure) {
    if (!isFailure(failure)) throw failure
    throw new Refusal(400, `Invalid ${name}`)
  }
}
