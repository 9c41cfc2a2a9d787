import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Small accounts crowd on the late side: many longs for each short lean down, few up. */
export const longShort: GatheredSignal = {
  id: 'chain.long-short',
  kind: 'onchain',
  unit: 'longs for each short',
  label: 'accounts long and short',
  weight: { native: 10, contract: 0 },
  see: 'rule of our own',
  read({ now }) {
    const accounts = now('longShortRatio')
    if (!accounts || accounts.value <= 0) return null
    return {
      value: accounts.value,
      lean: -clamp(Math.log(accounts.value / 1.2) / Math.log(3), -1, 1),
      cites: accounts.cites,
    }
  },
}
