import { newsTone as toneOf, type NewsTone } from '../text/tone.ts'
import { clamp } from '../words/numbers.ts'
import { hours } from '../words/time.ts'
import type { Story } from '../words/story.ts'
import type { GatheredSignal } from './gathered.ts'

/** A story says half as much after half a day. */
const halfLifeMs = hours(12)
/** As if one story of no tone had been told besides: thin news says little. */
const priorMass = 0.6

/** What the stories known at an instant come to. */
export const toneOfStories = (stories: readonly Story[], at: number): NewsTone =>
  toneOf(
    stories.map(({ documents, tellers, trust, publishedAt, publishers, sentiment, magnitude, relevance, flags }) => ({
      documents,
      publishers: tellers,
      trust,
      at: Date.parse(publishedAt),
      publisher: publishers[0]!,
      author: null,
      sentiment,
      magnitude: magnitude * relevance,
      flags,
    })),
    { nowAt: at, halfLifeMs, priorMass },
  )

/** What is told of the token: each story once, by its most credible publisher, its age and its weight. */
export const newsTone: GatheredSignal = {
  id: 'news.tone',
  kind: 'news',
  unit: 'tone, -1 to 1',
  label: 'tone of the news',
  weight: { native: 80, contract: 80 },
  see: 'rule of our own',
  read({ stories, at }) {
    if (!stories || stories.length === 0) return null
    const { tone } = toneOfStories(stories, at)
    return { value: tone, lean: clamp(tone, -1, 1), cites: stories.slice(0, 10).map(({ id }) => id) }
  },
}
