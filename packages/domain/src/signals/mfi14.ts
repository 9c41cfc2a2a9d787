import { mfi } from '../indicators/mfi.ts'
import type { Candles } from '../words/candles.ts'
import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

const period = 14
const flow = mfi(period)

/** The index is 0 where nothing flowed, as TA-Lib's is: that is no extreme, it is no evidence. */
function isFlowing({ high, low, close, volume, length }: Candles): boolean {
  const typical = (i: number) => high[i]! + low[i]! + close[i]!
  for (let i = length - period; i < length; i++) if (volume[i]! > 0 && typical(i) !== typical(i - 1)) return true
  return false
}

/** Money flow: above 50 buyers pay, and the extremes (beyond 80 and 20) are exhaustion. */
export const mfi14: Signal = {
  id: 'tech.mfi14',
  kind: 'technical',
  unit: 'index, 0 to 100',
  label: 'Money flow 14',
  weight: 5,
  see: 'Quong and Soudack 1989; TA-Lib MFI',
  read({ candles, indicator }) {
    const value = indicator(flow)
    if (Number.isNaN(value) || !isFlowing(candles)) return null
    const exhausted = Math.max(0, Math.abs(value - 50) - 30) / 20
    return { value, lean: clamp(((value - 50) / 30) * (1 - 2 * exhausted), -1, 1) }
  },
}
