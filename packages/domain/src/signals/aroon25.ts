import { aroon } from '../indicators/aroon.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const oscillator = aroon(25)

export const aroon25: Signal = {
  id: 'tech.aroon25',
  kind: 'technical',
  unit: 'index, -100 to 100',
  label: 'Aroon oscillator 25',
  weight: 4,
  see: 'Chande 1995; TA-Lib AROONOSC',
  read({ indicator }) {
    const value = indicator(oscillator, 2)
    return Number.isNaN(value) ? null : { value, lean: clamp(value / 100, -1, 1) }
  },
}
