import { toNumber, type Price } from '@pumpiq/domain'

/** Percent of a probability or share, without decimals: 0.414 -> "41 %". */
export const percent = (ratio: number, decimals = 0): string => `${(ratio * 100).toFixed(decimals)} %`

/** With its sign, and a minus that is one: "+0.21", "−0.06". */
export function signed(value: number, decimals = 2): string {
  const text = Math.abs(value).toFixed(decimals)
  if (Number(text) === 0) return text
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

/** "5 Jan 12:03 UTC" of an ISO instant. */
export function instant(iso: string): string {
  const at = new Date(iso)
  const day = `${at.getUTCDate()} ${months[at.getUTCMonth()]}`
  return `${day} ${String(at.getUTCHours()).padStart(2, '0')}:${String(at.getUTCMinutes()).padStart(2, '0')} UTC`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "DAY_TRADE" -> "day trade". */
export const words = (name: string): string => name.toLowerCase().replaceAll('_', ' ').replaceAll('-', ' ')

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
