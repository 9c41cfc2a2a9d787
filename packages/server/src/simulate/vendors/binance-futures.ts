import { days, hours, minutes } from '@pumpiq/domain'
import { createFutures } from '../futures.ts'
import type { SimToken } from '../universe.ts'
import { answer, createBucket, wholeNumber, type Vendor, type VendorNeeds } from './answer.ts'

/** Binance's USD-M futures: developers.binance.com/docs/derivatives/usds-margined-futures. */

const settledEveryMs = hours(8)
const periods: Readonly<Record<string, number>> = {
  '5m': minutes(5),
  '15m': minutes(15),
  '30m': minutes(30),
  '1h': hours(1),
  '2h': hours(2),
  '4h': hours(4),
  '6h': hours(6),
  '12h': hours(12),
  '1d': days(1),
}
/** Statistics are kept so long. */
const keptMs = days(30)
const rowsAtMost = 500
const usualRows = 30
/** Coins below this price come by the thousand. */
const tinyUsd = 0.001

class Refusal extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

type Contract = { symbol: string; token: SimToken; coins: number }

export function createBinanceFutures({ market, clock, limits }: VendorNeeds): Vendor {
  const futures = createFutures(market)
  const bucket = createBucket({ size: 1_000, perMs: 1_000 / minutes(5) })
  const contracts = new Map<string, Contract>()
  for (const { token } of market.listingsOn('binance')) {
    if (token.category !== null) continue
    const coins = token.anchorUsd < tinyUsd ? 1_000 : 1
    const symbol = `${coins === 1 ? '' : coins}${token.symbol}USDT`
    contracts.set(symbol, { symbol, token, coins })
  }
  const isListed = ({ token }: Contract, at: number) => futures.isTraded(token, at)

  function known(query: URLSearchParams, now: number): Contract {
    const symbol = query.get('symbol')
    if (!symbol) throw new Refusal(-1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.")
    const contract = contracts.get(symbol)
    if (!contract || !isListed(contract, now)) throw new Refusal(-1121, 'Invalid symbol.')
    return contract
  }

  function premium({ symbol, token, coins }: Contract, now: number) {
    const index = coins * futures.priceUsd(token, now)!
    const mark = index * (1 + futures.basisRatio(token, now))
    return {
      symbol,
      markPrice: text(mark),
      indexPrice: text(index),
      estimatedSettlePrice: text(index),
      lastFundingRate: futures.fundingRatio(token, now).toFixed(8),
      interestRate: '0.00010000',
      nextFundingTime: Math.ceil((now + 1) / settledEveryMs) * settledEveryMs,
      time: now,
    }
  }

  /** The ends of the newest periods, oldest first. */
  function ends(query: URLSearchParams, now: number): number[] {
    const lengthMs = periods[query.get('period') ?? '']
    if (lengthMs === undefined) throw new Refusal(-1130, "Data sent for parameter 'period' is not valid.")
    const limit = wholeNumber(query, 'limit') ?? usualRows
    if (!(limit >= 1 && limit <= rowsAtMost)) throw new Refusal(-1130, "Data sent for parameter 'limit' is not valid.")
    const last = now - (now % lengthMs)
    const all = Array.from({ length: limit }, (_, back) => last - back * lengthMs)
    return all.filter((at) => at > now - keptMs).toReversed()
  }
  /** One row for each period of a contract that was traded at its end. */
  const rows = <Row>(query: URLSearchParams, now: number, row: (contract: Contract, at: number) => Row): Row[] => {
    const contract = known(query, now)
    return ends(query, now)
      .filter((at) => isListed(contract, at))
      .map((at) => row(contract, at))
  }

  const interest = ({ token, coins }: Contract, at: number) => futures.openCoins(token, at) / coins
  const routes: Record<string, (query: URLSearchParams, now: number) => unknown> = {
    '/fapi/v1/premiumIndex': (query, now) =>
      query.has('symbol')
        ? premium(known(query, now), now)
        : [...contracts.values()].filter((one) => isListed(one, now)).map((one) => premium(one, now)),
    // Every contract here has the usual interval and limits.
    '/fapi/v1/fundingInfo': () => [],
    '/fapi/v1/openInterest': (query, now) => {
      const contract = known(query, now)
      return { openInterest: interest(contract, now).toFixed(3), symbol: contract.symbol, time: now }
    },
    '/futures/data/openInterestHist': (query, now) =>
      rows(query, now, (contract, at) => ({
        symbol: contract.symbol,
        sumOpenInterest: interest(contract, at).toFixed(8),
        sumOpenInterestValue: text(futures.openCoins(contract.token, at) * futures.priceUsd(contract.token, at)!),
        CMCCirculatingSupply: text(contract.token.supply.circulating ?? 0),
        timestamp: at,
      })),
    '/futures/data/globalLongShortAccountRatio': (query, now) =>
      rows(query, now, ({ symbol, token }, at) => {
        const ratio = futures.longShortRatio(token, at)
        const longAccount = (ratio / (1 + ratio)).toFixed(4)
        const shortAccount = (1 / (1 + ratio)).toFixed(4)
        return { symbol, longAccount, longShortRatio: ratio.toFixed(4), shortAccount, timestamp: at }
      }),
    '/futures/data/takerlongshortRatio': (query, now) =>
      rows(query, now, (contract, at) => {
        const ratio = futures.takerRatio(contract.token, at)
        const sold = interest(contract, at) / 20
        return {
          buySellRatio: ratio.toFixed(4),
          sellVol: sold.toFixed(4),
          buyVol: (ratio * sold).toFixed(4),
          timestamp: at,
        }
      }),
  }

  return function binanceFutures(request) {
    const { pathname, searchParams } = new URL(request.url)
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    const route = Object.hasOwn(routes, pathname) ? routes[pathname]! : null
    if (!route) return answer({ code: -5000, msg: 'Path is not valid' }, { status: 404, headers })
    if (limits && !bucket(now))
      return answer(
        { code: -1003, msg: 'Too many requests.' },
        { status: 429, headers: { ...headers, 'retry-after': '60' } },
      )
    try {
      return answer(route(searchParams, now), { headers })
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return answer({ code: refusal.code, msg: refusal.message }, { status: 400, headers })
    }
  }
}

const text = (value: number): string => value.toFixed(8)
