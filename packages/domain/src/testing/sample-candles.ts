import { blankCandles, type Candles } from '../words/candles.ts'
import { hours } from '../words/time.ts'
import { chance } from './chance.ts'

export const candleShapes = ['walk', 'penny', 'collapse', 'decline', 'flat', 'halting'] as const
export type CandleShape = (typeof candleShapes)[number]

/**
 * Made-up hourly candles of one shape: a walk near 100, a token near 1e-9, a fall by 1e8 inside one bar (at a third), a decline by 1e8
 * over the whole, no movement at all, a walk with stretches of flat bars without volume.
 */
export function sampleCandles(seed: number, length: number, shape: CandleShape = 'walk'): Candles {
  const random = chance(seed)
  const candles = blankCandles('sample', hours(1), length)
  let price = shape === 'penny' ? 1.234e-9 : 100
  for (let i = 0; i < length; i++) {
    const still = shape === 'flat' || (shape === 'halting' && i % 40 > 22)
    if (shape === 'collapse' && i === Math.floor(length / 3)) price *= 1e-8
    if (shape === 'decline') price *= 1e-8 ** (1 / length)
    const open = price
    if (!still) price *= 1 + (random() - 0.5) * 0.04
    candles.openAt[i] = 1_700_000_000_000 + i * hours(1)
    candles.open[i] = open
    candles.close[i] = price
    candles.high[i] = Math.max(open, price) * (still ? 1 : 1 + random() * 0.01)
    candles.low[i] = Math.min(open, price) * (still ? 1 : 1 - random() * 0.01)
    candles.volume[i] = still ? 0 : Math.round(random() * 10_000) / 10
  }
  return candles
}
