import { expect, it } from 'vitest'
import { coinOf } from './ticker.ts'

it.each([
  ['BTCUSDT', 'BTC'],
  ['BINANCE:BTCUSDT.P', 'BTC'],
  ['COINBASE:ETH-USD', 'ETH'],
  ['solusdc', 'SOL'],
  ['KRAKEN:XRP/USD', 'XRP'],
  ['1000PEPEUSDT', '1000PEPE'],
  ['BTC', 'BTC'],
  ['USDT', 'USDT'],
])('%s is %s', (ticker, coin) => expect(coinOf(ticker)).toBe(coin))

it.each(['ETHUSDTBTCETH', 'CRYPTOCAP:TOTAL.D', 'B TC', 'ВТС', ''])('%s is no market in dollars', (ticker) => {
  expect(() => coinOf(ticker)).toThrow(/ticker must be a market in dollars such as BINANCE:BTCUSDT/)
})
