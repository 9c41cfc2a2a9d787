import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** A perpetual far above the spot price is bought by whoever could not wait: it leans down, far below up. */
export const basis: GatheredSignal = {
  id: 'chain.basis',
  kind: 'onchain',
  unit: 'ratio',
  label: 'perpetual over spot',
  weight: { native: 10, contract: 0 },
  see: 'rule of our own',
  read({ now }) {
    const premium = now('basisRatio')
    if (!premium) return null
    return { value: premium.value, lean: -clamp(premium.value / 0.003, -1, 1), cites: premium.cites }
  },
}
