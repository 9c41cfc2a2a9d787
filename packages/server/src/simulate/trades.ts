/** What was traded from `openAt` to `endAt` (excluded): prices and volume in units of the listing, `quote` in quote currency. */
export type Trades = {
  openAt: number
  endAt: number
  open: number
  high: number
  low: number
  close: number
  volume: number
  quote: number
  count: number
}

/** Two neighbours in time as one. */
export const joined = (a: Trades | null, b: Trades | null): Trades | null =>
  a === null || b === null
    ? (a ?? b)
    : {
        openAt: a.openAt,
        endAt: b.endAt,
        open: a.open,
        high: Math.max(a.high, b.high),
        low: Math.min(a.low, b.low),
        close: b.close,
        volume: a.volume + b.volume,
        quote: a.quote + b.quote,
        count: a.count + b.count,
      }

/**
 * A minute after a part of it: the price goes from open to the extreme against its direction, to the other, to the close. It only
 * ever adds, so a later look at the same minute never takes back a high, a low or a trade.
 */
export function begun(row: Trades, part: number): Trades {
  const { open, high, low, close } = row
  const stops = close >= open ? [open, low, high, close] : [open, high, low, close]
  const times = [0, 0.3, 0.65, 1]
  const leg = times.findIndex((time) => time > part) - 1
  const along = (part - times[leg]!) / (times[leg + 1]! - times[leg]!)
  const now = Math.round(stops[leg]! + (stops[leg + 1]! - stops[leg]!) * along)
  const seen = [...stops.slice(0, leg + 1), now]
  return {
    ...row,
    high: Math.max(...seen),
    low: Math.min(...seen),
    close: now,
    volume: Math.max(1, Math.ceil(row.volume * part)),
    quote: row.quote * Math.max(part, 1 / row.volume),
    count: Math.max(1, Math.ceil(row.count * part)),
  }
}
