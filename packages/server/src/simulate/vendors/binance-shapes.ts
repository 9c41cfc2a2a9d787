import { days } from '@pumpiq/domain'
import type { Listing } from '../book.ts'
import { paddedText } from '../decimals.ts'
import type { Candle, Market } from '../market.ts'

/** The bodies of Binance's answers, key by key as in rest-api.md. */

export const weightPerMinute = 6_000

export const rateLimits = [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: weightPerMinute },
  { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 100 },
  { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, limit: 200_000 },
  { rateLimitType: 'RAW_REQUESTS', interval: 'MINUTE', intervalNum: 5, limit: 61_000 },
] as const

/** Prices and amounts are texts of eight decimals at least. */
export const price = ({ decimals }: Listing, ticks: number): string => paddedText(ticks, decimals, 8)
const amount = ({ lotDecimals }: Listing, lots: number): string => paddedText(lots, lotDecimals, 8)

export function kline(
  listing: Listing,
  { openAt, endAt, open, high, low, close, volume, quote, count }: Candle,
): unknown[] {
  // Takers buy a little more when the price rises; which part is not modelled further.
  const taker = close >= open ? 0.53 : 0.47
  const text = (ticks: number) => price(listing, ticks)
  return [
    openAt,
    text(open),
    text(high),
    text(low),
    text(close),
    amount(listing, volume),
    endAt - 1,
    quote.toFixed(8),
    count,
    amount(listing, Math.round(volume * taker)),
    (quote * taker).toFixed(8),
    '0',
  ]
}

export function symbolInfo(symbol: string, listing: Listing, status: string, withPermissions: boolean): unknown {
  const trading = status === 'TRADING'
  return {
    symbol,
    status,
    baseAsset: listing.token.symbol,
    baseAssetPrecision: 8,
    quoteAsset: 'USDT',
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT', 'TAKE_PROFIT_LIMIT'],
    icebergAllowed: true,
    ocoAllowed: true,
    otoAllowed: true,
    opoAllowed: true,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: true,
    cancelReplaceAllowed: true,
    amendAllowed: true,
    pegInstructionsAllowed: true,
    isSpotTradingAllowed: trading,
    isMarginTradingAllowed: false,
    filters: [
      {
        filterType: 'PRICE_FILTER',
        minPrice: price(listing, 1),
        maxPrice: '1000000.00000000',
        tickSize: price(listing, 1),
      },
      {
        filterType: 'LOT_SIZE',
        minQty: amount(listing, 1),
        maxQty: '900000000000.00000000',
        stepSize: amount(listing, 1),
      },
      {
        filterType: 'NOTIONAL',
        minNotional: '5.00000000',
        applyMinToMarket: true,
        maxNotional: '9000000.00000000',
        applyMaxToMarket: false,
        avgPriceMins: 5,
      },
    ],
    permissions: [],
    permissionSets: withPermissions ? [['SPOT']] : [],
    defaultSelfTradePreventionMode: 'EXPIRE_MAKER',
    allowedSelfTradePreventionModes: ['EXPIRE_TAKER', 'EXPIRE_MAKER', 'EXPIRE_BOTH'],
  }
}

type DayAsk = { market: Market; listing: Listing; symbol: string; now: number; mini: boolean }

/** The rolling 24 hours, full or mini. */
export function dayTicker({ market, listing, symbol, now, mini }: DayAsk): unknown {
  const sum = market.day(listing, now)
  const last = market.last(listing, now)?.close ?? 0
  const { open, high, low, volume, quote, count } = sum ?? { open: 0, high: 0, low: 0, volume: 0, quote: 0, count: 0 }
  const change = sum ? last - open : 0
  const text = (ticks: number) => price(listing, ticks)
  const lastId = Math.floor(now / 100)
  const ids = sum ? { firstId: lastId - count + 1, lastId, count } : { firstId: -1, lastId: -1, count: 0 }
  const end = {
    openPrice: text(open),
    highPrice: text(high),
    lowPrice: text(low),
    lastPrice: text(sum ? last : 0),
    volume: amount(listing, volume),
    quoteVolume: quote.toFixed(8),
    openTime: now - days(1),
    closeTime: now,
    ...ids,
  }
  if (mini) return { symbol, ...end }
  const before = market.last(listing, now - days(1))?.close ?? open
  const spread = Math.max(1, Math.round(last * 0.0001))
  const average = volume > 0 ? quote / Number(amount(listing, volume)) : 0
  return {
    symbol,
    priceChange: change < 0 ? `-${text(-change)}` : text(change),
    priceChangePercent: (open > 0 ? (100 * change) / open : 0).toFixed(3),
    weightedAvgPrice: text(Math.round(average * 10 ** listing.decimals)),
    prevClosePrice: text(before),
    lastQty: amount(listing, Math.max(1, Math.round(volume / Math.max(1, count)))),
    bidPrice: text(Math.max(1, last - spread)),
    bidQty: amount(listing, 100),
    askPrice: text(last + spread),
    askQty: amount(listing, 100),
    ...end,
  }
}
