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
})
export type Confidence = z.output<typeof Confidence>

export const Factor = z.object({
  factor: z.string(),
  impact: z.enum(['bullish', 'bearish', 'neutral']),
  weight: z.number(),
  contribution: z.number(),
  evidence: z.array(z.string()),
})
export type Factor = z.output<typeof Factor>

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
    costUsd: z.number().nullable(),
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

/** All of it but the seal: the body of its ledger record. `seal.hash` is the SHA-256 of `prevHash`, a line feed and its canonical JSON. */
export function sealedBody({
  seal: _,
  ...document
}: Recommendation): { kind: 'recommendation' } & Omit<Recommendation, 'seal'> {
  return { kind: 'recommendation', ...document }
}
