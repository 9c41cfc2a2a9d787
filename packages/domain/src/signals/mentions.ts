import { crowdCite } from '../words/story.ts'
import type { GatheredSignal } from './gathered.ts'

/** Posts an hour against their own usual rate. Informs: attention has no direction. */
export const mentions: GatheredSignal = {
  id: 'social.mentions',
  kind: 'social',
  unit: 'times the usual rate',
  label: 'mentions',
  weight: { native: 0, contract: 0 },
  see: 'rule of our own',
  read({ crowd }) {
    if (!crowd?.usualPerHour) return null
    return { value: crowd.perHour / crowd.usualPerHour, lean: 0, cites: [crowdCite(crowd)] }
  },
}
