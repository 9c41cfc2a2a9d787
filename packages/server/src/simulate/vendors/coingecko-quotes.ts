import { days, hours } from '@pumpiq/domain'
import { decimalNumber } from '../decimals.ts'
import { everyMs, type Extreme, type Market } from '../market.ts'
import { createRecent } from '../recent.ts'
import type { SimToken } from '../universe.ts'

/** What an aggregator says of a token at an instant; money in USD, `changePct` of the last 24 hours. */
export type Quote = {
  token: SimToken
  priceUsd: number
  highUsd: number
  lowUsd: number
  changeUsd: number
  changePct: number
  volumeUsd: number
  marketCapUsd: number | null
  /** By market cap, from 1; null where the supply is unknown. */
  rank: number | null
  ath: Extreme
  atl: Extreme
}

export function createQuotes(market: Market) {
  const recent = createRecent<Quote[]>(4)
  const listingOf = (token: SimToken) => market.listing('composite', token)!
  const usd = (token: SimToken, ticks: number) => Number(decimalNumber(ticks, listingOf(token).decimals).toPrecision(9))

  function priceAt(token: SimToken, at: number): number | null {
    const last = at < token.listedAt ? null : market.last(listingOf(token), at)
    return last && usd(token, last.close)
  }

  function quote(token: SimToken, at: number): Quote {
    const listing = listingOf(token)
    const day = market.day(listing, at)!
    const priceUsd = usd(token, day.close)
    const before = usd(token, day.open)
    const [highUsd, lowUsd] = [usd(token, day.high), usd(token, day.low)]
    const { circulating } = token.supply
    return {
      token,
      priceUsd,
      highUsd,
      lowUsd,
      changeUsd: priceUsd - before,
      changePct: 100 * (priceUsd / before - 1),
      volumeUsd: day.quote,
      marketCapUsd: circulating === null ? null : Math.round(circulating * priceUsd),
      rank: null,
      ...extremes(token, at, { priceUsd: highUsd, at }, { priceUsd: lowUsd, at }),
    }
  }

  /** Since listing by daily closes, and the day that runs. */
  function extremes(token: SimToken, at: number, high: Extreme, low: Extreme): { ath: Extreme; atl: Extreme } {
    const before = market.extremes(token, at)
    const told = (extreme: Extreme) => ({ ...extreme, priceUsd: Number(extreme.priceUsd.toPrecision(9)) })
    return {
      ath: before && before.high.priceUsd > high.priceUsd ? told(before.high) : high,
      atl: before && before.low.priceUsd < low.priceUsd ? told(before.low) : low,
    }
  }

  const listed = (at: number): SimToken[] =>
    market.tokens.filter(({ listedAt, delistedAt }) => at >= listedAt && (delistedAt === null || at < delistedAt))

  return {
    listed,
    /** What is listed at the instant, by market cap, those of unknown cap last; kept for the next asker of the instant. */
    ranked: (at: number): Quote[] =>
      recent(at, () => {
        const order = listed(at)
          .map((token) => quote(token, at))
          .toSorted((a, b) => (b.marketCapUsd ?? -1) - (a.marketCapUsd ?? -1))
        return order.map((one, i) => ({ ...one, rank: one.marketCapUsd === null ? null : i + 1 }))
      }),
    /** Percent since so long ago; null when it did not trade then. */
    changePct(token: SimToken, at: number, lengthMs: number): number | null {
      const [now, before] = [priceAt(token, at), priceAt(token, at - lengthMs)]
      return now === null || before === null ? null : 100 * (now / before - 1)
    },
    /** The hourly closes of seven days, oldest first. */
    sparkline: (token: SimToken, at: number): number[] =>
      market
        .candles({
          listing: listingOf(token),
          frame: everyMs(hours(1)),
          now: at,
          from: at - days(7),
          limit: 168,
          fill: 'never',
        })
        .map(({ close }) => usd(token, close)),
    /** Points [epoch ms, number], oldest first; the last is the instant itself. */
    chart(token: SimToken, at: number, spanMs: number, stepMs: number) {
      const listing = listingOf(token)
      const candles = market.candles({
        listing,
        frame: everyMs(stepMs),
        now: at,
        from: at - spanMs,
        limit: Infinity,
        fill: 'never',
      })
      const supply = token.supply.circulating ?? 0
      const point = ({ endAt }: { endAt: number }) => Math.min(endAt, at)
      return {
        prices: candles.map((candle) => [point(candle), usd(token, candle.close)]),
        market_caps: candles.map((candle) => [point(candle), usd(token, candle.close) * supply]),
        total_volumes: candles.map((candle) => [point(candle), market.day(listing, point(candle))?.quote ?? 0]),
      }
    },
  }
}
