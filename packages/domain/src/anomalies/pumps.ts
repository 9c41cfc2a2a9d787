import type { Candles } from '../words/candles.ts'
import { watchCandles } from './watch-candles.ts'

/** `since` is the epoch ms of the open of the bar that gave the pump away. */
export type Pump = { readonly since: number; readonly score: number }

/** Bar by bar the pump that the bar is in, from what was known when it closed; undefined where there is none. */
export function pumpsOf(candles: Candles): (Pump | undefined)[] {
  const pumps: (Pump | undefined)[] = []
  let pump: Pump | undefined
  watchCandles(candles, (_, __, current) => {
    if (current?.kind !== 'pump') pump = undefined
    else if (pump?.since !== current.ts) pump = { since: current.ts, score: current.score }
    pumps.push(pump)
  })
  return pumps
}
