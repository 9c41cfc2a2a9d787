import { days, hours, minutes } from '@pumpiq/domain'

/** From `from` to `to` on the clock of the wall, `22:00` to `07:00`; over midnight where `to` is not later. */
export type QuietHours = { readonly from: string; readonly to: string }

type Wall = { readonly day: number; readonly minute: number }

const dayMinutes = 24 * 60
/** A zone has as many spellings as there are ways to mix its letters; these are more than there are zones. */
const mostFormats = 1_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** How far a zone's wall clock is ahead of UTC at an instant, whole minutes in ms. Making a format is slow, so each zone's is kept. */
function offsetMs(at: number, timeZone: string): number {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    })
    if (formats.size >= mostFormats) formats.clear()
    formats.set(timeZone, format)
  }
  const read: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(at)) read[type] = Number(value)
  const wall = Date.UTC(read['year']!, read['month']! - 1, read['day'], read['hour'], read['minute'])
  return wall - Math.floor(at / minutes(1)) * minutes(1)
}

function wallOf(at: number, timeZone: string): Wall {
  const shifted = at + offsetMs(at, timeZone)
  const day = Math.floor(shifted / days(1))
  return { day, minute: Math.floor((shifted - day * days(1)) / minutes(1)) }
}

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

export function isQuiet(at: number, { from, to }: QuietHours, timeZone: string): boolean {
  const { minute } = wallOf(at, timeZone)
  const [begin, end] = [minuteOf(from), minuteOf(to)]
  return begin < end ? minute >= begin && minute < end : minute >= begin || minute < end
}

/** The first instant, not before `at`, that is not quiet: `at` itself, or a whole minute. */
export function quietEnd(at: number, quiet: QuietHours, timeZone: string): number {
  let from = at
  while (isQuiet(from, quiet, timeZone)) {
    const start = Math.floor(from / minutes(1)) * minutes(1)
    const ahead = (minuteOf(quiet.to) - wallOf(from, timeZone).minute + dayMinutes) % dayMinutes || dayMinutes
    const end = start + ahead * minutes(1)
    // Where the clock is put forward or back on the way, the way is longer or shorter: it is walked up to there, and looked at again.
    from = changeWithin(start, end, timeZone) ?? end
  }
  return from
}

/** The next whole hour behind an instant, by UTC. */
export const nextHour = (after: number): number => (Math.floor(after / hours(1)) + 1) * hours(1)

/** The next instant behind `after` at which the wall clock shows a whole hour: once a day, also where the clock shows it never or twice. */
export function nextDaily(after: number, hour: number, timeZone: string): number {
  const { day } = wallOf(after, timeZone)
  for (let ahead = -1; ; ahead++) {
    const at = firstInstantOf((day + ahead) * days(1) + hour * hours(1), timeZone)
    if (at > after) return at
  }
}

/** The first instant whose wall clock shows this (written as if it were UTC); for a time that is left out, when the clock is put forward. */
function firstInstantOf(wall: number, timeZone: string): number {
  const [before, behind] = [wall - days(1), wall + days(1)].map((at) => wall - offsetMs(at, timeZone)) as [
    number,
    number,
  ]
  const shows = [before, behind].filter((at) => at + offsetMs(at, timeZone) === wall)
  if (shows.length > 0) return Math.min(...shows)
  return changeWithin(Math.min(before, behind) - minutes(1), Math.max(before, behind) + minutes(1), timeZone) ?? before
}

/** When, in (from, to], the zone's clock is put to another offset, to the minute; null when it is not. At most one change is looked for. */
function changeWithin(from: number, to: number, timeZone: string): number | null {
  const offset = offsetMs(from, timeZone)
  if (offsetMs(to, timeZone) === offset) return null
  let [low, high] = [from, to]
  while (high - low > minutes(1)) {
    const middle = low + Math.floor((high - low) / minutes(2)) * minutes(1)
    if (offsetMs(middle, timeZone) === offset) low = middle
    else high = middle
  }
  return high
}
