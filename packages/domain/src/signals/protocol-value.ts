import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Value locked in the protocol or on the chain: money that comes or goes. */
export const protocolValue: GatheredSignal = {
  id: 'chain.tvl-change',
  kind: 'onchain',
  unit: 'ratio since a day ago',
  label: 'change of value locked',
  weight: { native: 10, contract: 5 },
  see: 'DefiLlama TVL',
  read({ now, change }) {
    const locked = now('tvlChange24hRatio') ?? change('tvlUsd') ?? change('chainTvlUsd')
    if (!locked) return null
    return { value: locked.value, lean: clamp(locked.value * 8, -1, 1), cites: locked.cites }
  },
}
