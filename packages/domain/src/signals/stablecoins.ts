import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Money that waits on the chain: half a percent a day is a lot. */
export const stablecoins: GatheredSignal = {
  id: 'chain.stablecoins',
  kind: 'onchain',
  unit: 'ratio since a day ago',
  label: 'change of stablecoins on the chain',
  weight: { native: 5, contract: 0 },
  see: 'DefiLlama stablecoins',
  read({ change }) {
    const money = change('stablecoinsUsd')
    if (!money) return null
    return { value: money.value, lean: clamp(money.value * 100, -1, 1), cites: money.cites }
  },
}
