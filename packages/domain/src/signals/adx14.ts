import { adx } from '../indicators/adx.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const directional = adx(14)

/** Direction from DI, weight from ADX: a trend below 15 says nothing, one at 40 speaks in full. */
export const adx14: Signal = {
  id: 'tech.adx14',
  kind: 'technical',
  unit: 'index, 0 to 100',
  label: 'Trend strength (ADX 14)',
  weight: 10,
  see: 'Wilder 1978, New Concepts in Technical Trading Systems; TA-Lib ADX',
  read({ indicator }) {
    const [value, plus, minus] = [indicator(directional, 0), indicator(directional, 1), indicator(directional, 2)]
    if (Number.isNaN(value) || !(plus + minus > 0)) return null
    const strength = clamp((value - 15) / 25, 0, 1)
    return { value, lean: clamp(((2 * (plus - minus)) / (plus + minus)) * strength, -1, 1) }
  },
}
