import { z } from 'zod'
import { FigureName } from './figure.ts'
import { IsoInstant } from './time.ts'

/** `token` is null for what is true of the whole market. `observedAt` is when it was true, `fetchedAt` when we knew it. */
const seen = {
  source: z.string(),
  token: z.string().nullable(),
  observedAt: IsoInstant,
  fetchedAt: IsoInstant,
}

/** A number a source tells of a token, or of the market. */
export const Figure = z.object({ what: z.literal('figure'), ...seen, name: FigureName, value: z.number() })
export type Figure = z.output<typeof Figure>

/** What can be wrong with a contract. Each is the danger itself: `present: true` is bad. */
export const Danger = z.enum([
  'honeypot',
  'mintable',
  'freezable',
  'pausable',
  'blacklist',
  'permanentDelegate',
  'transferHook',
  'balanceChangeable',
  'ownerHidden',
  'ownershipReclaimable',
  'upgradeable',
  'selfDestruct',
  'sourceClosed',
  'sellRestricted',
  'taxChangeable',
  'tradingCooldown',
  /** How much one may trade at once or hold can be changed, down to nothing. */
  'limitsChangeable',
  'lpUnlocked',
  'rugged',
  'fake',
  /** Whoever made it made honeypots or pulled pools before. */
  'makerKnownBad',
])
export type Danger = z.output<typeof Danger>

/** Whether a source saw a danger; it tells nothing of those it does not know. */
export const Hazard = z.object({ what: z.literal('hazard'), ...seen, danger: Danger, present: z.boolean() })
export type Hazard = z.output<typeof Hazard>

/** Who wrote it, as far as the source says. */
export const Author = z.object({
  id: z.string().max(200),
  name: z.string().max(200).nullable(),
  createdAt: IsoInstant.nullable(),
  followers: z.number().nonnegative().nullable(),
  following: z.number().nonnegative().nullable(),
  posts: z.number().nonnegative().nullable(),
  verified: z.boolean().nullable(),
})
export type Author = z.output<typeof Author>

/** An article or a post, as it came: attacker-writable. Only the reader sees it; `id` is the source's, prefixed with the source. */
export const Document = z.object({
  what: z.literal('document'),
  ...seen,
  kind: z.enum(['news', 'social']),
  id: z.string().min(3).max(300),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable(),
  title: z.string().max(1_000),
  text: z.string().max(20_000),
  /** The site or channel: a domain, r/NAME, t.me/NAME. */
  publisher: z.string().min(1).max(200),
  author: Author.nullable(),
  /** Tickers or addresses the source itself tags it with, in its spelling. */
  tags: z.array(z.string().max(128)).max(50),
  likes: z.number().nonnegative().nullable(),
  reposts: z.number().nonnegative().nullable(),
  views: z.number().nonnegative().nullable(),
  /** What the source itself says of its tone, -1..1. */
  vendorSentiment: z.number().min(-1).max(1).nullable(),
})
export type Document = z.output<typeof Document>

/** What a source saw, other than candles and prices. */
export const Observation = z.discriminatedUnion('what', [Figure, Hazard, Document])
export type Observation = z.output<typeof Observation>
