import { settingsTexts as text } from '../../words/texts/settings.ts'

const ids = [
  'profile',
  'analysis',
  'thresholds',
  'trading',
  'tokens',
  'model',
  'refresh',
  'display',
  'keys',
  'sessions',
  'security',
  'data',
] as const
export type SectionId = (typeof ids)[number]

export const sections = ids.map((id) => ({ id, ...text.sections[id] }))

export const isSection = (name: string): name is SectionId => ids.some((id) => id === name)

const thresholds = new Set(['minConfidence', 'maxRecommendations'])
const trading = new Set(['portfolio', 'costs', 'trading'])

/** Where a setting stands; one that is new stands with the analysis until it is told otherwise. */
export function sectionOf(path: string): SectionId {
  const [group = ''] = path.split('.')
  if (thresholds.has(path)) return 'thresholds'
  if (trading.has(group)) return 'trading'
  if (group === 'tokens' || group === 'model') return group
  return group === 'refreshMs' || group === 'ttlMs' ? 'refresh' : 'analysis'
}
