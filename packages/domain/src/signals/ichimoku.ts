import { atr } from '../indicators/atr.ts'
import { ichimoku } from '../indicators/ichimoku.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const cloud = ichimoku(9, 26, 52)
const range = atr(14)

/** Distance from the cloud in ATR, 0 inside; the conversion line's side of the base line adds a half, inside the cloud a fifth. */
export const ichimokuCloud: Signal = {
  id: 'tech.ichimoku',
  kind: 'technical',
  unit: 'ATR outside the cloud',
  label: 'Ichimoku cloud',
  weight: 6,
  see: 'Hosoda 1969; Patel 2010, Trading with Ichimoku Clouds',
  read({ candles, indicator }) {
    const [conversion, base] = [indicator(cloud, 0), indicator(cloud, 1)]
    const [a, b] = [indicator(cloud, 2), indicator(cloud, 3)]
    const close = candles.close[candles.length - 1]!
    const outside = close > Math.max(a, b) ? close - Math.max(a, b) : Math.min(0, close - Math.min(a, b))
    const value = outside / indicator(range)
    if (!Number.isFinite(value) || Number.isNaN(conversion - base)) return null
    return { value, lean: clamp(value / 4 + 0.5 * Math.sign(conversion - base) * (value === 0 ? 0.4 : 1), -1, 1) }
  },
}
