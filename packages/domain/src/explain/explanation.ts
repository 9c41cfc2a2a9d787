import { z } from 'zod'
import { CallType, Clamp, Confidence, ModelEnding, RiskRating } from '../decide/recommendation.ts'
import { EventType, TextFlag } from '../words/claim.ts'
import { FigureName } from '../words/figure.ts'
import { Kind } from '../words/kind.ts'
import { Danger } from '../words/observation.ts'
import { Price } from '../words/price.ts'
import { Gap, Quote } from '../words/reading.ts'
import { Crowd } from '../words/story.ts'
import { IsoInstant, Timeframe } from '../words/time.ts'
import { TokenId } from '../words/token.ts'

/** One sentence of what was told, and what it refers to. */
export const ToldSentence = z.object({
  of: z.enum(['reasoning', 'conflict', 'factor', 'would-change', 'risk']),
  text: z.string(),
  references: z.array(z.string()),
})
export type ToldSentence = z.output<typeof ToldSentence>

/** What an id in brackets stands for; `from` names other references, or observations by their `cite`. */
export const ResolvedReference = z.object({
  id: z.string(),
  label: z.string(),
  /** Numbers as sealed; prices as decimal strings, instants as ISO 8601. */
  value: z.union([z.number(), z.string()]),
  unit: z.string(),
  from: z.array(z.string()),
})
export type ResolvedReference = z.output<typeof ResolvedReference>

/** A reading with what it weighs in the score, and where its rule comes from. */
export const ExplainedReading = z.object({
  id: z.string(),
  label: z.string(),
  kind: Kind,
  value: z.number(),
  unit: z.string(),
  lean: z.number(),
  /** Of the score; 0 where it only informs or its kind was not asked. */
  weight: z.number(),
  contribution: z.number(),
  /** The source of the rule; null for a reading that no signal of this version makes. */
  see: z.string().nullable(),
  cites: z.array(z.string()).min(1),
})
export type ExplainedReading = z.output<typeof ExplainedReading>

const cite = z.string()
const seen = { source: z.string(), observedAt: IsoInstant, fetchedAt: IsoInstant }

export const CitedCandles = z.object({
  what: z.literal('candles'),
  cite,
  source: z.string(),
  intervalMs: z.number(),
  count: z.int(),
  firstOpenAt: IsoInstant,
  lastOpenAt: IsoInstant,
  /** The newest closed ones; empty where candles were read from a file and are not kept. */
  last: z.array(z.object({ openAt: IsoInstant, open: Price, high: Price, low: Price, close: Price, volume: Price })),
})

/** What was seen, and by whom: what a reading or figure was read from in the end. */
export const CitedObservation = z.discriminatedUnion('what', [
  CitedCandles,
  z.object({
    what: z.literal('figure'),
    cite,
    ...seen,
    name: FigureName,
    value: z.number(),
    unit: z.string(),
    /** True of the whole market, not of the token alone. */
    ofMarket: z.boolean(),
    /** The same as it stood about a day before; null where that is not known. */
    earlier: z.object({ value: z.number(), observedAt: IsoInstant }).nullable(),
  }),
  z.object({ what: z.literal('hazard'), cite, ...seen, danger: Danger, present: z.boolean() }),
  z.object({
    what: z.literal('story'),
    cite,
    /** The text is of strangers: shown as text, believed in nothing. */
    foreign: z.literal(true),
    quote: z.string(),
    url: z.string().nullable(),
    publishers: z.array(z.string()),
    documents: z.int(),
    event: EventType,
    sentiment: z.number(),
    flags: z.array(TextFlag),
    publishedAt: IsoInstant,
    knownAt: IsoInstant,
  }),
  z.object({ what: z.literal('crowd'), cite, crowd: Crowd }),
  z.object({ what: z.literal('quote'), cite, ...Quote.shape }),
  /** Cited, and not kept here. */
  z.object({ what: z.literal('absent'), cite, why: z.string() }),
])
export type CitedObservation = z.output<typeof CitedObservation>

/** Why it is this type: the score against the threshold, then whatever held it back, in order. */
export const ExplainedType = z.object({
  type: CallType,
  /** Of the rules, before a model spoke. */
  ofRules: CallType,
  score: z.number(),
  /** Before text was held to what it may add. */
  unboundedScore: z.number(),
  /** A score from here on is a BUY, from `sellAt` down a SELL; a call that stands keeps standing nearer to 0. */
  buyAt: z.number(),
  sellAt: z.number(),
  previous: CallType.nullable(),
  /** What the score alone would say. */
  leaning: z.enum(['BUY', 'HOLD', 'SELL']),
  clamps: z.array(Clamp),
  steps: z.array(z.string()),
})
export type ExplainedType = z.output<typeof ExplainedType>

export const ExplainedLevel = z.object({
  level: z.enum(['entryLow', 'entryHigh', 'stop', 'target1', 'target2', 'target3', 'bandLow', 'bandHigh']),
  price: Price,
  /** Which of the code's candidates it is; null for what follows from the others. */
  candidate: z.string().nullable(),
  why: z.string(),
  /** From the price at issue, in ATR and in R; null where there is none. */
  distanceAtr: z.number().nullable(),
  distanceR: z.number().nullable(),
})
export type ExplainedLevel = z.output<typeof ExplainedLevel>

export const ExplainedConfidence = Confidence.extend({
  means: z.string(),
  breakEven: z.number().nullable(),
  expectedR: z.number().nullable(),
  actionable: z.object({ yes: z.boolean(), why: z.string() }),
  /** What held or moved it after it was measured, in order. */
  caps: z.array(Clamp),
})

/** What came of the language model; null where none was asked. */
export const ExplainedModel = z.object({
  model: z.string(),
  ending: ModelEnding,
  told: z.string(),
  promptHash: z.string(),
  /** Null where the provider told nothing, or the opinion is not kept here. */
  tokens: z.object({ input: z.int(), cachedInput: z.int(), output: z.int() }).nullable(),
  costUsd: z.number().nullable(),
  /** What it asked for beside its words; null where it gave no answer of the agreed form, or the opinion is not kept here. */
  asked: z
    .object({
      stance: z.enum(['agree', 'caution']),
      adjustment: z.number(),
      stop: z.string().nullable(),
      target: z.string().nullable(),
    })
    .nullable(),
  kept: z.boolean(),
})
export type ExplainedModel = z.output<typeof ExplainedModel>

/** A recommendation taken apart: from each sentence to what it refers to, to the readings, to what was seen. */
export const Explanation = z.object({
  id: z.uuid(),
  inputsHash: z.string(),
  token: TokenId,
  symbol: z.string(),
  timeframe: Timeframe,
  /** The instant of the evidence: ages are counted from here. */
  at: IsoInstant,
  labels: z.array(z.string()),
  abstained: z.string().nullable(),
  sentences: z.array(ToldSentence),
  references: z.array(ResolvedReference),
  readings: z.array(ExplainedReading),
  observations: z.array(CitedObservation),
  call: ExplainedType,
  levels: z.array(ExplainedLevel),
  confidence: ExplainedConfidence.nullable(),
  risk: z.object({ rating: RiskRating, reasons: z.array(z.string()) }),
  gaps: z.array(Gap),
  model: ExplainedModel.nullable(),
  /** Numbers in the sentences that no reference tells, and references to nothing: there should be none. */
  unresolved: z.array(z.object({ text: z.string(), what: z.array(z.string()) })),
})
export type Explanation = z.output<typeof Explanation>
