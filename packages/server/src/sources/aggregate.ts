import type { Bar } from '@pumpiq/domain'

/**
 * Wider bars out of finer ones that are in order, on the grid of the epoch: open of the first, close of the last, extremes, volumes added.
 * A bucket without any finer bar stays a gap; one that lacks some (no trades) is made of those it has.
 */
export function aggregate(bars: readonly Bar[], intervalMs: number): Bar[] {
  const wide: Bar[] = []
  for (const bar of bars) {
    const openAt = bar.openAt - (bar.openAt % intervalMs)
    const last = wide.at(-1)
    if (last?.openAt !== openAt) {
      wide.push({ ...bar, openAt })
      continue
    }
    last.high = Math.max(last.high, bar.high)
    last.low = Math.min(last.low, bar.low)
    last.close = bar.close
    last.volume += bar.volume
  }
  return wide
}
