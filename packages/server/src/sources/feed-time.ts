import { z } from 'zod'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Zones with a name of RFC 822, in hours from UTC. */
const zones: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
}

const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?`
const zone = String.raw`\s*(z|[a-z]{2,3}|[+-]\d{2}:?\d{2})?`
/** "Sat, 15 Aug 2026 17:26:43 +0000", the day of the week and the seconds not always there, the year sometimes of two digits. */
const rfc822 = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?(\d{1,2})[\s-]+([a-z]{3,9})\.?[\s-]+(\d{4}|\d{2}),?\s+${clock}${zone}$`,
)
/** "2026-08-15T17:26:43Z", with a space for the T, or without a zone. */
const iso8601 = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})[t\s]+${clock}${zone}$`)

/**
 * Epoch ms of an instant as feeds write it: RFC 822 in its many spellings, or ISO 8601. A time without a zone is UTC; what is none of
 * these, or no day of the calendar, is null.
 */
export function feedTime(text: string): number | null {
  const plain = text
    .slice(0, 100)
    .replace(/\(.*?\)/g, '')
    .trim()
    .toLowerCase()
  const [, year, month, day, ...isoRest] = iso8601.exec(plain) ?? []
  if (year) return instantOf(Number(year), Number(month) - 1, Number(day), isoRest)
  const [, dayOf, name = '', yearOf = '', ...rest] = rfc822.exec(plain) ?? []
  if (!dayOf) return null
  return instantOf(fullYear(yearOf), months.indexOf(name.slice(0, 3)), Number(dayOf), rest)
}

/** RFC 2822, 4.3: two digits below 50 are of this century. */
function fullYear(text: string): number {
  const year = Number(text)
  return text.length === 4 ? year : year + (year < 50 ? 2_000 : 1_900)
}

function instantOf(
  year: number,
  month: number,
  day: number,
  [hour, minute, second = '0', offset]: (string | undefined)[],
) {
  const at = Date.UTC(year, month, day)
  const date = new Date(at)
  const offsetMs = offset === undefined ? 0 : offsetOf(offset)
  const dayExists = month >= 0 && date.getUTCMonth() === month && date.getUTCDate() === day
  if (!dayExists || offsetMs === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null
  return at + (Number(hour) * 3_600 + Number(minute) * 60 + Number(second)) * 1_000 - offsetMs
}

function offsetOf(text: string): number | null {
  const named = zones[text]
  if (named !== undefined) return named * 3_600_000
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? []
  if (!sign || Number(hours) > 14 || Number(minutes) > 59) return null
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** An instant in one of those spellings; another text is none. */
export const FeedTime = z.string().transform(feedTime).pipe(z.number())
