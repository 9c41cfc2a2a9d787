import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Who pays to hold a position is crowded in: high funding leans down, negative up. The usual 0.01 % says nothing. */
export const funding: GatheredSignal = {
  id: 'chain.funding',
  kind: 'onchain',
  unit: 'ratio per 8 h',
  label: 'funding of perpetuals',
  weight: { native: 20, contract: 0 },
  see: 'rule of our own',
  read({ now }) {
    const rate = now('fundingRatio8h')
    if (!rate) return null
    return { value: rate.value, lean: -clamp((rate.value - 0.0001) / 0.0007, -1, 1), cites: rate.cites }
  },
}
