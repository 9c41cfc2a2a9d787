import { hours } from '../words/time.ts'
import type { GatheredSignal } from './gathered.ts'

/** Stories that came up within a day, each once. Informs: attention has no direction. */
export const newsCount: GatheredSignal = {
  id: 'news.count',
  kind: 'news',
  unit: 'stories a day',
  label: 'new stories',
  weight: { native: 0, contract: 0 },
  see: 'rule of our own',
  read({ stories, at }) {
    const fresh = (stories ?? []).filter(({ publishedAt }) => at - Date.parse(publishedAt) <= hours(24))
    if (fresh.length === 0) return null
    return { value: fresh.length, lean: 0, cites: fresh.slice(0, 10).map(({ id }) => id) }
  },
}
