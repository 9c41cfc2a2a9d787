import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Holders who come or go within a day: two percent is a lot. */
export const holdersChange: GatheredSignal = {
  id: 'chain.holders-change',
  kind: 'onchain',
  unit: 'ratio since a day ago',
  label: 'change of holders',
  weight: { native: 0, contract: 20 },
  see: 'rule of our own',
  read({ change }) {
    const holders = change('holders')
    if (!holders) return null
    return { value: holders.value, lean: clamp(holders.value * 25, -1, 1), cites: holders.cites }
  },
}
