import { days, hours, minutes } from '@pumpiq/domain'
import { chanceOf, purpose } from './chance.ts'
import type { Chain, Regime } from './chain.ts'
import { createRecent } from './recent.ts'
import { epochAt, tokens, venues, type Place, type SimToken, type Venue } from './universe.ts'

/** What happens at a named time: instants are epoch ms, `to` excluded; tokens by catalogue id. */
export type MarketEvent = { from: number; to: number } & (
  | { event: 'halt'; venue: Venue }
  | { event: 'gap'; venue: Venue }
  | { event: 'pump'; token: string }
  | { event: 'listing'; token: string }
  | { event: 'collapse'; token: string }
  | { event: 'delisting'; token: string }
  | { event: 'split'; token: string; venue: Venue; factor: number }
  | { event: 'regime'; regime: Regime }
)

/** One halt and one split a period; a pump a longer one. */
const periodDays = { halt: 12, pump: 30, split: 20 }
/** Log of price against the undisturbed path at each hour of a pump, by its boundaries; and turnover against the usual. */
const pumpShape = {
  log: [0, 0.12, 0.75, 1.35, 1.05, 0.55, 0.3, 0.12, 0.03, 0],
  turnover: [4, 25, 60, 70, 45, 25, 12, 6, 3],
}
const collapse = { overMs: hours(60), log: -3.2 }
const splitFactor = 1.075
const splitVenue: Venue = 'okx'
/** Which of them it is, is drawn by number: another venue here would move every halt of every seed. */
const halting: readonly Venue[] = ['binance', 'coinbase', 'kraken', 'okx']

type Span = { from: number; to: number }
const spanAt = (from: number, lengthMs: number): Span => ({ from, to: from + lengthMs })
const covers = ({ from, to }: Span, at: number): boolean => at >= from && at < to

/** Which stretch of so many days an instant lies in, and where one begins; the first begins at the epoch. */
const periodOf = (at: number, lengthDays: number): number => Math.floor((at - epochAt) / days(lengthDays))
const startOf = (period: number, lengthDays: number): number => epochAt + days(period * lengthDays)

/** How far (log) a token that ends has fallen. */
const collapseLog = ({ delistedAt }: SimToken, at: number): number =>
  delistedAt === null ? 0 : collapse.log * Math.max(0, Math.min(1, 1 - (delistedAt - at) / collapse.overMs))

/** The special events, each a pure function of seed and time. */
export function createCalendar({ seed, chain }: { seed: number; chain: Chain }) {
  const recentDown = createRecent<readonly Span[]>(4096)
  const recentPump = createRecent<Span>(64)
  const recentSplit = createRecent<Span>(64)

  function haltIn(period: number): Span & { venue: Venue } {
    const chance = chanceOf(seed, purpose.halt, period)
    const venue = halting[Math.floor(chance.uniform() * halting.length)]!
    const day = period * periodDays.halt + Math.floor(chance.uniform() * periodDays.halt)
    const from = epochAt + days(day) + hours(1) + minutes(Math.floor(chance.uniform() * 15 * 60))
    return { venue, ...spanAt(from, minutes(180 + Math.floor(chance.uniform() * 180))) }
  }
  function gapOn(venueIndex: number, day: number): Span | null {
    const chance = chanceOf(seed, purpose.gap, venueIndex, day)
    if (chance.uniform() > 0.08) return null
    return spanAt(
      epochAt + days(day) + minutes(Math.floor(chance.uniform() * 1420)),
      minutes(3 + Math.floor(chance.uniform() * 12)),
    )
  }
  /** The hour is chosen so that a pump or split begins and ends on one day. */
  const within = (which: number, period: number, lengthDays: number, span: number): Span => {
    const chance = chanceOf(seed, which, period)
    const day = period * lengthDays + Math.floor(chance.uniform() * lengthDays)
    return spanAt(epochAt + days(day) + hours(1 + Math.floor(chance.uniform() * 12)), hours(span))
  }
  const pumpAt = (at: number): Span => {
    const period = periodOf(at, periodDays.pump)
    return recentPump(period, () => within(purpose.pump, period, periodDays.pump, pumpShape.turnover.length))
  }
  const splitAt = (at: number): Span => {
    const period = periodOf(at, periodDays.split)
    return recentSplit(period, () => within(purpose.split, period, periodDays.split, 6))
  }

  /** When nothing trades on the venue during the day that contains the instant. */
  function down(venue: Venue, at: number): readonly Span[] {
    const day = periodOf(at, 1)
    const index = venues.indexOf(venue)
    return recentDown(day * venues.length + index, () => {
      const halt = haltIn(periodOf(at, periodDays.halt))
      const gap = gapOn(index, day)
      return [
        ...(halt.venue === venue && periodOf(halt.from, 1) === day ? [spanAt(halt.from, halt.to - halt.from)] : []),
        ...(gap ? [gap] : []),
      ]
    })
  }

  return {
    down,
    /** The halt that stops the venue at the instant, if any; a gap of some minutes is none. */
    haltAt(venue: Venue, at: number): Span | null {
      const halt = haltIn(periodOf(at, periodDays.halt))
      return halt.venue === venue && covers(halt, at) ? spanAt(halt.from, halt.to - halt.from) : null
    },
    /** Log of what the token's price is moved by at an instant, on all venues. */
    moved(token: SimToken, at: number): number {
      if (token.role === 'collapse') return collapseLog(token, at)
      if (token.role !== 'pump') return 0
      return pumpShape.log[Math.round((at - pumpAt(at).from) / hours(1))] ?? 0
    },
    /** How many times the usual turnover the hour has that begins at the instant. */
    turnover(token: SimToken, at: number): number {
      if (token.role === 'collapse') return collapseLog(token, at) < 0 ? 6 : 1
      return token.role === 'pump' ? (pumpShape.turnover[Math.round((at - pumpAt(at).from) / hours(1))] ?? 1) : 1
    },
    /** What the price is multiplied by on one venue alone. */
    split: (token: SimToken, venue: Place, at: number): number =>
      token.role === 'split' && venue === splitVenue && covers(splitAt(at), at) ? splitFactor : 1,
    /** Everything that overlaps [from, to), by its beginning. */
    between(from: number, to: number): MarketEvent[] {
      const first = Math.max(from, epochAt)
      const each = <Made>(lengthDays: number, make: (period: number) => Made): Made[] => {
        const start = periodOf(first, lengthDays)
        return Array.from({ length: Math.max(0, periodOf(to - 1, lengthDays) - start + 1) }, (_, i) => make(start + i))
      }
      const events: MarketEvent[] = [
        ...each(periodDays.halt, (period) => ({ event: 'halt' as const, ...haltIn(period) })),
        ...each(1, (day) => venues.flatMap((venue, i) => ({ venue, gap: gapOn(i, day) })))
          .flat()
          .flatMap(({ venue, gap }) => (gap ? [{ event: 'gap' as const, venue, ...gap }] : [])),
        ...tokens.flatMap((token) => tokenEvents(token, each)),
        ...spells(each(1, (day) => ({ day, regime: chain.regime(day) }))),
      ]
      return events.filter((event) => event.from < to && event.to > first).toSorted((a, b) => a.from - b.from)
    },
  }

  function tokenEvents(
    { key, role, listedAt, delistedAt }: SimToken,
    each: (lengthDays: number, make: (period: number) => MarketEvent) => MarketEvent[],
  ): MarketEvent[] {
    const events: MarketEvent[] = []
    if (listedAt > epochAt) events.push({ event: 'listing', token: key, ...spanAt(listedAt, 1) })
    if (delistedAt !== null) {
      events.push({ event: 'collapse', token: key, ...spanAt(delistedAt - collapse.overMs, collapse.overMs) })
      events.push({ event: 'delisting', token: key, ...spanAt(delistedAt, 1) })
    }
    if (role === 'pump') {
      events.push(
        ...each(periodDays.pump, (p) => ({ event: 'pump', token: key, ...pumpAt(startOf(p, periodDays.pump)) })),
      )
    }
    if (role === 'split') {
      const split = { event: 'split', token: key, venue: splitVenue, factor: splitFactor } as const
      events.push(...each(periodDays.split, (p) => ({ ...split, ...splitAt(startOf(p, periodDays.split)) })))
    }
    return events
  }
}
export type Calendar = ReturnType<typeof createCalendar>

/** Days of one regime in a row as one event. */
function spells(list: readonly { day: number; regime: Regime }[]): MarketEvent[] {
  const events: (MarketEvent & { event: 'regime' })[] = []
  for (const { day, regime } of list) {
    const last = events.at(-1)
    if (last?.regime === regime) last.to += days(1)
    else events.push({ event: 'regime', regime, ...spanAt(epochAt + days(day), days(1)) })
  }
  return events
}
