import { z } from 'zod'
import {
  CallType,
  Coverage,
  Crowd,
  Figure,
  Gap,
  Hazard,
  IsoInstant,
  Kind,
  minutes,
  Price,
  Reading,
  SafetyAssessment,
  Story,
  Token,
} from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { listed } from '../page.ts'
import { TokenRef } from './tokens.ts'

/** A reading with its name for people, and when the oldest of what it cites was true. */
export const ToldReading = Reading.extend({ label: z.string(), observedAt: IsoInstant.nullable() })
export type ToldReading = z.output<typeof ToldReading>

/** One kind's readings folded: its lean, how much of it could be known, how far its sources answered. */
export const ToldView = z.object({
  score: z.number().min(-1).max(1).nullable(),
  quality: z.number().min(0).max(1),
  coverage: z.number().min(0).max(1).nullable(),
})

/**
 * An author whose earlier calls were judged: of `calls` on which way a token would go, `hits` came true against the market. By it he is heard
 * `loudness` times as loud as one of whom nothing is known, 1 to 4.
 */
export const ToldVoice = z.object({
  /** Platform and id there. */
  author: z.string(),
  name: z.string().nullable(),
  /** Of the last day about this token, five at most. */
  posts: z.int().positive(),
  calls: z.int().positive(),
  hits: z.int().nonnegative(),
  loudness: z.number().min(1).max(4),
})
export type ToldVoice = z.output<typeof ToldVoice>

/** All that is known of a token now; nothing is decided by it and nothing sealed. */
export const TokenAnalysis = z.object({
  token: Token,
  at: IsoInstant,
  labels: z.array(z.string()),
  price: z.object({ value: Price, source: z.string(), ageMs: z.number().nonnegative() }).nullable(),
  kinds: z.record(Kind, ToldView),
  safety: SafetyAssessment.nullable(),
  readings: z.array(ToldReading),
  figures: z.array(Figure),
  hazards: z.array(Hazard),
  stories: z.array(Story).nullable(),
  crowd: Crowd.nullable(),
  /** Who of those that write of it has a record, the loudest first, ten at most. */
  voices: z.array(ToldVoice),
  coverage: Coverage,
  gaps: z.array(Gap),
  /** The kinds that were asked for. */
  asked: z.array(Kind),
  /** The newest house call and its reasons in words, as it was sealed; null where there is none. */
  call: z
    .object({ id: z.uuid(), type: CallType, issuedAt: IsoInstant, score: z.number(), reasoning: z.string() })
    .nullable(),
})
export type TokenAnalysis = z.output<typeof TokenAnalysis>

export const evidence = {
  token: endpoint({
    method: 'GET',
    path: '/analysis/tokens/:id',
    access: 'public',
    summary:
      'What is known of a token now: identity, safety, readings of all kinds with their sources and ages, and what could not be known.',
    params: z.strictObject({ id: TokenRef }),
    /** Kinds with commas between, such as `news,social`; all unless said. A contract's safety is always told. */
    query: z.strictObject({ kinds: listed(Kind).optional() }),
    reply: TokenAnalysis,
    cacheMs: minutes(1),
  }),
}
