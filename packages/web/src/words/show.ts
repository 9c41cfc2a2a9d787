import { toNumber, type Price } from '@pumpiq/domain'
import { localeShown, zoneShown } from '../platform/preferences.ts'

/** A figure as the reader's locale writes it, grouped, with so many decimals: 1234.5 -> "1,234.5" or "1.234,5". */
export const figure = (value: number, decimals = 0, most = decimals): string => {
  const text = formatOf(localeShown(), decimals, most).format(Math.abs(value))
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text
}

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(locale: string, minimumFractionDigits: number, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${locale} ${minimumFractionDigits} ${maximumFractionDigits}`
  const known = formats.get(key)
  if (known) return known
  // The digits stay those that prices are told in: two scripts of figures side by side are misread.
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits,
    maximumFractionDigits,
    numberingSystem: 'latn',
  })
  formats.set(key, made)
  return made
}

/** Percent of a probability or share, without decimals: 0.414 -> "41 %". */
export const percent = (ratio: number, decimals = 0): string => `${figure(ratio * 100, decimals)} %`

/** With its sign, and a minus that is one: "+0.21", "−0.06". */
export function signed(value: number, decimals = 2): string {
  const text = figure(Math.abs(value), decimals)
  if (!/[1-9]/.test(text)) return text
  return `${value < 0 ? '−' : '+'}${text}`
}

/** How far a price lies from another, in percent of the other. */
export const distance = (from: Price, to: Price): string => `${signed((toNumber(to) / toNumber(from) - 1) * 100, 1)} %`

/** "8 s", "3 min", "5 h", "4 d": the largest unit that fits, rounded down; less than a second is "0 s". */
export function span(ms: number): string {
  const length = Math.max(0, ms)
  if (length < 60_000) return `${Math.floor(length / 1000)} s`
  if (length < 3_600_000) return `${Math.floor(length / 60_000)} min`
  if (length < 172_800_000) return `${Math.floor(length / 3_600_000)} h`
  return `${Math.floor(length / 86_400_000)} d`
}

/** A length as a sentence says it: "7 days", "4 hours". */
export const longSpan = (ms: number): string =>
  ms > 86_400_000 ? plural(ms / 86_400_000, 'day') : plural(ms / 3_600_000, 'hour')

/** "3 min ago", "in 5 h". */
export function relative(at: number, now: number): string {
  return at <= now ? `${span(now - at)} ago` : `in ${span(at - now)}`
}

/** "5 Jan 12:03 UTC" of an ISO instant, by the reader's own clock and with its zone: "5 Jan 13:03 GMT+1". */
export function instant(iso: string, zone: string = zoneShown()): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return iso
  const part = Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const month = months[Number(part['month']) - 1]
  return `${Number(part['day'])} ${month} ${part['hour']}:${part['minute']} ${part['timeZoneName']}`
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** In English, as the words around it are. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  })
  clocks.set(timeZone, made)
  return made
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "DAY_TRADE" -> "day trade". */
export const words = (name: string): string => name.toLowerCase().replaceAll('_', ' ').replaceAll('-', ' ')

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
