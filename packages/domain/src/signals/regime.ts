import { er } from '../indicators/er.ts'
import type { Signal } from './signal.ts'

const efficiency = er(48)

/** Distance made over way gone: 1 is a straight line, 0 a market that goes nowhere. */
export const regime: Signal = {
  id: 'tech.regime',
  kind: 'technical',
  unit: 'efficiency, 0 to 1',
  label: 'Regime (efficiency ratio 48)',
  weight: 0,
  see: 'Kaufman 1995, Smarter Trading',
  read({ indicator }) {
    const value = indicator(efficiency)
    return Number.isNaN(value) ? null : { value, lean: 0 }
  },
}
