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
    const basis = now('basisRatio')
    if (!basis) return null
    return { value: basis.value, lean: -clamp(basis.value / 0.003, -1, 1), cites: basis.cites }
  },
}
