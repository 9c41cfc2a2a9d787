import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { binance, binanceFull, binanceLine, coinbase, coinbaseLine, coingecko, kraken, okx } from './manual-shapes.ts'

/** The shapes that the simulated vendors are held to, held to what the real ones have answered. */
const folder = process.env['EVALUATION_DIR']

const recorded: [string, z.ZodType][] = [
  ['binance/klines_BTCUSDT_1m.json', binance.klines],
  ['binance/ticker_price_BTCUSDT.json', binance.price],
  ['binance/ticker_24hr_full.json', binanceFull],
  ['binance/exchangeInfo_trimmed.json', binance.exchangeInfo],
  ['binance/error_invalid_symbol.json', binance.error],
  ['coinbase_exchange/products_BTC-USD_candles_3600.json', coinbase.candles],
  ['coinbase_exchange/products_BTC-USD_candles_60_page1.json', coinbase.candles],
  ['coinbase_exchange/products_BTC-USD_ticker.json', coinbase.ticker],
  ['coinbase_exchange/error_429_public_rate_limit.json', coinbase.error],
  ['kraken/public_OHLC.json', kraken.ohlc],
  ['kraken/public_Ticker_assetVersion1.json', kraken.ticker],
  ['kraken/public_AssetPairs.json', kraken.assetPairs],
  ['kraken/public_Time.json', kraken.time],
  ['okx/v5_market_candles.json', okx.candles],
  ['coingecko/oas_coins_markets.json', coingecko.markets],
  ['coingecko/oas_coins_list.json', coingecko.list],
  ['coingecko/oas_asset_platforms.json', coingecko.platforms],
  ['coingecko/oas_ping.json', coingecko.ping],
  ['coingecko/oas_simple_price.json', coingecko.simple],
  ['coingecko/error_401_time_range.json', coingecko.nested],
  ['coingecko/error_429.json', coingecko.coded],
  ['binance/ws_kline.json', binanceLine.kline],
  ['binance/ws_miniTicker.json', binanceLine.mini],
  ['coinbase_advanced/ws_market_trades.json', coinbaseLine.trades],
  ['coinbase_advanced/ws_heartbeats.json', coinbaseLine.heartbeat],
  ['coinbase_advanced/ws_subscriptions.json', coinbaseLine.subscriptions],
]

describe.skipIf(folder === undefined)(
  'recorded answers (skipped unless EVALUATION_DIR names the folder that holds them)',
  () => {
    it.each(recorded)('%s has the shape that the simulated vendor is held to', (file, shape) => {
      const body: unknown = JSON.parse(readFileSync(`${folder}/fixtures/${file}`, 'utf8'))
      expect(shape.safeParse(body).error).toBeUndefined()
    })

    it('rows of Kraken too', () => {
      const body = kraken.ohlc.parse(JSON.parse(readFileSync(`${folder}/fixtures/kraken/public_OHLC.json`, 'utf8')))
      expect(kraken.rows.safeParse(body.result['XBTUSDT']).error).toBeUndefined()
    })
  },
)
