import { adx } from '../indicators/adx.ts'
import { bbands } from '../indicators/bbands.ts'
import { clamp } from '../words/numbers.ts'
import { calm } from './calm.ts'
import type { Signal } from './signal.ts'

const bands = bbands(20, 2)
const trend = adx(14)

/** %B: 0 is the lower band, 1 the upper. Outside leans back, unless a trend carries it. */
export const bollinger: Signal = {
  id: 'tech.bollinger',
  kind: 'technical',
  unit: '%B, 0 lower band, 1 upper',
  label: 'Bollinger 20/2',
  weight: 6,
  see: 'Bollinger 2001, Bollinger on Bollinger Bands',
  read({ candles, indicator }) {
    const [upper, lower] = [indicator(bands, 0), indicator(bands, 2)]
    const value = (candles.close[candles.length - 1]! - lower) / (upper - lower)
    return Number.isFinite(value) ? { value, lean: clamp((0.5 - value) * 1.6, -1, 1) * calm(indicator(trend)) } : null
  },
}
