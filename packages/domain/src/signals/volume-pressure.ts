import { obv } from '../indicators/obv.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const balance = obv()
const span = 24

/** On-balance volume's change over 24 candles as a share of all that was traded in them. */
export const volumePressure: Signal = {
  id: 'tech.volume-pressure',
  kind: 'technical',
  unit: 'share of 24 candles’ volume, -1 to 1',
  label: 'On-balance volume',
  weight: 6,
  see: 'Granville 1963; TA-Lib OBV',
  read({ candles, indicator }) {
    if (candles.length <= span) return null
    let traded = 0
    for (let i = candles.length - span; i < candles.length; i++) traded += candles.volume[i]!
    if (!(traded > 0)) return null
    const value = (indicator(balance) - indicator(balance, 0, span)) / traded
    return { value, lean: clamp(value * 2, -1, 1) }
  },
}
