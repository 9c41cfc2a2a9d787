import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Liquidity that leaves the pools goes before whoever provided it; what comes in steadies the price. Losing weighs more than gaining. */
export const liquidityChange: GatheredSignal = {
  id: 'chain.liquidity-change',
  kind: 'onchain',
  unit: 'ratio since a day ago',
  label: 'change of liquidity',
  weight: { native: 0, contract: 20 },
  see: 'rule of our own',
  read({ change }) {
    const liquidity = change('liquidityUsd')
    if (!liquidity) return null
    const { value, cites } = liquidity
    return { value, lean: clamp(value < 0 ? value * 4 : value, -1, 1), cites }
  },
}
