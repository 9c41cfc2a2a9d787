import { blankCandles, Failure, showInterval, type Candles } from '@pumpiq/domain'

/**
 * Candles of a coarser interval, on the epoch's grid. A bar without volume repeats the close before it and says nothing, so it is left
 * out wherever its span has a bar that traded; a span in which nothing traded keeps the flat bar that is there. A span without bars stays
 * a hole.
 */
export function aggregate(candles: Candles, intervalMs: number): Candles {
  if (intervalMs === candles.intervalMs) return candles
  if (intervalMs < candles.intervalMs || intervalMs % candles.intervalMs !== 0) {
    const [from, to] = [showInterval(candles.intervalMs), showInterval(intervalMs)]
    throw new Failure(
      'invalid',
      `${candles.id}: bars of ${from} do not make bars of ${to}; the interval must be ${to} or divide it`,
    )
  }
  const out = blankCandles(candles.id, intervalMs, countSpans(candles, intervalMs))
  let at = -1
  for (let i = 0; i < candles.length; i++) {
    const span = candles.openAt[i]! - (candles.openAt[i]! % intervalMs)
    const traded = candles.volume[i]! > 0
    if (at < 0 || out.openAt[at] !== span) {
      at++
      out.openAt[at] = span
      start(out, at, candles, i)
    } else if (traded && out.volume[at] === 0) start(out, at, candles, i)
    else if (traded) extend(out, at, candles, i)
  }
  return out
}

function countSpans({ openAt, length }: Candles, intervalMs: number): number {
  let spans = 0
  let last = -1
  for (let i = 0; i < length; i++) {
    const span = Math.floor(openAt[i]! / intervalMs)
    if (span !== last) spans++
    last = span
  }
  return spans
}

function start(out: Candles, at: number, candles: Candles, i: number): void {
  out.open[at] = candles.open[i]!
  out.high[at] = candles.high[i]!
  out.low[at] = candles.low[i]!
  out.close[at] = candles.close[i]!
  out.volume[at] = candles.volume[i]!
}

function extend(out: Candles, at: number, candles: Candles, i: number): void {
  out.high[at] = Math.max(out.high[at]!, candles.high[i]!)
  out.low[at] = Math.min(out.low[at]!, candles.low[i]!)
  out.close[at] = candles.close[i]!
  out.volume[at] = out.volume[at]! + candles.volume[i]!
}
