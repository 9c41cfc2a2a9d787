import type { Candles } from '../words/candles.ts'
import type { Anomaly } from './watch.ts'
import { watchCandles } from './watch-candles.ts'

/** Every event of recorded candles, oldest first, as the watch would have told them live. */
export function detectAnomalies(candles: Candles): Anomaly[] {
  const found: Anomaly[] = []
  watchCandles(candles, (_, told) => {
    if (told) found.push(told)
  })
  return found
}
