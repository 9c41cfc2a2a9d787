import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** What the largest holders took less what they gave up within a day, against the market cap. */
export const whales: GatheredSignal = {
  id: 'chain.whales',
  kind: 'onchain',
  unit: 'share of the market cap',
  label: 'net buying of large holders',
  weight: { native: 0, contract: 10 },
  see: 'rule of our own',
  read({ now }) {
    const net = now('whaleNet24hUsd')
    const cap = now('marketCapUsd')
    if (!net || !cap || cap.value < 1) return null
    const share = net.value / cap.value
    return { value: share, lean: clamp(share * 50, -1, 1), cites: [...net.cites, ...cap.cites] }
  },
}
