import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Buys against sells on decentral exchanges, counted, for a day. Wash trading balances both sides and so says nothing; thin trading says little. */
export const flow: GatheredSignal = {
  id: 'chain.flow',
  kind: 'onchain',
  unit: 'share of trades',
  label: 'buys among trades',
  weight: { native: 0, contract: 25 },
  see: 'rule of our own',
  read({ now }) {
    const buys = now('buys24h')
    const sells = now('sells24h')
    if (!buys || !sells || buys.value + sells.value < 20) return null
    const trades = buys.value + sells.value
    const share = buys.value / trades
    // Where so few trade, one side's excess is chance: shrunk as if 100 more trades were balanced.
    const lean = clamp((share - 0.5) * 8, -1, 1) * (trades / (trades + 100))
    return { value: share, lean, cites: [...buys.cites, ...sells.cites] }
  },
}
