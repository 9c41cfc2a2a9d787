import { hours, minutes } from '@pumpiq/domain'
import type { Calendar } from './calendar.ts'
import { chanceOf, purpose } from './chance.ts'
import { hourAt, hourOf, type Paths } from './path.ts'
import { createRecent } from './recent.ts'
import { begun, joined, type Trades } from './trades.ts'
import { epochAt, places, tokens, type Place, type SimToken } from './universe.ts'

/** A token on a venue; `composite` is what an aggregator sees, which trades without pause. */
export type Listing = {
  venue: Place
  token: SimToken
  /** Position in `tokens`: the key of its chance. */
  index: number
  /** The price's unit is 10^-decimals of the quote currency, the amount's 10^-lotDecimals of the token. */
  decimals: number
  lotDecimals: number
  /** Its part of the token's turnover. */
  share: number
}

const usdATrade = 900
/** At least one lot and one trade for every minute of an hour, so that a minute that trades shows it. */
const leastAnHour = 60
/** Venues differ by at most so much, anew each hour; two uniforms make small differences the usual ones. */
const mostDeviation = 0.0008

/** A venue's own prices: the path, moved by the venue's deviation, in whole ticks, without what falls into its pauses. */
export function createBook({ seed, paths, calendar }: { seed: number; paths: Paths; calendar: Calendar }) {
  const recentMinutes = createRecent<readonly (Trades | null)[]>(1024)
  const recentFactors = createRecent<number[]>(4096)
  const recentDays = createRecent<{ sum: Trades | null }>(32_768)

  /** What the venue's prices are multiplied by in each hour of a day. */
  function makeFactors({ venue, token, index }: Listing, day: number): number[] {
    const chance = chanceOf(seed, purpose.deviation, places.indexOf(venue), index, day)
    return Array.from({ length: 24 }, (_, i) => {
      const usual = mostDeviation * (chance.uniform() - chance.uniform())
      return (1 + usual) * calendar.split(token, venue, hourAt(day * 24 + i))
    })
  }
  function factor(listing: Listing, hour: number): number {
    if (listing.venue === 'composite') return 1
    const day = Math.floor(hour / 24)
    return recentFactors(keyOf(listing, day), () => makeFactors(listing, day))[hour % 24]!
  }

  function pauses({ venue }: Listing, hour: number) {
    if (venue === 'composite') return []
    const from = hourAt(hour)
    const down = calendar.down(venue, from)
    return down.length === 0 ? down : down.filter((span) => span.from < from + hours(1) && span.to > from)
  }

  /** Neighbouring hours of one day as one bar, as if nothing had paused. */
  function wholeHours(listing: Listing, first: number, hoursLong: number): Trades {
    const { index, decimals, lotDecimals, share } = listing
    const path = paths.hours(index, Math.floor(first / 24))
    const lots = 10 ** lotDecimals
    const sum = { open: 0, high: 0, low: Infinity, close: 0, volume: 0, quote: 0, count: 0 }
    for (let hour = first; hour < first + hoursLong; hour++) {
      const i = hour % 24
      const scale = factor(listing, hour) * 10 ** decimals
      const usd = path.usd[i]! * share
      const volume = leastAnHour + Math.round((usd / path.close[i]!) * lots)
      const [open, high, low, close] = [
        toTicks(path.open[i]!, scale),
        toTicks(path.high[i]!, scale),
        toTicks(path.low[i]!, scale),
        toTicks(path.close[i]!, scale),
      ]
      if (hour === first) sum.open = open
      sum.high = Math.max(sum.high, high)
      sum.low = Math.min(sum.low, low)
      sum.close = close
      sum.volume += volume
      sum.quote += quoteOf(listing, open + high + low + close, volume)
      sum.count += leastAnHour + Math.round(usd / usdATrade)
    }
    return { openAt: hourAt(first), endAt: hourAt(first + hoursLong), ...sum }
  }

  /** The hour's sixty minutes; null where nothing traded. Volume and count add up to the hour's. */
  function makeMinutes(listing: Listing, hour: number): (Trades | null)[] {
    const path = paths.minutes(listing.index, hour)
    const whole = wholeHours(listing, hour, 1)
    const scale = factor(listing, hour) * 10 ** listing.decimals
    const stopped = pauses(listing, hour)
    const active = path.idle.filter((idle) => idle === 0).length
    const part = (total: number, i: number) =>
      1 + Math.round((total - active) * path.share[i + 1]!) - Math.round((total - active) * path.share[i]!)
    return Array.from(path.idle, (idle, i) => {
      const openAt = whole.openAt + minutes(i)
      if (idle || stopped.some(({ from, to }) => openAt >= from && openAt < to)) return null
      const open = toTicks(path.open[i]!, scale)
      const high = toTicks(path.high[i]!, scale)
      const low = toTicks(path.low[i]!, scale)
      const close = toTicks(path.close[i]!, scale)
      const volume = part(whole.volume, i)
      return {
        openAt,
        endAt: openAt + minutes(1),
        open,
        high,
        low,
        close,
        volume,
        quote: quoteOf(listing, open + high + low + close, volume),
        count: part(whole.count, i),
      }
    })
  }

  function minutesOf(listing: Listing, hour: number): readonly (Trades | null)[] {
    return recentMinutes(keyOf(listing, hour), () => makeMinutes(listing, hour))
  }

  /** What traded in an hour's part [from, to). */
  function withinHour(listing: Listing, hour: number, from: number, to: number): Trades | null {
    const startAt = hourAt(hour)
    const isWhole = startAt >= from && startAt + hours(1) <= to
    if (isWhole && pauses(listing, hour).length === 0) return wholeHours(listing, hour, 1)
    const rows = minutesOf(listing, hour)
    let sum: Trades | null = null
    for (let i = Math.max(0, (from - startAt) / minutes(1)); i < 60 && startAt + minutes(i) < to; i++) {
      const row = rows[i]!
      sum = joined(sum, row && row.endAt > to ? begun(row, (to - row.openAt) / minutes(1)) : row)
    }
    return sum
  }

  function inHours(listing: Listing, first: number, from: number, to: number): Trades | null {
    let sum: Trades | null = null
    for (let hour = first; hourAt(hour) < to; hour++) {
      if (isOpen(listing, hour)) sum = joined(sum, withinHour(listing, hour, from, to))
    }
    return sum
  }
  function makeDay(listing: Listing, hour: number): Trades | null {
    const runs = listing.venue === 'composite' || calendar.down(listing.venue, hourAt(hour)).length === 0
    if (runs && isOpen(listing, hour) && isOpen(listing, hour + 23)) return wholeHours(listing, hour, 24)
    return inHours(listing, hour, hourAt(hour), hourAt(hour + 24))
  }
  const wholeDay = (listing: Listing, hour: number): Trades | null =>
    recentDays(keyOf(listing, hour / 24), () => ({ sum: makeDay(listing, hour) })).sum

  /** All that traded in [from, to), as one bar; null if nothing did. `from` is a whole minute; `to` may cut one. */
  function trades(listing: Listing, from: number, to: number): Trades | null {
    let sum: Trades | null = null
    for (let hour = Math.max(0, hourOf(from)); hourAt(hour) < to;) {
      const isDay = hour % 24 === 0 && hourAt(hour) >= from && hourAt(hour + 24) <= to
      const endAt = isDay ? hourAt(hour + 24) : Math.min(to, hourAt(hour + 1))
      sum = joined(sum, isDay ? wholeDay(listing, hour) : inHours(listing, hour, from, endAt))
      hour += isDay ? 24 : 1
    }
    return sum && { ...sum, openAt: from, endAt: to }
  }

  return {
    trades,
    /** Whether the venue was stopped for all of [from, to): a silence that is not for want of trades. */
    isDown({ venue }: Listing, from: number, to: number): boolean {
      if (venue === 'composite' || from < epochAt) return false
      return calendar.down(venue, from).some((span) => span.from <= from && span.to >= to)
    },
    /** The last trade at or before the instant, looking back as far as ten days. */
    lastBefore(listing: Listing, at: number): Trades | null {
      const start = hourAt(hourOf(at))
      for (let back = 0, from = start, to = at; back < 240; back++, to = from, from -= hours(1)) {
        const found = to > from ? trades(listing, from, to) : null
        if (found) return found
      }
      return null
    },
  }
}

/** A number for a listing at an hour or day. */
const keyOf = ({ venue, index }: Listing, time: number): number =>
  (time * tokens.length + index) * places.length + places.indexOf(venue)

const isOpen = ({ token }: Listing, hour: number): boolean =>
  hour >= 0 && hourAt(hour) >= token.listedAt && (token.delistedAt === null || hourAt(hour) < token.delistedAt)

/** USD in ticks; nothing is free. Rounding keeps order, so bars of rounded prices aggregate as those of the path do. */
const toTicks = (usd: number, scale: number): number => Math.max(1, Math.round(usd * scale))

/** What the volume was worth at the mean of open, high, low and close, whose sum is given. */
const quoteOf = ({ decimals, lotDecimals }: Listing, fourPrices: number, volume: number): number =>
  ((fourPrices / 4) * volume) / 10 ** (decimals + lotDecimals)
