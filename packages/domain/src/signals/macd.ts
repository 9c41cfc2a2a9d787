import { atr } from '../indicators/atr.ts'
import { macd } from '../indicators/macd.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const standard = macd(12, 26, 9)
const range = atr(14)

/** The histogram in ATR, so that it says the same at every price. */
export const macdHistogram: Signal = {
  id: 'tech.macd',
  kind: 'technical',
  unit: 'ATR, MACD above its signal',
  label: 'MACD 12/26/9',
  weight: 8,
  see: 'Appel 2005, Technical Analysis: Power Tools; TA-Lib MACD',
  read({ indicator }) {
    const value = indicator(standard, 2) / indicator(range)
    return Number.isFinite(value) ? { value, lean: clamp(value / 0.4, -1, 1) } : null
  },
}
