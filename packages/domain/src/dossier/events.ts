import { z } from 'zod'
import { storyWeight } from '../text/story-weight.ts'
import { EventType, TextFlag } from '../words/claim.ts'
import { round } from '../words/numbers.ts'
import type { Story } from '../words/story.ts'
import { fromIso, hours } from '../words/time.ts'

/** A story without its words: what of it goes to an analyst. Sentiment, magnitude, trust and relevance as in `Story`, to two decimals. */
export const ToldEvent = z.object({
  event: EventType,
  sentiment: z.number().min(-1).max(1),
  magnitude: z.number().min(0).max(1),
  trust: z.number().min(0).max(1),
  relevance: z.number().min(0).max(1),
  /** Independent houses of known trust that tell it. */
  tellers: z.int().nonnegative(),
  /** Since it was first published, in whole hours. */
  ageHours: z.int().nonnegative(),
  flags: z.array(TextFlag),
})
export type ToldEvent = z.output<typeof ToldEvent>

const eventsAtMost = 8
const halfLifeMs = hours(24)

/** The stories that weigh most at the instant, the weightiest first. */
export function eventsOf(stories: readonly Story[], at: number): ToldEvent[] {
  const weigh = ({ documents, tellers, trust, publishedAt, relevance, magnitude }: Story): number =>
    relevance *
    magnitude *
    storyWeight({ documents, publishers: tellers, trust, ageMs: at - fromIso(publishedAt) }, halfLifeMs)
  return stories
    .map((story) => ({ story, weight: weigh(story) }))
    .toSorted((a, b) => b.weight - a.weight || (a.story.id < b.story.id ? -1 : 1))
    .slice(0, eventsAtMost)
    .map(({ story: { event, sentiment, magnitude, trust, relevance, tellers, publishedAt, flags } }) => ({
      event,
      sentiment: round(sentiment, 2),
      magnitude: round(magnitude, 2),
      trust: round(trust, 2),
      relevance: round(relevance, 2),
      tellers,
      ageHours: Math.max(0, Math.floor((at - fromIso(publishedAt)) / hours(1))),
      flags,
    }))
}
