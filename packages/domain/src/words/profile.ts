import { z } from 'zod'
import { Price } from './price.ts'
import { Timeframe } from './time.ts'
import { kinds, type Kind } from './kind.ts'

export const RiskTolerance = z.enum(['conservative', 'moderate', 'aggressive'])
export type RiskTolerance = z.output<typeof RiskTolerance>

/** One kind alone, or hybrid: weights in whole percents that sum to 100. */
export const Mode = z.enum(['hybrid', 'news-only', 'onchain-only', 'technical-only', 'social-only'])
export type Mode = z.output<typeof Mode>

export const Weights = z
  .object({
    news: z.int().min(0).max(100),
    onchain: z.int().min(0).max(100),
    technical: z.int().min(0).max(100),
    social: z.int().min(0).max(100),
  })
  .refine(
    (weights) => kinds.reduce((sum, kind) => sum + weights[kind], 0) === 100,
    'weights are whole percents that sum to 100',
  )
export type Weights = z.output<typeof Weights>

export const hybridWeights: Weights = { news: 25, onchain: 35, technical: 25, social: 15 }

export function weightsOf(mode: Mode, hybrid: Weights = hybridWeights): Weights {
  if (mode === 'hybrid') return hybrid
  const only = mode.slice(0, -'-only'.length) as Kind
  return { news: 0, onchain: 0, technical: 0, social: 0, [only]: 100 }
}

/** What a trade costs: fee in percent a side, slippage in basis points a side. */
export const Costs = z.object({
  feePctPerSide: z.number().min(0).max(10),
  slippageBpsPerSide: z.number().min(0).max(1000),
})
export type Costs = z.output<typeof Costs>
export const defaultCosts: Costs = { feePctPerSide: 0.1, slippageBpsPerSide: 5 }

/** Cost of one side as a fraction of the traded value. */
export const costRatioPerSide = ({ feePctPerSide, slippageBpsPerSide }: Costs): number =>
  feePctPerSide / 100 + slippageBpsPerSide / 10_000

const ByKind = z.object({ news: z.number(), onchain: z.number(), technical: z.number(), social: z.number() })

/** `portfolioQuote` is in the quote currency of the price (USD). What is optional is as usual where it is absent. */
export const Profile = z.object({
  riskTolerance: RiskTolerance,
  timeframe: Timeframe,
  mode: Mode,
  weights: Weights,
  portfolioQuote: Price,
  costs: Costs,
  /** What tightens levels and size; percents of the price, and of the portfolio. */
  limits: z
    .object({
      maxPositionPct: z.number(),
      maxStopPct: z.number().nullable(),
      takeProfitPct: z.tuple([z.number(), z.number(), z.number()]).nullable(),
    })
    .optional(),
  /** How old evidence may be before it is asked again, and decided on no more; ms. */
  freshness: z.object({ refreshMs: ByKind, ttlMs: ByKind }).optional(),
  /** How a model behind the rules is asked. */
  sampling: z.object({ temperature: z.number(), topP: z.number().nullable(), maxOutputTokens: z.int() }).optional(),
})
export type Profile = z.output<typeof Profile>

export const houseProfile: Profile = {
  riskTolerance: 'moderate',
  timeframe: 'SWING',
  mode: 'hybrid',
  weights: hybridWeights,
  portfolioQuote: '10000' as Price,
  costs: defaultCosts,
}
