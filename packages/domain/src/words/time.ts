import { z } from 'zod'
import { Failure } from './failure.ts'

/** Instants are epoch milliseconds UTC inside the program and ISO 8601 with milliseconds on the wire, command line and ledger. */
export const seconds = (n: number): number => n * 1_000
export const minutes = (n: number): number => n * 60_000
export const hours = (n: number): number => n * 3_600_000
export const days = (n: number): number => n * 86_400_000

export const toIso = (at: number): string => new Date(at).toISOString()
export const isoOrNull = (at: number | null): string | null => (at === null ? null : toIso(at))

/** Epoch milliseconds of an ISO 8601 instant with a zone; a date alone is midnight UTC. */
export function fromIso(text: string, name = 'instant'): number {
  const shaped = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
  const at = shaped ? Date.parse(text) : Number.NaN
  // Date.parse turns 30 February into 2 March: a day that does not exist is a mistake, not an instant.
  const dayExists = !Number.isNaN(at) && Number(text.slice(8, 10)) <= daysInMonth(text)
  if (!dayExists)
    throw new Failure(
      'invalid',
      `${name} must be an ISO 8601 instant such as 2023-04-12T00:00:00.000Z, not ${JSON.stringify(text)}`,
    )
  return at
}

const daysInMonth = (text: string): number =>
  new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate()

/** Years 1 to 9999 UTC: what lies outside has no four digits or is no year of a calendar, and no database would take it. */
export const IsoInstant = z.iso.datetime({ offset: true }).refine(isOfOurEra, 'must be of the years 0001 to 9999 UTC')

/** Also true of what is no instant at all: that is said already. */
function isOfOurEra(text: string): boolean {
  const at = Date.parse(text)
  return Number.isNaN(at) || /^(?!0000)\d{4}-/.test(toIso(at))
}

export const intervals = {
  '1m': minutes(1),
  '5m': minutes(5),
  '15m': minutes(15),
  '1h': hours(1),
  '4h': hours(4),
  '1d': days(1),
} as const
export type Interval = keyof typeof intervals
export const intervalNames = Object.keys(intervals) as readonly Interval[]

export const intervalOf = (intervalMs: number): Interval | undefined =>
  intervalNames.find((name) => intervals[name] === intervalMs)

/** `30m`, `2h`, `1d`: the largest unit that says it whole; what is no whole minute is told in ms. */
export function showInterval(intervalMs: number): string {
  if (intervalMs % days(1) === 0) return `${intervalMs / days(1)}d`
  if (intervalMs % hours(1) === 0) return `${intervalMs / hours(1)}h`
  return intervalMs % minutes(1) === 0 ? `${intervalMs / minutes(1)}m` : `${intervalMs} ms`
}

/** The candle a timeframe is read on, and how long its recommendation lives. */
export const timeframes = {
  SCALP: { interval: '5m', horizonMs: hours(4) },
  DAY_TRADE: { interval: '15m', horizonMs: hours(24) },
  SWING: { interval: '1h', horizonMs: days(7) },
  LONG_TERM: { interval: '1d', horizonMs: days(60) },
} as const satisfies Record<string, { interval: Interval; horizonMs: number }>

export const Timeframe = z.enum(['SCALP', 'DAY_TRADE', 'SWING', 'LONG_TERM'])
export type Timeframe = z.output<typeof Timeframe>

export const horizonBars = (timeframe: Timeframe): number =>
  timeframes[timeframe].horizonMs / intervals[timeframes[timeframe].interval]

/** An entry stays valid for a twelfth of the horizon. */
export const validityMs = (timeframe: Timeframe): number => timeframes[timeframe].horizonMs / 12
