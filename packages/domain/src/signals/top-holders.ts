import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Ten holders who own much can sell to all the others: leans down from a third of the supply on, never up. */
export const topHolders: GatheredSignal = {
  id: 'chain.top10',
  kind: 'onchain',
  unit: 'share of the supply',
  label: 'top 10 holders',
  weight: { native: 0, contract: 15 },
  see: 'rule of our own',
  read({ now }) {
    const top = now('top10Ratio')
    if (!top) return null
    return { value: top.value, lean: -clamp((top.value - 0.33) * 2.5, 0, 1), cites: top.cites }
  },
}
