import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Transactions of a day against those of the day before: use that grows or fades. */
export const activity: GatheredSignal = {
  id: 'chain.activity',
  kind: 'onchain',
  unit: 'ratio since a day ago',
  label: 'change of activity on the chain',
  weight: { native: 15, contract: 0 },
  see: 'rule of our own',
  read({ change }) {
    const used = change('activeAddresses24h') ?? change('transactions24h')
    if (!used) return null
    return { value: used.value, lean: clamp(used.value * 3, -1, 1), cites: used.cites }
  },
}
