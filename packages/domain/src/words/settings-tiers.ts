import type { SettingPath, SettingsChoice } from './settings-choice.ts'
import type { Tier } from './tier.ts'

/** What a user of a tier may choose at all; what he chose beyond it is kept, and held to the bound. */
export type SettingBound = { readonly least?: number; readonly most?: number }

export type TierSettings = {
  /** What counts for the tier unless the user says otherwise. */
  readonly defaults: SettingsChoice
  readonly bounds: Readonly<Partial<Record<SettingPath, SettingBound>>>
}

const minute = 60_000

/** Asking sources sooner and longer answers of a model cost the installation: the higher the tier, the more of it. */
export const tierSettings: Readonly<Record<Tier, TierSettings>> = {
  free: {
    defaults: {},
    bounds: {
      maxRecommendations: { most: 10 },
      'refreshMs.news': { least: 5 * minute },
      'refreshMs.onchain': { least: 10 * minute },
      'refreshMs.technical': { least: minute },
      'refreshMs.social': { least: 3 * minute },
      'ttlMs.answer': { least: 5 * minute },
      'model.maxOutputTokens': { most: 1_000 },
    },
  },
  basic: {
    defaults: {},
    bounds: {
      maxRecommendations: { most: 20 },
      'refreshMs.news': { least: 3 * minute },
      'refreshMs.onchain': { least: 5 * minute },
      'refreshMs.technical': { least: minute },
      'refreshMs.social': { least: 2 * minute },
      'ttlMs.answer': { least: 2 * minute },
      'model.maxOutputTokens': { most: 1_500 },
    },
  },
  premium: {
    defaults: { maxRecommendations: 20 },
    bounds: {
      'refreshMs.news': { least: 2 * minute },
      'refreshMs.onchain': { least: 2 * minute },
      'ttlMs.answer': { least: minute },
      'model.maxOutputTokens': { most: 4_000 },
    },
  },
  pro: { defaults: { maxRecommendations: 20 }, bounds: {} },
}
