import { adx } from '../indicators/adx.ts'
import { atr } from '../indicators/atr.ts'
import { rsi } from '../indicators/rsi.ts'
import { clamp } from '../words/numbers.ts'
import { calm } from './calm.ts'
import type { Signal } from './signal.ts'

const index = rsi(14)
const range = atr(14)
const trend = adx(14)

/** Overbought leans down, oversold up; a strong trend takes the word away. Silent until something moved. */
export const rsi14: Signal = {
  id: 'tech.rsi14',
  kind: 'technical',
  unit: 'index, 0 to 100',
  label: 'RSI 14',
  weight: 10,
  see: 'Wilder 1978; TA-Lib RSI',
  read({ indicator }) {
    const value = indicator(index)
    if (Number.isNaN(value) || !(indicator(range) > 0)) return null
    return { value, lean: clamp((50 - value) / 20, -1, 1) * calm(indicator(trend)) }
  },
}
