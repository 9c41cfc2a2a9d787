import { atr } from '../indicators/atr.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const range = atr(14)

/** Room above against room below, to the nearest zones: close over support leans up, close under resistance down. */
export const structure: Signal = {
  id: 'tech.structure',
  kind: 'technical',
  unit: 'ATR, room above less room below',
  label: 'Support and resistance',
  weight: 4,
  see: 'support and resistance as clusters of swing points, Osler 2000, FRBNY Economic Policy Review',
  read({ candles, indicator, zones }) {
    const unit = indicator(range)
    const { supports, resistances } = zones()
    const close = candles.close[candles.length - 1]!
    if (!(unit > 0) || !supports[0] || !resistances[0]) return null
    const value = (resistances[0].price - close - (close - supports[0].price)) / unit
    return { value, lean: clamp(value / 8, -1, 1) }
  },
}
