import { mfi } from '../indicators/mfi.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const flow = mfi(14)

/** Money flow: above 50 buyers pay, and the extremes (beyond 80 and 20) are exhaustion. */
export const mfi14: Signal = {
  id: 'tech.mfi14',
  kind: 'technical',
  unit: 'index, 0 to 100',
  label: 'Money flow 14',
  weight: 5,
  see: 'Quong and Soudack 1989; TA-Lib MFI',
  read({ indicator }) {
    const value = indicator(flow)
    if (Number.isNaN(value)) return null
    const exhausted = Math.max(0, Math.abs(value - 50) - 30) / 20
    return { value, lean: clamp(((value - 50) / 30) * (1 - 2 * exhausted), -1, 1) }
  },
}
