import type { EventType } from '../words/claim.ts'
import { hours } from '../words/time.ts'
import { clamp } from '../words/numbers.ts'
import type { Story } from '../words/story.ts'
import { flagVote } from '../text/flag-vote.ts'
import type { GatheredSignal } from './gathered.ts'

/** Which way an event of its type pushes by itself. */
const push: Partial<Record<EventType, number>> = {
  hack: -1,
  delisting: -1,
  outage: -0.5,
  lawsuit: -0.6,
  unlock: -0.4,
  listing: 0.6,
  burn: 0.3,
}

/** An event is news for two days. */
const newsMs = hours(48)
/** Whose word for a single event is taken. */
const trusted = 0.5

/** A text that takes no side leaves it to its event which way it pushes. */
const sideless = 0.15

const sideOf = ({ event, sentiment }: Story): number =>
  Math.abs(sentiment) >= sideless ? sentiment : (push[event] ?? 0)

const forceOf = (story: Story): number => sideOf(story) * story.magnitude * story.relevance * story.trust

/** The weightiest event of the last two days that a publisher of trust tells: a hack, a listing, a lawsuit. */
export const newsEvent: GatheredSignal = {
  id: 'news.event',
  kind: 'news',
  unit: 'force, -1 to 1',
  label: 'weightiest event',
  weight: { native: 20, contract: 20 },
  see: 'rule of our own',
  read({ stories, at }) {
    const events = (stories ?? []).filter(
      ({ event, trust, flags, publishedAt }) =>
        event !== 'price' &&
        event !== 'other' &&
        trust >= trusted &&
        at - Date.parse(publishedAt) <= newsMs &&
        flagVote(flags) > 0,
    )
    const [first] = events.toSorted((a, b) => Math.abs(forceOf(b)) - Math.abs(forceOf(a)) || (a.id < b.id ? -1 : 1))
    if (!first) return null
    const force = clamp(forceOf(first), -1, 1)
    return { value: force, lean: force, cites: [first.id] }
  },
}
