import { z } from 'zod'

/** What a document tells of. `price` is talk about the price itself; `other` is all the rest. */
export const EventType = z.enum([
  'listing',
  'delisting',
  'hack',
  'outage',
  'regulation',
  'lawsuit',
  'etf',
  'partnership',
  'launch',
  'upgrade',
  'unlock',
  'burn',
  'airdrop',
  'funding',
  'whale',
  'macro',
  'price',
  'other',
])
export type EventType = z.output<typeof EventType>

/** What makes a text suspect. `injection` is text that speaks to a machine instead of to people. */
export const TextFlag = z.enum(['promo', 'scam', 'phishing', 'pump_call', 'injection'])
export type TextFlag = z.output<typeof TextFlag>

/** What a reader makes of one document: the only form in which text goes on. It decides nothing. */
export const Claim = z.object({
  /** The document's id. */
  document: z.string(),
  /** Tokens of our catalogue that it speaks of, the most relevant first; relevance in (0, 1]. */
  tokens: z.array(z.object({ id: z.string(), relevance: z.number().min(0).max(1) })),
  event: EventType,
  /** -1 bad for the price, 1 good. */
  sentiment: z.number().min(-1).max(1),
  /** How much it would matter if it were true, 0..1. */
  magnitude: z.number().min(0).max(1),
  /** A short piece of the text itself, for a person to see; plain, without line breaks. */
  quote: z.string().max(160),
  flags: z.array(TextFlag),
  /** Which reader in which version: `lexicon-1`, `model-1:gpt-4o`. */
  reader: z.string(),
  /** What the lexicon made of it, where a model has read it since: so that their disagreements can be counted. */
  lexicon: z.object({ sentiment: z.number().min(-1).max(1), event: EventType }).optional(),
})
export type Claim = z.output<typeof Claim>

/** From here on a text counts as good, from its negative on as bad. */
const labelFrom = 0.2

export const sentimentLabel = (sentiment: number): -1 | 0 | 1 =>
  sentiment >= labelFrom ? 1 : sentiment <= -labelFrom ? -1 : 0
