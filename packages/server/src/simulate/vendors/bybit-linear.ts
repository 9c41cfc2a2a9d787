import { days, hours, minutes } from '@pumpiq/domain'
import { createFutures } from '../futures.ts'
import type { Market } from '../market.ts'
import type { SimToken } from '../universe.ts'
import { wholeNumber } from './answer.ts'

const settledEveryMs = hours(8)
/** What of the open contracts is open here. */
const openShare = 0.4
/** Coins below this price come by the thousand. */
const tinyUsd = 0.001
const periods: Readonly<Record<string, number>> = {
  '5min': minutes(5),
  '15min': minutes(15),
  '30min': minutes(30),
  '1h': hours(1),
  '4h': hours(4),
  '1d': days(1),
}
const usualRows = 50
const mostRows = { 'open-interest': 200, 'account-ratio': 500 }

type Contract = { symbol: string; token: SimToken; coins: number }
/** What a route tells; null where there is no such contract or period. */
type Tell = (query: URLSearchParams, now: number) => unknown

/** Bybit's perpetuals against USDT: all values are texts, and lists come newest first. */
export function createBybitLinear(market: Market): Record<string, Tell> {
  const futures = createFutures(market)
  const contracts = market.listingsOn('bybit').flatMap(({ token }): Contract[] => {
    if (token.category !== null) return []
    const coins = token.anchorUsd < tinyUsd ? 1_000 : 1
    return [{ symbol: `${coins === 1 ? '' : coins}${token.symbol}USDT`, token, coins }]
  })
  const asked = (query: URLSearchParams, now: number) =>
    contracts.filter(
      ({ symbol, token }) => futures.isTraded(token, now) && (!query.has('symbol') || symbol === query.get('symbol')),
    )
  const openOf = ({ token, coins }: Contract, at: number) => (openShare * futures.openCoins(token, at)) / coins

  function ticker(contract: Contract, now: number) {
    const { symbol, token, coins } = contract
    const index = coins * futures.priceUsd(token, now)!
    const mark = index * (1 + futures.basisRatio(token, now))
    const open = openOf(contract, now)
    return {
      symbol,
      lastPrice: text(mark),
      indexPrice: text(index),
      markPrice: text(mark),
      openInterest: text(2 * open),
      openInterestValue: text(2 * open * mark),
      singleOpenInterest: text(open),
      singleOpenInterestValue: text(open * mark),
      fundingRate: futures.fundingRatio(token, now).toFixed(8),
      nextFundingTime: String(Math.ceil((now + 1) / settledEveryMs) * settledEveryMs),
      fundingIntervalHour: '8',
      basisRateYear: '',
    }
  }

  /** The ends of periods of the one contract that is asked for, the newest first. */
  function history(query: URLSearchParams, now: number, name: keyof typeof mostRows, period: string) {
    const [contract] = query.has('symbol') ? asked(query, now) : []
    const lengthMs = periods[query.get(period) ?? '']
    if (!contract || lengthMs === undefined) return null
    const rows = Math.min(mostRows[name], wholeNumber(query, 'limit') || usualRows)
    const last = now - (now % lengthMs)
    const all = Array.from({ length: rows }, (_, back) => last - back * lengthMs)
    return { contract, ends: all.filter((at) => futures.isTraded(contract.token, at)) }
  }

  return {
    tickers(query, now) {
      const found = asked(query, now)
      return found.length === 0 ? null : { category: 'linear', list: found.map((one) => ticker(one, now)) }
    },
    'open-interest': (query, now) => {
      const found = history(query, now, 'open-interest', 'intervalTime')
      if (!found) return null
      const list = found.ends.map((at) => {
        const open = openOf(found.contract, at)
        return { openInterest: text(2 * open), singleOpenInterest: text(open), timestamp: String(at) }
      })
      return { symbol: found.contract.symbol, category: 'linear', list, nextPageCursor: '' }
    },
    'account-ratio': (query, now) => {
      const found = history(query, now, 'account-ratio', 'period')
      if (!found) return null
      const { symbol, token } = found.contract
      const list = found.ends.map((at) => {
        const ratio = futures.longShortRatio(token, at)
        const [buyRatio, sellRatio] = [ratio, 1].map((side) => (side / (1 + ratio)).toFixed(4))
        return { symbol, buyRatio, sellRatio, timestamp: String(at) }
      })
      return { list, nextPageCursor: '' }
    },
  }
}

/** Without exponent and needless zeros. */
const text = (value: number): string => value.toFixed(12).replace(/\.?0+$/, '')
