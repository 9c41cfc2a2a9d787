import { atr } from '../indicators/atr.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const range = atr(14)
const span = 24

/** The close against the volume-weighted price of the last 24 candles, in ATR: far from where the trade was done leans back. */
export const vwapDistance: Signal = {
  id: 'tech.vwap24',
  kind: 'technical',
  unit: 'ATR above the 24-candle VWAP',
  label: 'VWAP 24',
  weight: 4,
  see: 'Berkowitz, Logue and Noser 1988, The Total Cost of Transactions on the NYSE',
  read({ candles, indicator }) {
    const { high, low, close, volume, length } = candles
    if (length < span) return null
    let traded = 0
    let paid = 0
    for (let i = length - span; i < length; i++) {
      traded += volume[i]!
      paid += volume[i]! * ((high[i]! + low[i]! + close[i]!) / 3)
    }
    const value = (close[length - 1]! - paid / traded) / indicator(range)
    return Number.isFinite(value) ? { value, lean: clamp(-value / 5, -1, 1) } : null
  },
}
