import { days, hours, minutes } from '@pumpiq/domain'
import { createBook, type Listing } from './book.ts'
import { createCalendar } from './calendar.ts'
import { createChain } from './chain.ts'
import { createPath } from './path.ts'
import type { Trades } from './trades.ts'
import { epochAt, tokens, venues, type Place, type SimToken, type Venue } from './universe.ts'

/** How time is cut into candles. */
export type Frame = { startOf(at: number): number; next(openAt: number): number }

/** Candles of one length, counted from an origin (epoch 0 unless said). */
export function everyMs(lengthMs: number, originAt = 0): Frame {
  return {
    startOf: (at) => Math.floor((at - originAt) / lengthMs) * lengthMs + originAt,
    next: (openAt) => openAt + lengthMs,
  }
}
/** Calendar months, UTC. */
export const everyMonth: Frame = {
  startOf: (at) => Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth()),
  next: (openAt) => Date.UTC(new Date(openAt).getUTCFullYear(), new Date(openAt).getUTCMonth() + 1),
}
/** Weeks from Monday; 2000-01-03 was one. */
export const everyWeek: Frame = everyMs(days(7), Date.UTC(2000, 0, 3))

export type Candle = Trades & {
  /** Whether it had ended at the instant of asking. */
  closed: boolean
}

export type Extreme = { priceUsd: number; at: number }

export type CandlesAsk = {
  listing: Listing
  frame: Frame
  /** The instant of asking: the candle that contains it is partial, later ones are not there. */
  now: number
  /** Open times, both included. Without `from` the newest are given. */
  from?: number
  to?: number
  limit: number
  /** Whether a candle without trades is given as a flat one: always, only while the venue runs (`quiet`), or not at all. */
  fill: 'always' | 'quiet' | 'never'
}

/**
 * A market that exists at every instant: all it says is a pure function of the seed, the token, the venue and the time, so that
 * nothing is stored and any two askers agree. Every figure is invented: whoever shows it says SIMULATED.
 */
export function createMarket({ seed }: { seed: number }) {
  const chain = createChain(seed)
  const calendar = createCalendar({ seed, chain })
  const paths = createPath({ seed, chain, calendar })
  const book = createBook({ seed, paths, calendar })

  const listings = new Map<string, Listing>()
  tokens.forEach((token, index) => {
    const { decimals, lotDecimals } = token
    for (const venue of venues) {
      const share = token.venues[venue]
      if (share === undefined) continue
      const own = token.venueDecimals[venue] ?? decimals
      listings.set(`${venue} ${token.key}`, { venue, token, index, decimals: own, lotDecimals, share })
    }
    listings.set(`composite ${token.key}`, {
      venue: 'composite',
      token,
      index,
      decimals: decimals + 2,
      lotDecimals,
      share: 1,
    })
  })

  function candle(ask: CandlesAsk, openAt: number): Candle | null {
    const { listing, frame, now, fill } = ask
    const endAt = frame.next(openAt)
    // A candle that begins at this very instant has its first trade already.
    const upTo = Math.min(endAt, Math.max(now, openAt + 1))
    const sum = book.trades(listing, openAt, upTo)
    const closed = endAt <= now
    if (sum) return { ...sum, endAt, closed }
    const { listedAt, delistedAt } = listing.token
    const traded = endAt > listedAt && (delistedAt === null || openAt < delistedAt)
    if (!traded || fill === 'never' || (fill === 'quiet' && book.isDown(listing, openAt, upTo))) return null
    const close = book.lastBefore(listing, openAt)?.close
    if (close === undefined) return null
    return { openAt, endAt, open: close, high: close, low: close, close, volume: 0, quote: 0, count: 0, closed }
  }

  /** Oldest first. */
  function candles(ask: CandlesAsk): Candle[] {
    const { frame, now, from, limit, listing } = ask
    const { listedAt, delistedAt } = listing.token
    const rows: Candle[] = []
    const last = frame.startOf(Math.min(ask.to ?? now, now, (delistedAt ?? Infinity) - 1))
    const first = frame.startOf(listedAt)
    if (from !== undefined) {
      const begin = frame.startOf(from)
      const start = begin < from ? frame.next(begin) : begin
      for (let at = Math.max(first, start); at <= last && rows.length < limit; at = frame.next(at)) {
        const row = candle(ask, at)
        if (row) rows.push(row)
      }
      return rows
    }
    for (let at = last; at >= first && rows.length < limit; at = frame.startOf(at - 1)) {
      const row = candle(ask, at)
      if (row) rows.push(row)
    }
    return rows.toReversed()
  }

  return {
    seed,
    tokens,
    /** When the special things happen: whatever overlaps [from, to), epoch ms. */
    calendar: (from: number, to: number) => calendar.between(from, to),
    /** The halt that stops a venue at the instant, or null. */
    haltAt: (venue: Venue, at: number) => calendar.haltAt(venue, at),
    regimeAt: (at: number) => chain.regime(Math.floor((at - epochAt) / days(1))),
    /** Everything that a venue lists, delisted tokens included. */
    listingsOn: (venue: Venue): Listing[] => [...listings.values()].filter((listing) => listing.venue === venue),
    listing: (place: Place, token: SimToken): Listing | undefined => listings.get(`${place} ${token.key}`),
    isTrading: ({ token }: Listing, at: number): boolean =>
      at >= token.listedAt && (token.delistedAt === null || at < token.delistedAt),
    candles,
    /** The last trade at or before the instant, null before the first. */
    last: (listing: Listing, at: number): Trades | null => book.lastBefore(listing, at + 1),
    /** What traded in the 24 hours before the instant, to the minute. */
    day: (listing: Listing, at: number): Trades | null => window(listing, at, hours(24)),
    window,
    /** The highest and lowest daily closes in USD before the instant, since the listing; null on its first day. */
    extremes(token: SimToken, at: number): { high: Extreme; low: Extreme } | null {
      const index = tokens.indexOf(token)
      const closes: Extreme[] = []
      for (let day = Math.floor((token.listedAt - epochAt) / days(1)); epochAt + days(day + 1) <= at; day++) {
        closes.push({ priceUsd: paths.dayClose(index, day), at: epochAt + days(day + 1) })
      }
      if (closes.length === 0) return null
      const high = closes.reduce((best, close) => (close.priceUsd > best.priceUsd ? close : best))
      const low = closes.reduce((best, close) => (close.priceUsd < best.priceUsd ? close : best))
      return { high, low }
    },
  }

  function window(listing: Listing, at: number, lengthMs: number): Trades | null {
    return book.trades(listing, Math.floor((at - lengthMs) / minutes(1)) * minutes(1), at + 1)
  }
}
export type Market = ReturnType<typeof createMarket>
