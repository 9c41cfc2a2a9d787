import { z } from 'zod'
import { defaultCosts, hybridWeights, type RiskTolerance } from './profile.ts'
import type { Price } from './price.ts'
import { aloneSettings, settingGroups } from './settings-shape.ts'
import type { Tier } from './tier.ts'

/** All that can be set, each with a value. */
export const Settings = z.strictObject({
  ...aloneSettings,
  portfolio: z.strictObject(settingGroups.portfolio),
  costs: z.strictObject(settingGroups.costs),
  trading: z.strictObject(settingGroups.trading),
  tokens: z.strictObject(settingGroups.tokens),
  refreshMs: z.strictObject(settingGroups.refreshMs),
  ttlMs: z.strictObject(settingGroups.ttlMs),
  model: z.strictObject(settingGroups.model),
})
export type Settings = z.output<typeof Settings>

/** What counts until somebody says otherwise. `minConfidence` and `portfolio.quote` follow others unless they are set. */
export const systemSettings: Settings = {
  mode: 'hybrid',
  weights: hybridWeights,
  riskTolerance: 'moderate',
  timeframe: 'SWING',
  maxRecommendations: 10,
  minConfidence: 0.65,
  portfolio: { quote: '10000' as Price, sizeCategory: 'medium' },
  costs: defaultCosts,
  trading: { maxPositionPct: 10, maxStopPct: null, takeProfitPct: null },
  tokens: {
    minMarketCapUsd: 100_000,
    maxMarketCapUsd: null,
    minLiquidityUsd: 50_000,
    minHolders: 0,
    minAgeHours: 0,
    minBondingCurvePct: 30,
    maxBondingCurvePct: 95,
    preferredBondingCurvePct: [60, 85],
    excludeMemes: false,
  },
  refreshMs: { news: 300_000, onchain: 600_000, technical: 60_000, social: 180_000 },
  ttlMs: { news: 600_000, onchain: 900_000, technical: 300_000, social: 450_000, answer: 300_000 },
  model: { temperature: 0.2, topP: null, maxOutputTokens: 1_000 },
}

export const minConfidenceOf: Readonly<Record<RiskTolerance, number>> = {
  conservative: 0.8,
  moderate: 0.65,
  aggressive: 0.5,
}

export const typicalPortfolio: Readonly<Record<Settings['portfolio']['sizeCategory'], Price>> = {
  small: '500' as Price,
  medium: '10000' as Price,
  large: '50000' as Price,
}

/** What of the installation's money for a model an account of a tier may spend in a day, as a share. */
export const tierModelShare: Readonly<Record<Tier, number>> = { free: 0.05, basic: 0.1, premium: 0.25, pro: 1 }
