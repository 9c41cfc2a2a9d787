import { atr } from '../indicators/atr.ts'
import { ema } from '../indicators/ema.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const fast = ema(50)
const slow = ema(200)
const range = atr(14)

/** How far the middle average stands above the long one, in ATR: the trend of weeks. */
export const emaTrend: Signal = {
  id: 'tech.ema-trend',
  kind: 'technical',
  unit: 'ATR, EMA 50 above EMA 200',
  label: 'Long trend',
  weight: 14,
  see: 'moving-average trend filter, Murphy 1999, Technical Analysis of the Financial Markets, chapter 9',
  read({ indicator }) {
    const value = (indicator(fast) - indicator(slow)) / indicator(range)
    return Number.isFinite(value) ? { value, lean: clamp(value / 6, -1, 1) } : null
  },
}
