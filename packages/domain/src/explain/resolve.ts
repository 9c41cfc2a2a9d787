import type { Brief } from '../decide/brief.ts'
import type { Call } from '../decide/call.ts'
import type { Recommendation } from '../decide/recommendation.ts'
import { referencesOf, type Reference } from '../decide/references.ts'
import { callFor } from '../decide/rules.ts'

/** What an id in brackets stands for, from the sealed documents alone; null where it stands for nothing. */
export const resolveReference = (id: string, brief: Brief, recommendation: Recommendation): Reference | null =>
  allReferences(brief, recommendation).find((reference) => reference.id === id) ?? null

/** All that may be referred to: the rules' call is made again, since their sentences stand beside whatever a model changed. */
export function allReferences(
  brief: Brief,
  recommendation: Recommendation,
  call: Call = callFor(brief),
): readonly Reference[] {
  const { confidence, keyFactors } = recommendation
  const told = referencesOf(brief.dossier, call, keyFactors)
  if (!confidence) return told
  const from = recommendation.entry ? ['price', 'facts.volatility'] : ['facts.atr', 'facts.volatility']
  const value = confidence.value
  return [...told, { id: 'confidence', label: 'confidence', value, unit: 'probability', shown: [String(value)], from }]
}
