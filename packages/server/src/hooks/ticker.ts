import { Failure } from '@pumpiq/domain'

const dollars = ['USDT', 'USDC', 'FDUSD', 'TUSD', 'BUSD', 'USD', 'DAI']

/** The coin in a chart's own word for a market, such as BINANCE:BTCUSDT.P: what stands before the dollars it is priced in. */
export function coinOf(ticker: string): string {
  const market = ticker.toUpperCase().split(':').at(-1)!.replace(/\.P$/, '').replace(/[-/_]/g, '')
  const quote = dollars.find((one) => market.endsWith(one) && market.length > one.length)
  if (quote) return market.slice(0, -quote.length)
  // A pair of two coins says nothing of dollars; a lone coin is taken as it is.
  if (/^[A-Z0-9]{1,6}$/.test(market)) return market
  throw new Failure(
    'invalid',
    `ticker must be a market in dollars such as BINANCE:BTCUSDT, not ${JSON.stringify(ticker)}; or give token instead`,
  )
}
