import type { GatheredSignal } from './gathered.ts'

/** Traded value of a day over the liquidity: beyond some thirty it is more likely made than meant. Informs; safety judges it. */
export const washVolume: GatheredSignal = {
  id: 'chain.turnover',
  kind: 'onchain',
  unit: 'times the liquidity a day',
  label: 'turnover of the pools',
  weight: { native: 0, contract: 0 },
  see: 'rule of our own',
  read({ now }) {
    const volume = now('volume24hUsd')
    const liquidity = now('liquidityUsd')
    if (!volume || !liquidity || liquidity.value < 1) return null
    return { value: volume.value / liquidity.value, lean: 0, cites: [...volume.cites, ...liquidity.cites] }
  },
}
