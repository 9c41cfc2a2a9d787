import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** What the maker of a token still holds: leans down from five percent on, never up. */
export const developerShare: GatheredSignal = {
  id: 'chain.developer',
  kind: 'onchain',
  unit: 'share of the supply',
  label: 'share of the developer',
  weight: { native: 0, contract: 5 },
  see: 'rule of our own',
  read({ now }) {
    const share = now('developerRatio')
    if (!share) return null
    return { value: share.value, lean: -clamp((share.value - 0.05) * 5, 0, 1), cites: share.cites }
  },
}
