import type { SettingsChoice } from './settings-choice.ts'

export type SettingsPreset = {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly settings: SettingsChoice
}

/** Ready-made choices: each is made over what was chosen before, and leaves the rest. */
export const settingsPresets = [
  {
    id: 'conservative-swing',
    name: 'Conservative swing',
    summary: 'Chain data first, small positions, near stops, days to weeks.',
    settings: {
      mode: 'hybrid',
      weights: { news: 30, onchain: 40, technical: 20, social: 10 },
      riskTolerance: 'conservative',
      timeframe: 'SWING',
      minConfidence: 0.75,
      trading: { maxPositionPct: 5, maxStopPct: 3 },
    },
  },
  {
    id: 'aggressive-day',
    name: 'Aggressive day trading',
    summary: 'Charts first, larger positions, hours to a day.',
    settings: {
      mode: 'hybrid',
      weights: { news: 15, onchain: 25, technical: 40, social: 20 },
      riskTolerance: 'aggressive',
      timeframe: 'DAY_TRADE',
      minConfidence: 0.55,
      trading: { maxPositionPct: 15, maxStopPct: 7 },
    },
  },
  {
    id: 'social-follower',
    name: 'Social follower',
    summary:
      'What is said, for hours. Anybody may write it: confidence is held to 0.55, and nothing of it is bought without proof.',
    settings: { mode: 'social-only', riskTolerance: 'aggressive', timeframe: 'SCALP', minConfidence: 0.5 },
  },
  { id: 'news-only', name: 'News only', summary: 'The news alone.', settings: { mode: 'news-only' } },
  { id: 'onchain-only', name: 'Chain only', summary: 'Chain data alone.', settings: { mode: 'onchain-only' } },
  {
    id: 'technical-only',
    name: 'Charts only',
    summary: 'Candles and derivatives alone.',
    settings: { mode: 'technical-only' },
  },
  { id: 'social-only', name: 'Social only', summary: 'Posts alone.', settings: { mode: 'social-only' } },
] as const satisfies readonly SettingsPreset[]

export type PresetId = (typeof settingsPresets)[number]['id']
export const presetIds = settingsPresets.map(({ id }) => id) as [PresetId, ...PresetId[]]
