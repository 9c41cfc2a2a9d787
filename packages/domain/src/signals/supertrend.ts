import { atr } from '../indicators/atr.ts'
import { supertrend } from '../indicators/supertrend.ts'
import type { Signal } from './signal.ts'

const period = 10
const line = supertrend(period, 3)
const range = atr(period)

/** Which side of the price the trailing line is on. Silent until something moved. */
export const supertrendSide: Signal = {
  id: 'tech.supertrend',
  kind: 'technical',
  unit: '1 above the line, -1 below',
  label: 'Supertrend 10/3',
  weight: 8,
  see: 'Seban 2008, Tout le monde mérite d’être riche',
  read({ indicator }) {
    const value = indicator(line, 1)
    if (Number.isNaN(value) || !(indicator(range) > 0)) return null
    return { value, lean: value > 0 ? 0.7 : -0.7 }
  },
}
