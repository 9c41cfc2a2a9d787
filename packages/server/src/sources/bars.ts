import { barFault, candlesOf, intervals, minutes, type Bar, type Candles, type Interval } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard } from '../network/asked.ts'

/** A number in a decimal string, as most venues write them. */
export const DecimalText = z
  .string()
  .regex(/^\d{1,30}(\.\d{1,40})?([eE][+-]?\d{1,3})?$/, 'expected a decimal number in a string')
export const Decimal = DecimalText.transform(Number)

/** When a coin was first traded anywhere; what is older is a mistaken unit. */
export const firstMarketAt = Date.UTC(2010, 0, 1)
/** By how much the clocks of a vendor and ours may differ before what comes from the future is a fault rather than haste. */
export const skewMs = minutes(1)

/** Up to when a bar must have ended to count as closed: by the vendor's clock and by the caller's instant, whichever is earlier. */
export const closedBy = (now: number, { serverAt }: Heard): number => Math.min(serverAt ?? now, now)

type Expected = { interval: Interval; order: 'rising' | 'falling'; now: number }

/**
 * Why these bars, in the vendor's own order, cannot be a venue's candles, or null: a value that cannot be, a time in another unit, off the
 * interval's grid, out of order, twice, or in the future. One bad row condemns the answer.
 */
export function faultOfBars(bars: readonly Bar[], heard: Heard, { interval, order, now }: Expected): string | null {
  const latest = Math.max(heard.serverAt ?? now, heard.fetchedAt, now) + skewMs
  const sign = order === 'rising' ? 1 : -1
  for (const [i, bar] of bars.entries()) {
    const before = bars[i - 1]
    const fault =
      barFault(bar) ??
      (bar.openAt < firstMarketAt ? `ts ${bar.openAt} is older than any market: another unit?` : null) ??
      (bar.openAt > latest ? `ts ${bar.openAt} is in the future: another unit?` : null) ??
      (bar.openAt % intervals[interval] !== 0 ? `ts ${bar.openAt} does not begin a ${interval} candle` : null) ??
      (before && (bar.openAt - before.openAt) * sign <= 0 ? `ts ${bar.openAt} is not ${order}` : null)
    if (fault) return `row ${i + 1}: ${fault}`
  }
  return null
}

/**
 * Whether base and quote volume have changed places: in every row that traded, quote per base lies far from the bar's prices, and base per
 * quote within them. Rows: the bar, and the volume in quote units.
 */
export function looksSwapped(rows: readonly { bar: Bar; quoteVolume: number }[]): boolean {
  const near = (price: number, { low, high }: Bar) => price > low / 2 && price < high * 2
  const traded = rows.filter(({ bar, quoteVolume }) => bar.volume > 0 && quoteVolume > 0)
  return (
    traded.length > 0 &&
    traded.every(({ bar, quoteVolume }) => !near(quoteVolume / bar.volume, bar) && near(bar.volume / quoteVolume, bar))
  )
}

/** The newest `limit` bars that have ended by `end`; bars are oldest first. */
export function closedCandles(
  id: string,
  interval: Interval,
  bars: readonly Bar[],
  limit: number,
  end: number,
): Candles {
  const intervalMs = intervals[interval]
  const closed = bars.filter((bar) => bar.openAt + intervalMs <= end)
  return candlesOf(id, intervalMs, closed.slice(-limit))
}
