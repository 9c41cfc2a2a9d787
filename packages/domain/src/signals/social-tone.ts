import { clamp } from '../words/numbers.ts'
import { crowdCite } from '../words/story.ts'
import type { GatheredSignal } from './gathered.ts'

/** What is said of it, once bots, new accounts and copies are weighed. A burst halves its word: it is bought more often than meant. */
export const socialTone: GatheredSignal = {
  id: 'social.tone',
  kind: 'social',
  unit: 'tone, -1 to 1',
  label: 'tone of the posts',
  weight: { native: 70, contract: 70 },
  see: 'rule of our own',
  read({ crowd }) {
    if (!crowd || crowd.posts === 0) return null
    const { tone, burst } = crowd
    return { value: tone, lean: clamp(burst ? tone / 2 : tone, -1, 1), cites: [crowdCite(crowd)] }
  },
}
