import { supertrend } from '../indicators/supertrend.ts'
import type { Signal } from './signal.ts'

const line = supertrend(10, 3)

export const supertrendSide: Signal = {
  id: 'tech.supertrend',
  kind: 'technical',
  unit: '1 above the line, -1 below',
  label: 'Supertrend 10/3',
  weight: 8,
  see: 'Seban 2008, Tout le monde mérite d’être riche',
  read({ indicator }) {
    const value = indicator(line, 1)
    return Number.isNaN(value) ? null : { value, lean: value > 0 ? 0.7 : -0.7 }
  },
}
