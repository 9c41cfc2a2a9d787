import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Who takes what is offered: more bought than sold pushes up. */
export const takerFlow: GatheredSignal = {
  id: 'chain.takers',
  kind: 'onchain',
  unit: 'bought for each sold',
  label: 'takers of perpetuals',
  weight: { native: 15, contract: 0 },
  see: 'rule of our own',
  read({ now }) {
    const ratio = now('takerBuySellRatio')
    if (!ratio || ratio.value <= 0) return null
    return { value: ratio.value, lean: clamp(Math.log(ratio.value) / Math.log(1.5), -1, 1), cites: ratio.cites }
  },
}
