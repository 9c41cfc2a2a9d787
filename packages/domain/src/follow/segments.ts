import { isAfterHalt, slice, type Candles } from '../words/candles.ts'

export type Segment = { readonly candles: Candles; /** Index of its first bar in the whole. */ readonly first: number }

/** What trades behind a halt is another market, so no indicator reads across it: the stretches between halts, oldest first, sharing the columns of the whole. */
export function segmentsOf(candles: Candles): Segment[] {
  const segments: Segment[] = []
  let first = 0
  for (let i = 1; i <= candles.length; i++) {
    if (i < candles.length && !isAfterHalt(candles, i)) continue
    segments.push({ candles: slice(candles, first, i), first })
    first = i
  }
  return segments
}
