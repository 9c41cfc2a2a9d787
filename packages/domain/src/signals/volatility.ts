import { rvol } from '../indicators/rvol.ts'
import type { Signal } from './signal.ts'

const recent = rvol(24)
const usual = rvol(240)

/** How wild the last day of candles was against the last ten: it sets no direction, it informs risk and reader. */
export const volatilityState: Signal = {
  id: 'tech.volatility',
  kind: 'technical',
  unit: 'times its usual level',
  label: 'Volatility state',
  weight: 0,
  see: 'realised volatility, Andersen and Bollerslev 1998',
  read({ indicator }) {
    const value = indicator(recent) / indicator(usual)
    return Number.isFinite(value) ? { value, lean: 0 } : null
  },
}
