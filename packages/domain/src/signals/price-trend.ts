import { atr } from '../indicators/atr.ts'
import { ema } from '../indicators/ema.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const average = ema(50)
const range = atr(14)

/** Where the price stands against its middle average, in ATR. */
export const priceTrend: Signal = {
  id: 'tech.price-trend',
  kind: 'technical',
  unit: 'ATR, close above EMA 50',
  label: 'Price against EMA 50',
  weight: 8,
  see: 'Murphy 1999, chapter 9',
  read({ candles, indicator }) {
    const value = (candles.close[candles.length - 1]! - indicator(average)) / indicator(range)
    return Number.isFinite(value) ? { value, lean: clamp(value / 4, -1, 1) } : null
  },
}
