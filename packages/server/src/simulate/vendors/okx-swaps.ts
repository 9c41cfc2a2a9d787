import { hours, minutes } from '@pumpiq/domain'
import { createFutures } from '../futures.ts'
import type { Market } from '../market.ts'

const settledEveryMs = hours(8)
/** What of the open contracts is open here. */
const openShare = 0.3
/** The period of ratios that is kept here, and how many of it one answer has. */
const ratio = { period: '5m', lengthMs: minutes(5), rows: 100 }

/** What a route tells; null where there is no such instrument. */
type Tell = (query: URLSearchParams, now: number) => unknown[] | null

/** OKX's perpetuals against USDT: all values are texts, and lists come newest first. */
export function createOkxSwaps(market: Market): Record<string, Tell> {
  const futures = createFutures(market)
  const tokens = market.listingsOn('okx').flatMap(({ token }) => (token.category === null ? [token] : []))

  /** The coins of which the query asks, by the name of their pair or their perpetual. */
  function asked(query: URLSearchParams, now: number, ending: string) {
    const id = query.get('instId')
    const found = tokens
      .filter((token) => futures.isTraded(token, now))
      .map((token) => ({ token, instId: `${token.symbol}${ending}` }))
      .filter(({ instId }) => id === null || instId === id)
    return found.length === 0 ? null : found
  }
  const swaps = (query: URLSearchParams, now: number) =>
    query.get('instType') === 'SWAP' || query.has('instId') ? asked(query, now, '-USDT-SWAP') : null

  return {
    'market/index-tickers': (query, now) =>
      asked(query, now, '-USDT')?.map(({ token, instId }) => ({
        instId,
        idxPx: text(futures.priceUsd(token, now)!),
        open24h: text(futures.priceUsd(token, now - hours(24)) ?? futures.priceUsd(token, now)!),
        ts: String(now),
      })) ?? null,
    'public/mark-price': (query, now) =>
      swaps(query, now)?.map(({ token, instId }) => ({
        instType: 'SWAP',
        instId,
        markPx: text(futures.priceUsd(token, now)! * (1 + futures.basisRatio(token, now))),
        ts: String(now),
      })) ?? null,
    'public/funding-rate': (query, now) => {
      const settledAt = Math.ceil((now + 1) / settledEveryMs) * settledEveryMs
      const found = query.has('instId') ? swaps(query, now) : null
      return (
        found?.map(({ token, instId }) => ({
          instId,
          instType: 'SWAP',
          method: 'current_period',
          formulaType: 'withRate',
          fundingRate: futures.fundingRatio(token, now).toFixed(16),
          nextFundingRate: '',
          fundingTime: String(settledAt),
          nextFundingTime: String(settledAt + settledEveryMs),
          prevFundingTime: String(settledAt - settledEveryMs),
          settState: 'settled',
          ts: String(now),
        })) ?? null
      )
    },
    'public/open-interest': (query, now) =>
      swaps(query, now)?.map(({ token, instId }) => {
        const coins = openShare * futures.openCoins(token, now)
        const oiUsd = (coins * futures.priceUsd(token, now)!).toFixed(4)
        return { instType: 'SWAP', instId, oi: coins.toFixed(2), oiCcy: coins.toFixed(4), oiUsd, ts: String(now) }
      }) ?? null,
    'rubik/stat/contracts/long-short-account-ratio-contract': (query, now) => {
      const [found] = query.get('period') === ratio.period ? (swaps(query, now) ?? []) : []
      const last = now - (now % ratio.lengthMs)
      if (!found) return null
      return Array.from({ length: ratio.rows }, (_, back) => {
        const at = last - back * ratio.lengthMs
        return [String(at), futures.longShortRatio(found.token, at).toFixed(16)]
      })
    },
  }
}

/** Without exponent and needless zeros. */
const text = (value: number): string => value.toFixed(18).replace(/\.?0+$/, '')
