import { crowdCite } from '../words/story.ts'
import type { GatheredSignal } from './gathered.ts'

/** Far more posts than usual at once. Informs; it takes weight from the tone. */
export const crowdBurst: GatheredSignal = {
  id: 'social.burst',
  kind: 'social',
  unit: '1 where posts burst',
  label: 'burst of posts',
  weight: { native: 0, contract: 0 },
  see: 'rule of our own',
  read({ crowd }) {
    if (!crowd || crowd.usualPerHour === null) return null
    return { value: crowd.burst ? 1 : 0, lean: 0, cites: [crowdCite(crowd)] }
  },
}
