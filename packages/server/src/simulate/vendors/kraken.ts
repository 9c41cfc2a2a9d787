import { days, minutes, seconds } from '@pumpiq/domain'
import type { Listing } from '../book.ts'
import { decimalText, paddedText } from '../decimals.ts'
import { everyMs } from '../market.ts'
import type { Trades } from '../trades.ts'
import { answer, createBucket, wholeNumber, type Vendor, type VendorNeeds } from './answer.ts'

/** Kraken spot, public REST: docs.kraken.com/api. Errors come with HTTP 200. */

const intervalMinutes = new Set([1, 5, 15, 30, 60, 240, 1_440, 10_080, 21_600])
const mostClosed = 720

/** The vendor's own names of assets: the first listed have a letter in front, BTC is XBT and DOGE is XDG. */
const ownSymbols: Record<string, string> = { BTC: 'XBT', DOGE: 'XDG' }
const lettered = new Set(['BTC', 'ETH', 'XRP', 'LTC', 'XLM', 'DOGE'])

type Pair = { listing: Listing; key: string; altname: string; wsname: string; modern: string; base: string }

function pairOf(listing: Listing): Pair {
  const { symbol } = listing.token
  const own = ownSymbols[symbol] ?? symbol
  const base = lettered.has(symbol) ? `X${own}` : own
  const altname = `${own}USD`
  // Dogecoin kept its short pair name; the tether pair has the lettered dollar alone.
  const isLong = lettered.has(symbol) && symbol !== 'DOGE'
  const key = isLong ? `${base}ZUSD` : symbol === 'USDT' ? 'USDTZUSD' : altname
  return { listing, key, altname, wsname: `${own}/USD`, modern: `${symbol}/USD`, base }
}

class Refusal extends Error {}

export function createKraken({ market, clock, limits }: VendorNeeds): Vendor {
  const pairs = market.listingsOn('kraken').map(pairOf)
  const bucket = createBucket({ size: 15, perMs: 1 / seconds(1) })
  const listed = (now: number) => pairs.filter(({ listing }) => market.isTrading(listing, now))

  function find(name: string, now: number): Pair {
    const isNamed = ({ key, altname, wsname, modern }: Pair) => [key, altname, wsname, modern].includes(name)
    const pair = listed(now).find(isNamed)
    if (!pair) throw new Refusal('EQuery:Unknown asset pair')
    return pair
  }
  /** The pairs of the query by the names the answer uses, all of them without one. */
  function asked(query: URLSearchParams, now: number): [string, Pair][] {
    const named = query.get('pair')
    const found = named === null ? listed(now) : named.split(',').map((name) => find(name, now))
    return found.map((pair) => [query.get('assetVersion') === '1' ? pair.modern : pair.key, pair])
  }

  function ohlc(query: URLSearchParams, now: number): unknown {
    const name = query.get('pair')
    if (name === null) throw new Refusal('EGeneral:Invalid arguments')
    const [key, { listing }] = asked(query, now)[0]!
    const interval = wholeNumber(query, 'interval') ?? 1
    if (!intervalMinutes.has(interval)) throw new Refusal('EGeneral:Invalid arguments:interval')
    const since = wholeNumber(query, 'since') ?? 0
    if (Number.isNaN(since)) throw new Refusal('EGeneral:Invalid arguments:since')
    const frame = everyMs(minutes(interval))
    const rows = market.candles({ listing, frame, now, limit: mostClosed + 1, fill: 'always' })
    const { decimals, lotDecimals } = listing
    const text = (ticks: number) => decimalText(ticks, decimals)
    const closed = rows.findLast((row) => row.closed)
    return {
      [key]: rows
        .filter((row) => row.openAt > seconds(since))
        .map((row) => [
          row.openAt / 1000,
          text(row.open),
          text(row.high),
          text(row.low),
          text(row.close),
          row.count === 0 ? text(0) : text(vwap(listing, row)),
          paddedText(row.volume, lotDecimals, 8),
          row.count,
        ]),
      last: closed ? closed.openAt / 1000 : since,
    }
  }

  function ticker(listing: Listing, now: number): unknown {
    const day = market.day(listing, now)
    const sinceMidnight = Math.max(1, now - Math.floor(now / days(1)) * days(1))
    const today = market.window(listing, now, sinceMidnight)
    const last = market.last(listing, now)
    const text = (ticks: number) => paddedText(ticks, listing.decimals, listing.decimals < 3 ? 5 : listing.decimals + 3)
    const lots = (units: number) => paddedText(units, listing.lotDecimals, 8)
    const close = last?.close ?? 0
    const spread = Math.max(1, Math.round(close * 0.00012))
    const both = (tell: (sum: Trades | null) => unknown) => [tell(today), tell(day)]
    return {
      a: [text(close + spread), '12', '12.000'],
      b: [text(Math.max(1, close - spread)), '9', '9.000'],
      c: [text(close), lots(last ? Math.max(1, Math.round(last.volume / last.count)) : 0)],
      v: both((sum) => lots(sum?.volume ?? 0)),
      p: both((sum) => text(sum ? vwap(listing, sum) : 0)),
      t: both((sum) => sum?.count ?? 0),
      l: both((sum) => text(sum?.low ?? close)),
      h: both((sum) => text(sum?.high ?? close)),
      o: text(today?.open ?? close),
    }
  }

  const routes: Record<string, (query: URLSearchParams, now: number) => unknown> = {
    Time: (_, now) => ({ unixtime: Math.floor(now / 1000), rfc1123: shortDate(now) }),
    SystemStatus: (_, now) => ({
      status: market.haltAt('kraken', now) ? 'maintenance' : 'online',
      timestamp: `${new Date(now).toISOString().slice(0, 19)}Z`,
    }),
    AssetPairs: (query, now) => Object.fromEntries(asked(query, now).map(([key, pair]) => [key, pairInfo(pair)])),
    Ticker: (query, now) =>
      Object.fromEntries(asked(query, now).map(([key, { listing }]) => [key, ticker(listing, now)])),
    OHLC: ohlc,
  }

  return function kraken(request) {
    const { pathname, searchParams } = new URL(request.url)
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    const refuse = (...error: string[]) => answer({ error }, { headers })
    const name = pathname.replace(/^\/0\/public\//, '')
    const route = pathname.startsWith('/0/public/') && Object.hasOwn(routes, name) ? routes[name]! : null
    if (!route) return refuse('EGeneral:Unknown method')
    if (limits && !bucket(now)) return refuse('EGeneral:Too many requests')
    // In a halt this venue is away altogether; its clock and its status page are not.
    if (market.haltAt('kraken', now) && name !== 'Time' && name !== 'SystemStatus')
      return refuse('EService:Unavailable')
    try {
      return answer({ error: [], result: route(searchParams, now) }, { headers })
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return refuse(refusal.message)
    }
  }
}

/** In ticks, held inside the bar against the rounding of doubles. */
function vwap({ decimals, lotDecimals }: Listing, { low, high, quote, volume }: Trades): number {
  const average = (quote / volume) * 10 ** (decimals + lotDecimals)
  return Math.max(low, Math.min(high, Math.round(average)))
}

/** Such as "Tue, 11 Nov 25 00:17:04 +0000": two digits for the year, a numeric zone. */
function shortDate(at: number): string {
  return new Date(at)
    .toUTCString()
    .replace(/ \d\d(\d\d) /, ' $1 ')
    .replace('GMT', '+0000')
}

function pairInfo({ listing, altname, wsname, base }: Pair): unknown {
  return {
    altname,
    wsname,
    aclass_base: 'currency',
    base,
    aclass_quote: 'currency',
    quote: 'ZUSD',
    lot: 'unit',
    cost_decimals: 5,
    pair_decimals: listing.decimals,
    lot_decimals: 8,
    lot_multiplier: 1,
    leverage_buy: [],
    leverage_sell: [],
    fees: [[0, 0.4]],
    fees_maker: [[0, 0.25]],
    fee_volume_currency: 'ZUSD',
    margin_call: 80,
    margin_stop: 40,
    ordermin: decimalText(1, listing.lotDecimals),
    costmin: '0.5',
    tick_size: decimalText(1, listing.decimals),
    status: 'online',
  }
}
