import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Tones that vendors compute by themselves; nobody can look into them, so they weigh less. */
export const vendorSentiment: GatheredSignal = {
  id: 'social.vendors',
  kind: 'social',
  unit: 'tone, -1 to 1',
  label: 'tone as vendors tell it',
  weight: { native: 30, contract: 30 },
  see: 'rule of our own',
  read({ now }) {
    const tone = now('vendorSentiment')
    if (!tone) return null
    return { value: tone.value, lean: clamp(tone.value / 2, -1, 1), cites: tone.cites }
  },
}
