import { roc } from '../indicators/roc.ts'
import { rvol } from '../indicators/rvol.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const change = roc(48)
const volatility = rvol(96)

/** The change over 48 candles in standard deviations of such a change. */
export const momentum: Signal = {
  id: 'tech.momentum48',
  kind: 'technical',
  unit: 'standard deviations over 48 candles',
  label: 'Momentum 48',
  weight: 9,
  see: 'Moskowitz, Ooi and Pedersen 2012, Time Series Momentum',
  read({ indicator }) {
    const value = indicator(change) / 100 / (indicator(volatility) * Math.sqrt(48))
    return Number.isFinite(value) ? { value, lean: clamp(value / 1.5, -1, 1) } : null
  },
}
