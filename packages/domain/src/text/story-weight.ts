import { clamp } from '../words/numbers.ts'

/** What independent houses of known trust add to a story at most, and what mere copies add. */
const CONFIRMED = 0.2
const COPIED = 0.01

export type StoryStanding = {
  /** How often it was told. */
  readonly documents: number
  /** How many independent houses of known trust told it; the same one and unknown ones do not count again. */
  readonly publishers: number
  /** Of its most credible teller, 0..1. */
  readonly trust: number
  /** Since it was first told. */
  readonly ageMs: number
}

/** One story, one vote: that of its most credible teller, a little more when others of trust confirm it, halved in each half-life. */
export function storyWeight({ documents, publishers, trust, ageMs }: StoryStanding, halfLifeMs: number): number {
  const confirmed = CONFIRMED * (1 - 1 / Math.max(1, publishers))
  const copied = COPIED * (1 - 1 / Math.max(1, documents))
  return clamp(trust, 0, 1) * (1 + confirmed) * (1 + copied) * 0.5 ** (Math.max(0, ageMs) / halfLifeMs)
}
