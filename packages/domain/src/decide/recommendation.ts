import { z } from 'zod'
import { Gap, Quote } from '../words/reading.ts'
import { IsoInstant, Timeframe } from '../words/time.ts'
import { Kind } from '../words/kind.ts'
import { Mode, RiskTolerance, Weights } from '../words/profile.ts'
import { Price } from '../words/price.ts'
import { TokenId } from '../words/token.ts'

export const CallType = z.enum(['BUY', 'HOLD', 'SELL', 'AVOID'])
export type CallType = z.output<typeof CallType>

/** What voids a call, checked on closed candles of the timeframe: a close beyond the price. */
export const Invalidation = z.object({
  when: z.enum(['close_below', 'close_above']),
  price: Price,
  why: z.string().optional(),
})
export type Invalidation = z.output<typeof Invalidation>

export const Target = z.object({ price: Price, share: z.number().min(0).max(1) })
export const Band = z.object({ low: Price, high: Price })

/** The probability that target 1 is reached before the stop within the horizon, given a fill. `low`..`high` is a 95 % interval. */
export const Confidence = z.object({
  /** After caps and adjustment: what is shown. */
  value: z.number().min(0).max(1),
  low: z.number().min(0).max(1),
  high: z.number().min(0).max(1),
  /** Effective sample size behind it; for a prior, the bars the volatility was measured on. */
  n: z.number().int().nonnegative(),
  method: z.enum(['prior', 'backtest', 'live']),
  /** The fit before caps and adjustment. */
  measured: z.number().min(0).max(1),
  /** What the fit moved: the level below, toward which it is shrunk. Absent for a prior, which has none. */
  below: z.object({ method: z.enum(['prior', 'backtest']), measured: z.number().min(0).max(1) }).optional(),
})
export type Confidence = z.output<typeof Confidence>

export const Factor = z.object({
  factor: z.string(),
  impact: z.enum(['bullish', 'bearish', 'neutral']),
  weight: z.number(),
  contribution: z.number(),
  evidence: z.array(z.string()),
  /** What the model makes of it, in words; absent without one. */
  why: z.string().optional(),
})
export type Factor = z.output<typeof Factor>

/** What a rule held back: a number, a type or a level as it was wanted and as it stands. */
export const Clamp = z.object({
  rule: z.enum([
    // Of the arithmetic.
    'text-bound',
    'text-cannot-buy',
    'text-cap',
    'completeness-cap',
    'unsafe',
    'untradable',
    'unproven',
    // Of what the model said.
    'model-answer',
    'model-type',
    'model-level',
    'model-adjustment',
    'model-reading',
    'model-prose',
  ]),
  from: z.string(),
  to: z.string(),
  why: z.string(),
})
export type Clamp = z.output<typeof Clamp>

/**
 * How a call of a model ended. `answered` is JSON that fits the schema; `overspent` was refused before it was sent; `throttled` is too many
 * calls, `exhausted` an empty account, `refused` the model's own refusal, `filtered` its vendor's.
 */
export const ModelEnding = z.enum([
  'answered',
  'refused',
  'filtered',
  'length',
  'empty',
  'broken',
  'invalid',
  'slow',
  'unreachable',
  'unauthorized',
  'gone',
  'throttled',
  'exhausted',
  'failing',
  'rejected',
  'overspent',
])
export type ModelEnding = z.output<typeof ModelEnding>

export const KindUse = z.object({
  used: z.boolean(),
  weightAsked: z.number(),
  weightEffective: z.number(),
  quality: z.number().min(0).max(1),
  score: z.number().min(-1).max(1).nullable(),
  oldestReading: IsoInstant.nullable(),
})

export const RiskRating = z.enum(['LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH'])

export const PositionSize = z.object({
  units: Price,
  quoteAmount: Price,
  worstCaseLossQuote: Price,
  riskPct: z.number(),
  limitedBy: z.enum(['risk', 'maximum position']),
})

export const Seal = z.object({ seq: z.number().int().positive(), prevHash: z.string(), hash: z.string() })
export type Seal = z.output<typeof Seal>

/** What is decided, shown and sealed. Prices are decimal strings, instants ISO 8601 UTC. */
export const Recommendation = z.object({
  id: z.uuid(),
  /** Made on schedule for the public record; else personal. */
  house: z.boolean(),
  token: TokenId,
  symbol: z.string(),
  type: CallType,
  /** Null, or why no call could be made: then type is HOLD and confidence null. */
  abstained: z.string().nullable(),
  timeframe: Timeframe,
  mode: Mode,
  riskTolerance: RiskTolerance,
  weights: Weights,
  issuedAt: IsoInstant,
  validUntil: IsoInstant,
  expiresAt: IsoInstant,
  price: z
    .object({ value: Price, source: z.string(), ageMs: z.number().nonnegative(), quotes: z.array(Quote) })
    .nullable(),
  score: z.number().min(-1).max(1),
  entry: Band.nullable(),
  targets: z.array(Target),
  stopLoss: Price.nullable(),
  band: Band.nullable(),
  riskReward: z.number().nullable(),
  confidence: Confidence.nullable(),
  breakEven: z.number().nullable(),
  expectedR: z.number().nullable(),
  actionable: z.object({ yes: z.boolean(), why: z.string() }),
  riskRating: RiskRating,
  riskReasons: z.array(z.string()),
  reasoning: z.string(),
  keyFactors: z.array(Factor),
  conflicts: z.array(z.string()),
  /** What would change the model's mind, in words with references; absent without one. */
  wouldChange: z.array(z.string()).optional(),
  /** What was held back, in the order in which it was; absent in records older than the list. */
  clamps: z.array(Clamp).optional(),
  invalidation: z.array(Invalidation),
  kinds: z.record(Kind, KindUse),
  completeness: z.number().min(0).max(1),
  gaps: z.array(Gap),
  warnings: z.array(z.string()),
  positionSize: PositionSize.nullable(),
  costs: z.object({ feePctPerSide: z.number(), slippageBpsPerSide: z.number() }),
  engine: z.object({
    version: z.string(),
    analyst: z.string(),
    model: z.string().nullable(),
    promptHash: z.string().nullable(),
    tokens: z.number().int().nullable(),
    /** What the answer cost when it was made, failures included. */
    costUsd: z.number().nullable(),
    /** How the model ended; absent where none was asked. */
    ending: ModelEnding.optional(),
    /** Content hash of the model's opinion, kept as it came; absent where none was asked. */
    opinionHash: z.string().optional(),
    /** From the question to the answer; not sealed. */
    latencyMs: z.number().nonnegative().optional(),
  }),
  /** Content hash of the brief this was decided from. */
  inputsHash: z.string(),
  previous: z.object({ id: z.uuid(), type: CallType, issuedAt: IsoInstant }).nullable(),
  changed: z.array(z.string()),
  labels: z.array(z.string()),
  notice: z.string(),
  seal: Seal.nullable(),
})
export type Recommendation = z.output<typeof Recommendation>

/**
 * All of it but the seal and what took how long: the body of its ledger record. `seal.hash` is the SHA-256 of `prevHash`, a line feed and
 * its canonical JSON.
 */
export function sealedBody({
  seal: _,
  engine: { latencyMs: __, ...engine },
  ...document
}: Recommendation): { kind: 'recommendation' } & Omit<Recommendation, 'seal'> {
  return { kind: 'recommendation', ...document, engine }
}
