import { barAt, candlesOf, firstAtOrAfter, hours, minutes, slice, type Bar, type Candles } from '@pumpiq/domain'

/** Minutes, with an hour as one bar where no minutes are to be had; `hours` are the opens of those. */
export type Mixed = { readonly candles: Candles; readonly hours: ReadonlySet<number> }

const hourMs = hours(1)

/**
 * One series on the grid of minutes for one horizon: an hour that stands in for minutes which no venue gives any more is one bar, at its open,
 * instead of whatever minutes of it are known. As with any bar, one that opened before the issue or closes after the end does not belong
 * to the horizon: then the minutes stay. The last bar before the issue is kept, the judge looks at its close.
 */
export function mixed(
  minute: Candles,
  hour: Candles,
  { issuedAt, expiresAt }: { issuedAt: number; expiresAt: number },
): Mixed {
  const standIns = new Map<number, Bar>()
  for (let i = firstAtOrAfter(hour, issuedAt); i < hour.length; i++) {
    const bar = barAt(hour, i)
    if (bar.openAt + hourMs <= expiresAt) standIns.set(bar.openAt, bar)
  }
  const from = Math.max(0, firstAtOrAfter(minute, issuedAt) - 1)
  if (standIns.size === 0) return { candles: slice(minute, from, minute.length), hours: new Set() }
  const bars = [...standIns.values()]
  for (let i = from; i < minute.length; i++) {
    const openAt = minute.openAt[i]!
    if (!standIns.has(openAt - (openAt % hourMs))) bars.push(barAt(minute, i))
  }
  bars.sort((a, b) => a.openAt - b.openAt)
  return { candles: candlesOf(minute.id, minutes(1), bars), hours: new Set(standIns.keys()) }
}
