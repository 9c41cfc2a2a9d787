import { z } from 'zod'
import { EventType, TextFlag } from './claim.ts'
import { IsoInstant } from './time.ts'

/** One story about a token, however many tell it: what the reader made of its documents. */
export const Story = z.object({
  /** The id of its first document. */
  id: z.string(),
  /** When we first knew it. */
  at: IsoInstant,
  /** When it was first published as far as its tellers say; never later than `at`. It ages from here on. */
  publishedAt: IsoInstant,
  /** A short piece of its text, for a person to see. */
  quote: z.string().max(160),
  url: z.string().nullable(),
  /** The most credible first, five at most. */
  publishers: z.array(z.string()).min(1).max(5),
  documents: z.int().positive(),
  /** How many independent houses of known trust tell it. */
  tellers: z.int().nonnegative(),
  /** Of its most credible publisher, 0..1. */
  trust: z.number().min(0).max(1),
  /** How much it is about the token, 0..1. */
  relevance: z.number().min(0).max(1),
  event: EventType,
  sentiment: z.number().min(-1).max(1),
  magnitude: z.number().min(0).max(1),
  flags: z.array(TextFlag),
})
export type Story = z.output<typeof Story>

/** What the posts about a token come to, once bots, new accounts and copies are weighed. */
export const Crowd = z.object({
  /** When the newest of the posts was known. */
  at: IsoInstant,
  posts: z.int().nonnegative(),
  authors: z.int().nonnegative(),
  platforms: z.array(z.string()),
  /** -1..1, shrunk toward 0 where few are heard. */
  tone: z.number().min(-1).max(1),
  /** How far the platforms agree, 0..1; null where only one is heard. */
  agreement: z.number().min(0).max(1).nullable(),
  perHour: z.number().nonnegative(),
  /** The usual rate; null while it is not known. */
  usualPerHour: z.number().nonnegative().nullable(),
  burst: z.boolean(),
  newAccountShare: z.number().min(0).max(1),
  botShare: z.number().min(0).max(1),
  copiedShare: z.number().min(0).max(1),
  /** Shares of the posts that bear a flag. */
  flagged: z.record(TextFlag, z.number().min(0).max(1)),
})
export type Crowd = z.output<typeof Crowd>

/** How a reading cites what the posts come to. */
export const crowdCite = ({ platforms }: Crowd): string => `crowd:${platforms.join('+')}`
