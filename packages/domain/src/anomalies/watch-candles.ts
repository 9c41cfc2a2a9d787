import type { Bar, Candles } from '../words/candles.ts'
import { createAnomalyWatch, type Anomaly } from './watch.ts'

/** Runs the watch over recorded candles and hands on, bar by bar, what it told and the event that the bar is in. */
export function watchCandles(
  candles: Candles,
  tell: (i: number, told: Anomaly | null, current: Anomaly | null) => void,
): void {
  const watch = createAnomalyWatch(candles.intervalMs)
  const { openAt, open, high, low, close, volume } = candles
  const bar: Bar = { openAt: 0, open: 0, high: 0, low: 0, close: 0, volume: 0 }
  for (let i = 0; i < candles.length; i++) {
    bar.openAt = openAt[i]!
    bar.open = open[i]!
    bar.high = high[i]!
    bar.low = low[i]!
    bar.close = close[i]!
    bar.volume = volume[i]!
    tell(i, watch.next(bar), watch.current())
  }
}
