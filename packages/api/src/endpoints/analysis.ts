import { z } from 'zod'
import { CallType, IsoInstant, Kind, KindUse, minutes, SafetyVerdict, Timeframe, Token } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { listed } from '../page.ts'
import { ListedToken } from '../market.ts'
import { RecommendationSummary } from './recommendations.ts'
import { TokenRef } from './tokens.ts'

const Count = z.int().nonnegative()

/** 0 to 100, 50 is neutral; null where nobody wrote, and `why` says so. */
const Score = z.number().min(0).max(100).nullable()

/** What documents of a kind come to, now and as it was a day before. Shares are of `documents`. */
const Sentiment = z.object({
  score: Score,
  before: Score,
  why: z.string().nullable(),
  documents: Count,
  /** Distinct publishers (news) or authors (social). */
  voices: Count,
  shares: z.object({ positive: z.number(), neutral: z.number(), negative: z.number(), flagged: z.number() }).nullable(),
  /** How far back documents bear on it. */
  windowMs: z.number().positive(),
  newestAt: IsoInstant.nullable(),
})

export const SentimentTrend = z.enum(['IMPROVING', 'STABLE', 'DECLINING'])
export type SentimentTrend = z.output<typeof SentimentTrend>

export const TokenSentiment = z.object({
  token: Token,
  at: IsoInstant,
  labels: z.array(z.string()),
  overall: Score,
  news: Sentiment,
  social: Sentiment.extend({
    /** Whether it is written of much more than is usual. */
    burst: z.boolean().nullable(),
    botShare: z.number().nullable(),
  }),
  /** Against the day before; null where one of the two is not known. */
  trend: SentimentTrend.nullable(),
  changePoints: z.number().nullable(),
  /** How the scores and the trend are found. */
  rule: z.string(),
})
export type TokenSentiment = z.output<typeof TokenSentiment>

export const ComparedToken = z.object({
  token: ListedToken,
  /** The newest house call; null where there is none, and `why` says so. */
  call: RecommendationSummary.nullable(),
  why: z.string().nullable(),
  kinds: z.record(Kind, KindUse).nullable(),
  /** Of a contract, as the call was decided on; null where it was not assessed or is no contract's. */
  safety: z.object({ verdict: SafetyVerdict, failed: z.array(z.string()), unknown: Count }).nullable(),
})
export type ComparedToken = z.output<typeof ComparedToken>

/** A difference that is computed from the answer, and what it was computed from. */
export const Highlight = z.object({
  id: z.string(),
  token: z.string(),
  sentence: z.string(),
  /** The figure of the token and the next one's; null where it is no number. */
  value: z.number().nullable(),
  next: z.number().nullable(),
  /** Recommendations (`recommendation:ID`) and figures (`figure:NAME:SOURCE@INSTANT`). */
  cites: z.array(z.string()),
})
export type Highlight = z.output<typeof Highlight>

export const Comparison = z.object({
  at: IsoInstant,
  timeframe: Timeframe,
  items: z.array(ComparedToken),
  highlights: z.array(Highlight),
})
export type Comparison = z.output<typeof Comparison>

export const MarketSentiment = z.enum(['VERY_BEARISH', 'BEARISH', 'NEUTRAL', 'BULLISH', 'VERY_BULLISH'])
export type MarketSentiment = z.output<typeof MarketSentiment>

export const Regime = z.enum(['TRENDING_UP', 'TRENDING_DOWN', 'RANGING'])
export type Regime = z.output<typeof Regime>

const Trending = z.object({
  token: ListedToken,
  /** Who wrote of it in the last day, each once, and how many do on a usual one; null before it was listened to for a day. */
  voices: Count,
  documents: Count,
  usualVoices: z.number().nonnegative().nullable(),
  timesUsual: z.number().nonnegative().nullable(),
})

export const MarketOverview = z.object({
  timestamp: IsoInstant,
  labels: z.array(z.string()),
  /** What our own current calls say of the market. */
  marketSentiment: z.object({
    value: MarketSentiment.nullable(),
    why: z.string().nullable(),
    meanScore: z.number().nullable(),
    /** Share of the tokens whose evidence leans up. */
    bullishShare: z.number().nullable(),
    tokens: Count,
    oldestAt: IsoInstant.nullable(),
    newestAt: IsoInstant.nullable(),
    rule: z.string(),
  }),
  regime: z.object({
    value: Regime.nullable(),
    why: z.string().nullable(),
    /** Distance made over way gone, 0 to 1. */
    efficiency: z.number().nullable(),
    recommendation: z.uuid().nullable(),
    at: IsoInstant.nullable(),
    rule: z.string(),
  }),
  fearGreed: z.object({ value: z.number(), source: z.string(), observedAt: IsoInstant }).nullable(),
  trending: z.object({ items: z.array(Trending), rule: z.string() }),
  topGainers24h: z.array(ListedToken),
  topLosers24h: z.array(ListedToken),
  topGainers7d: z.array(ListedToken),
  topLosers7d: z.array(ListedToken),
  /** Current house calls by type; what was abstained from is apart. */
  calls: z.object({ timeframe: Timeframe, byType: z.record(CallType, Count), abstained: Count, actionable: Count }),
  /** What could not be told, a sentence each. */
  notes: z.array(z.string()),
})
export type MarketOverview = z.output<typeof MarketOverview>

const Compared = listed(TokenRef).refine(
  (all) => all.length >= 2 && all.length <= 4,
  'must be two to four different tokens, with commas between',
)

export const analysis = {
  overview: endpoint({
    method: 'GET',
    path: '/analysis/market-overview',
    access: 'public',
    summary:
      'The market at a glance, out of what is kept: what our calls say of it, trend or range, fear and greed, what is written of and what rose and fell.',
    reply: MarketOverview,
    cacheMs: minutes(1),
  }),
  compare: endpoint({
    method: 'GET',
    path: '/analysis/compare',
    access: 'public',
    summary:
      'Two to four tokens side by side: the newest house call of each, its kinds and safety, their markets, and differences that are computed and cited.',
    query: z.strictObject({ tokens: Compared, timeframe: Timeframe.default('SWING') }),
    reply: Comparison,
    cacheMs: minutes(1),
  }),
  sentiment: endpoint({
    method: 'GET',
    path: '/analysis/sentiment/:id',
    access: 'public',
    summary: 'How news and posts speak of a token, 0 to 100, and whether that is better or worse than a day before.',
    params: z.strictObject({ id: TokenRef }),
    reply: TokenSentiment,
    cacheMs: minutes(1),
  }),
}
