import { z } from 'zod'
import {
  CallType,
  Costs,
  Crowd,
  Explanation,
  hours,
  HybridWeights,
  IsoInstant,
  ModeSaid,
  Outcome,
  OutcomeStatus,
  PositionSize,
  Price,
  priceOf,
  Quote,
  Reading,
  Recommendation,
  RiskRating,
  RiskToleranceSaid,
  Seal,
  Story,
  TimeframeSaid,
} from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { page, paging } from '../page.ts'
import { Job } from './jobs.ts'
import { AmountUsd, Note, TokenIdText, TokenRef } from './tokens.ts'

/** How it ended, in short. The last version counts; OPEN is never one. */
export const OutcomeShort = z.object({
  status: OutcomeStatus.exclude(['OPEN']),
  at: IsoInstant.nullable(),
  rMultiple: z.number().nullable(),
  returnNetPct: z.number().nullable(),
})
export type OutcomeShort = z.output<typeof OutcomeShort>

/**
 * Where a call stands. `active`: followed, nothing decided yet. `completed`: all targets. `stopped`: stop, invalidation or delisting.
 * `expired`: the horizon ended it, filled or not, or nobody can tell how it ended.
 */
export const CallStatus = z.enum(['active', 'completed', 'stopped', 'expired'])
export type CallStatus = z.output<typeof CallStatus>

/** A recommendation as lists show it; the whole document, with reasons and evidence, is behind its id. */
export const RecommendationSummary = Recommendation.pick({
  id: true,
  token: true,
  symbol: true,
  house: true,
  type: true,
  abstained: true,
  timeframe: true,
  mode: true,
  riskTolerance: true,
  issuedAt: true,
  validUntil: true,
  expiresAt: true,
  price: true,
  score: true,
  entry: true,
  targets: true,
  stopLoss: true,
  band: true,
  riskReward: true,
  confidence: true,
  breakEven: true,
  expectedR: true,
  actionable: true,
  riskRating: true,
  completeness: true,
  warnings: true,
  labels: true,
  seal: true,
}).extend({
  /** Null while it is followed, and where no call was made. */
  outcome: OutcomeShort.nullable(),
})
export type RecommendationSummary = z.output<typeof RecommendationSummary>

/** One component in OpenAPI, not a copy at each endpoint. */
const Document = Recommendation.meta({ id: 'Recommendation' })

/** Closed candles a decision saw, thinned to what a picture needs: instants are epoch ms of the bars' opens, oldest first. */
export const Series = z.object({
  id: z.string(),
  intervalMs: z.number().positive(),
  openAt: z.array(z.number().int().nonnegative()),
  close: z.array(Price),
})
export type Series = z.output<typeof Series>

/** What a recommendation was decided from. SHA-256 of the canonical JSON of `brief` is `inputsHash`. */
export const RecommendationInputs = z.object({
  id: z.uuid(),
  inputsHash: z.string(),
  /** The instant of the evidence: nothing observed or fetched later is in it. */
  at: IsoInstant,
  readings: z.array(Reading.extend({ label: z.string() })),
  quotes: z.array(Quote),
  series: z.array(Series),
  /** The texts it saw; null where nobody was asked for any, absent where they are not told. */
  gathered: z
    .object({ stories: z.array(Story).nullable(), crowd: Crowd.nullable() })
    .nullable()
    .optional(),
  /** The sealed brief itself. */
  brief: z.unknown(),
})
export type RecommendationInputs = z.output<typeof RecommendationInputs>

/** One version of an outcome as sealed. Another one follows only when a venue corrects a candle and the ending changes with it. */
export const OutcomeVersion = z.object({
  version: z.int().positive(),
  outcome: Outcome,
  /** The venue whose candles decided it: the one the decision was made on. */
  source: z.string(),
  /** What whoever reads the figures must know: coarser candles, what a correction changed. */
  notes: z.array(z.string()),
  recordedAt: IsoInstant,
  seal: Seal,
})
export type OutcomeVersion = z.output<typeof OutcomeVersion>

export const RecommendationOutcome = z.object({
  id: z.uuid(),
  /** `none`: no call was made (`abstained`), there is nothing to follow. */
  state: z.enum(['open', 'closed', 'none']),
  /** The venue it is followed on, and up to when its candles are known without a hole; null before the first look. */
  source: z.string().nullable(),
  knownUntil: IsoInstant.nullable(),
  /** Newest first; empty while open. */
  versions: z.array(OutcomeVersion),
})
export type RecommendationOutcome = z.output<typeof RecommendationOutcome>

export const FollowState = z.enum(['following', 'paused', 'done', 'dismissed'])
export type FollowState = z.output<typeof FollowState>

const Dealt = z.object({ price: Price, at: IsoInstant })

/** What a user makes of a recommendation. It is his own, and changes neither the record nor how it ends. */
export const Follow = z.object({
  state: FollowState,
  note: z.string().nullable(),
  /** Where he got in and out, by his own word. */
  entered: Dealt.nullable(),
  exited: Dealt.nullable(),
  /** Between the two, costs left out; null without both. */
  returnPct: z.number().nullable(),
  updatedAt: IsoInstant,
})
export type Follow = z.output<typeof Follow>

export const FollowedRecommendation = z.object({
  id: z.uuid(),
  /** Null: he has said nothing of it. */
  mine: Follow.nullable(),
  /** What he would buy of it by his own settings; null where it has no entry, or his portfolio is none. */
  size: PositionSize.nullable(),
})
export type FollowedRecommendation = z.output<typeof FollowedRecommendation>

const DealtGiven = z.strictObject({
  price: AmountUsd.refine((price) => price !== '0', 'must be above 0'),
  at: IsoInstant.optional(),
})
const PriceNumber = z
  .union([z.number().positive().lt(1e12).transform(priceOf), AmountUsd])
  .refine((price) => price !== '0', 'must be above 0')

const flag = z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' })

/** What a question says itself, before the settings of whoever asks. */
const asked = {
  timeframe: TimeframeSaid.optional(),
  riskTolerance: RiskToleranceSaid.optional(),
  mode: ModeSaid.optional(),
  /** Of the mode hybrid. */
  weights: HybridWeights.optional(),
  portfolioQuote: AmountUsd.optional(),
  costs: Costs.optional(),
}

/** What is sealed stays as it is; only this long, since what is said beside the seal may be said better one day. */
const sealedMs = hours(1)

export const recommendations = {
  list: endpoint({
    method: 'GET',
    path: '/recommendations',
    access: 'public',
    summary: 'Recommendations, newest first; with `current=true` the newest house call of each token.',
    query: z.strictObject({
      token: TokenIdText.optional(),
      type: CallType.optional(),
      timeframe: TimeframeSaid.optional(),
      status: CallStatus.optional(),
      /** The least confidence, as it is shown; calls without one do not pass. */
      minConfidence: z.coerce.number<number>().min(0).max(1).optional(),
      riskRating: RiskRating.optional(),
      actionable: flag.optional(),
      /** The house's calls or one's own alone; both unless said. */
      whose: z.enum(['house', 'mine']).optional(),
      current: flag.optional(),
      /** Those that whoever asks follows. */
      following: flag.optional(),
      /** Those that the settings of whoever asks wish for: confidence, tokens, how many. */
      wished: flag.optional(),
      ...paging(100, 50),
    }),
    reply: page(RecommendationSummary),
  }),
  one: endpoint({
    method: 'GET',
    path: '/recommendations/:id',
    access: 'public',
    summary: 'One sealed recommendation, whole.',
    params: z.object({ id: z.uuid() }),
    reply: Document,
    cacheMs: sealedMs,
  }),
  create: endpoint({
    method: 'POST',
    path: '/recommendations',
    access: 'user',
    scope: 'recommend',
    summary:
      'The freshest sealed recommendation for a token, or a new one. Where no call can be made, the document says so in `abstained`.',
    body: z.strictObject({
      token: TokenRef,
      ...asked,
      /** How old a sealed answer may be to be given again; 0 asks for a new one. */
      maxAgeMs: z.number().int().nonnegative().optional(),
    }),
    reply: Document,
    creates: true,
    accepts: Job,
    timeoutMs: 60_000,
    idempotent: true,
  }),
  batch: endpoint({
    method: 'POST',
    path: '/recommendations/batch',
    access: 'user',
    scope: 'recommend',
    summary:
      'Recommendations for several tokens, made one after the other: a job. Without `tokens` they are those you watch, then the largest.',
    body: z.strictObject({
      tokens: z.array(TokenRef).max(20).optional(),
      maxRecommendations: z.int().min(1).max(20).optional(),
      ...asked,
      maxAgeMs: z.number().int().nonnegative().optional(),
    }),
    reply: Job,
    accepts: Job,
    idempotent: true,
  }),
  inputs: endpoint({
    method: 'GET',
    path: '/recommendations/:id/inputs',
    access: 'public',
    summary: 'The evidence a recommendation was decided from, as sealed.',
    params: z.object({ id: z.uuid() }),
    reply: RecommendationInputs,
    cacheMs: sealedMs,
  }),
  explanation: endpoint({
    method: 'GET',
    path: '/recommendations/:id/explanation',
    access: 'public',
    summary:
      'A recommendation taken apart: from each sentence to the readings and figures it refers to, to what was seen and by whom, with how type, levels and confidence came.',
    params: z.object({ id: z.uuid() }),
    reply: Explanation,
    cacheMs: sealedMs,
  }),
  outcome: endpoint({
    method: 'GET',
    path: '/recommendations/:id/outcome',
    access: 'public',
    summary: 'How a recommendation ended: every sealed version, newest first; none while it is followed.',
    params: z.object({ id: z.uuid() }),
    reply: RecommendationOutcome,
  }),
  following: endpoint({
    method: 'GET',
    path: '/recommendations/:id/follow',
    access: 'user',
    summary: 'What you make of a recommendation, and the size of it that fits your portfolio and risk.',
    params: z.object({ id: z.uuid() }),
    reply: FollowedRecommendation,
  }),
  follow: endpoint({
    method: 'PATCH',
    path: '/recommendations/:id',
    access: 'user',
    summary:
      'Says what you make of a recommendation: follow, pause, end or dismiss it, with a note and where you got in and out. It is yours alone: the record and the outcome do not change.',
    params: z.object({ id: z.uuid() }),
    body: z.union([
      z.strictObject({
        state: FollowState.optional(),
        note: Note.nullable().optional(),
        entered: DealtGiven.nullable().optional(),
        exited: DealtGiven.nullable().optional(),
      }),
      /** As the first version said it: done, at this price, now. */
      z.strictObject({ status: z.enum(['STOPPED', 'COMPLETED']), currentPrice: PriceNumber.optional() }),
    ]),
    reply: FollowedRecommendation,
  }),
}
