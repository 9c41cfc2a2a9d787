import { hours, slice, type Candles } from '@pumpiq/domain'

/** A hole this long is a halt: what trades behind it is another market, so no indicator reads across it. */
export const haltMs = hours(24)

export type Segment = { readonly candles: Candles; /** Index of its first bar in the whole. */ readonly first: number }

/** The stretches between halts, oldest first, sharing the columns of the whole. */
export function segmentsOf(candles: Candles): Segment[] {
  const segments: Segment[] = []
  let first = 0
  for (let i = 1; i <= candles.length; i++) {
    const halted = i < candles.length && candles.openAt[i]! - candles.openAt[i - 1]! - candles.intervalMs >= haltMs
    if (i < candles.length && !halted) continue
    segments.push({ candles: slice(candles, first, i), first })
    first = i
  }
  return segments
}
