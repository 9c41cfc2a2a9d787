import { days, hours, minutes, round, seconds, toIso } from '@pumpiq/domain'
import { answer, createBucket, wholeNumber, type Vendor, type VendorNeeds } from './answer.ts'
import { createQuotes, type Quote } from './coingecko-quotes.ts'
import { assetPlatforms } from './coingecko-platforms.ts'

/** CoinGecko API v3 without a key: docs.coingecko.com. */

/** What is told is renewed this often. */
const renewedMs = seconds(60)
const currencies = ['usd']
const changeWindows: Record<string, number> = {
  '1h': hours(1),
  '24h': days(1),
  '7d': days(7),
  '14d': days(14),
  '30d': days(30),
  '200d': days(200),
  '1y': days(365),
}

/** A refusal in one of the vendor's three envelopes. */
class Refusal extends Error {
  readonly status: number
  readonly body: unknown
  constructor(status: number, body: unknown) {
    super(JSON.stringify(body))
    this.status = status
    this.body = body
  }
}
const told = (status: number, error: string) => new Refusal(status, { error })
const coded = (status: number, code: number, message: string) =>
  new Refusal(status, { status: { error_code: code, error_message: message } })
const nested = (status: number, code: number, message: string, at: number) =>
  new Refusal(status, {
    error: { status: { timestamp: toIso(at).replace('Z', '+00:00'), error_code: code, error_message: message } },
  })

export function createCoingecko({ market, clock, limits }: VendorNeeds): Vendor {
  const quotes = createQuotes(market)
  const bucket = createBucket({ size: 10, perMs: 10 / minutes(1) })

  function currency(query: URLSearchParams, name: string): void {
    const text = query.get(name)
    if (!text) throw told(422, `Missing parameter ${name}`)
    const unknown = text.split(',').find((one) => !currencies.includes(one.toLowerCase()))
    if (unknown !== undefined) throw told(400, `invalid ${name}`)
  }

  function markets(query: URLSearchParams, at: number): unknown {
    currency(query, 'vs_currency')
    const perPage = wholeNumber(query, 'per_page') ?? 100
    const page = wholeNumber(query, 'page') ?? 1
    if (!(perPage >= 1 && page >= 1)) throw told(422, 'Invalid value for per_page or page')
    const size = Math.min(250, perPage)
    const ids = query.get('ids')?.split(',')
    const symbols = query.get('symbols')?.toLowerCase().split(',')
    const category = query.get('category')
    const asked = quotes.ranked(at).filter(({ token }) => {
      const isAsked = (!ids || ids.includes(token.key)) && (!symbols || symbols.includes(token.symbol.toLowerCase()))
      return isAsked && (category === null || category === token.category)
    })
    const windows = (query.get('price_change_percentage') ?? '').split(',').filter((name) => name in changeWindows)
    return asked.slice((page - 1) * size, page * size).map((quote) => ({
      ...marketRow(quote, at),
      ...(query.get('sparkline') === 'true' && { sparkline_in_7d: { price: quotes.sparkline(quote.token, at) } }),
      ...Object.fromEntries(
        windows.map((name) => [
          `price_change_percentage_${name}_in_currency`,
          quotes.changePct(quote.token, at, changeWindows[name]!),
        ]),
      ),
    }))
  }

  function simplePrice(query: URLSearchParams, at: number): unknown {
    currency(query, 'vs_currencies')
    const ids = query.get('ids')?.split(',')
    const symbols = query.get('symbols')?.toLowerCase().split(',')
    if (!ids && !symbols) throw told(422, 'Missing parameter ids')
    const wants = (name: string) => query.get(name) === 'true'
    const asked = quotes
      .ranked(at)
      .filter(({ token }) => (ids ? ids.includes(token.key) : symbols!.includes(token.symbol.toLowerCase())))
    return Object.fromEntries(
      asked.map((quote) => [
        ids ? quote.token.key : quote.token.symbol.toLowerCase(),
        {
          usd: quote.priceUsd,
          ...(wants('include_market_cap') && { usd_market_cap: quote.marketCapUsd ?? 0 }),
          ...(wants('include_24hr_vol') && { usd_24h_vol: quote.volumeUsd }),
          ...(wants('include_24hr_change') && { usd_24h_change: quote.changePct }),
          ...(wants('include_last_updated_at') && { last_updated_at: at / 1000 }),
        },
      ]),
    )
  }

  function marketChart(key: string, query: URLSearchParams, at: number): unknown {
    const token = quotes.listed(at).find((one) => one.key === key)
    if (!token) throw told(404, 'coin not found')
    currency(query, 'vs_currency')
    const span = Number(query.get('days'))
    if (query.get('days') === 'max' || span > 365) {
      const range = 'Public API users are limited to querying historical data within the past 365 days.'
      throw nested(401, 10012, `Your request exceeds the allowed time range. ${range}`, clock.now())
    }
    if (!(span >= 1)) throw told(422, 'Invalid days parameter')
    const stepMs = span <= 1 ? minutes(5) : span <= 90 ? hours(1) : days(1)
    return quotes.chart(token, at, days(span), stepMs)
  }

  const routes: Record<string, (query: URLSearchParams, at: number) => unknown> = {
    ping: () => ({ gecko_says: '(V3) To the Moon!' }),
    'simple/price': simplePrice,
    'simple/supported_vs_currencies': () => currencies,
    'coins/list': (query, at) =>
      quotes
        .listed(at)
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ key, symbol, name, platforms }) => ({
          id: key,
          symbol: symbol.toLowerCase(),
          name,
          ...(query.get('include_platform') === 'true' && { platforms }),
        })),
    'coins/markets': markets,
    asset_platforms: () => assetPlatforms,
  }

  function tell(pathname: string, query: URLSearchParams, at: number): unknown {
    const name = pathname.replace(/^\/api\/v3\//, '')
    const chart = /^coins\/([^/]+)\/market_chart$/.exec(name)
    if (chart) return marketChart(chart[1]!, query, at)
    if (!pathname.startsWith('/api/v3/') || !Object.hasOwn(routes, name)) {
      throw told(404, 'Incorrect path. Please check https://www.coingecko.com/api/')
    }
    return routes[name]!(query, at)
  }

  return function coingecko(request) {
    const { pathname, searchParams } = new URL(request.url)
    const now = clock.now()
    const date = new Date(now).toUTCString()
    try {
      if (request.headers.has('x-cg-pro-api-key')) {
        throw coded(400, 10010, 'A pro key belongs to pro-api.coingecko.com: change the root URL.')
      }
      if (limits && !bucket(now))
        throw coded(429, 429, "You've exceeded the Rate Limit. Please visit https://www.coingecko.com/en/api/pricing.")
      const body = tell(pathname, searchParams, Math.floor(now / renewedMs) * renewedMs)
      return answer(body, { headers: { date, 'cache-control': 'max-age=30, public, must-revalidate, s-maxage=60' } })
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      const headers = { date, ...(refusal.status === 429 && { 'retry-after': '60' }) }
      return answer(refusal.body, { status: refusal.status, headers })
    }
  }
}

/** A coin's row; what is unknown is null, as in the manual. */
function marketRow({ token, rank, marketCapUsd: cap, ...quote }: Quote, at: number): Record<string, unknown> {
  const { supply } = token
  const capChange = cap === null ? null : round((cap * quote.changePct) / (100 + quote.changePct), 2)
  return {
    id: token.key,
    symbol: token.symbol.toLowerCase(),
    name: token.name,
    image: `https://coin-images.coingecko.com/coins/images/0/large/${token.key}.png`,
    current_price: quote.priceUsd,
    market_cap: cap ?? 0,
    market_cap_rank: rank,
    fully_diluted_valuation: supply.total === null ? null : Math.round(quote.priceUsd * (supply.max ?? supply.total)),
    total_volume: Math.round(quote.volumeUsd),
    high_24h: quote.highUsd,
    low_24h: quote.lowUsd,
    price_change_24h: quote.changeUsd,
    price_change_percentage_24h: round(quote.changePct, 5),
    market_cap_change_24h: capChange,
    market_cap_change_percentage_24h: cap === null ? null : round(quote.changePct, 5),
    circulating_supply: supply.circulating ?? 0,
    total_supply: supply.total,
    max_supply: supply.max,
    ath: quote.ath.priceUsd,
    ath_change_percentage: round(100 * (quote.priceUsd / quote.ath.priceUsd - 1), 5),
    ath_date: toIso(quote.ath.at),
    atl: quote.atl.priceUsd,
    atl_change_percentage: round(100 * (quote.priceUsd / quote.atl.priceUsd - 1), 5),
    atl_date: toIso(quote.atl.at),
    roi: null,
    last_updated: toIso(at),
  }
}
