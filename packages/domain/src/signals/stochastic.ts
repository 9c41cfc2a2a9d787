import { adx } from '../indicators/adx.ts'
import { donchian } from '../indicators/donchian.ts'
import { stoch } from '../indicators/stoch.ts'
import { clamp } from '../words/numbers.ts'
import { calm } from './calm.ts'
import type { Signal } from './signal.ts'

const oscillator = stoch(14, 3, 3)
const channel = donchian(14)
const trend = adx(14)

/** Overbought leans down, oversold up; without a range there is no place in it, and a strong trend takes the word away. */
export const stochastic: Signal = {
  id: 'tech.stochastic',
  kind: 'technical',
  unit: 'index, 0 to 100',
  label: 'Stochastic 14/3/3',
  weight: 4,
  see: 'Lane 1984; TA-Lib STOCH',
  read({ indicator }) {
    const value = indicator(oscillator, 0)
    const range = indicator(channel, 0) - indicator(channel, 2)
    if (Number.isNaN(value) || !(range > 0)) return null
    return { value, lean: clamp((50 - value) / 45, -1, 1) * calm(indicator(trend)) }
  },
}
