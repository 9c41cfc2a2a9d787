import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** What goes to exchanges is there to be sold; what leaves is kept. */
export const exchangeFlow: GatheredSignal = {
  id: 'chain.exchange-flow',
  kind: 'onchain',
  unit: 'share of the supply',
  label: 'net flow into exchanges',
  weight: { native: 15, contract: 0 },
  see: 'rule of our own',
  read({ now }) {
    const flow = now('exchangeNetflow24h')
    const supply = now('circulatingSupply') ?? now('supply')
    if (!flow || !supply || supply.value < 1) return null
    const share = flow.value / supply.value
    return { value: share, lean: -clamp(share * 500, -1, 1), cites: [...flow.cites, ...supply.cites] }
  },
}
