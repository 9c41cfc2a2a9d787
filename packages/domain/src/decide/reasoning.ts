import type { Dossier } from '../dossier/dossier.ts'
import type { Reading } from '../words/reading.ts'
import type { Call } from './call.ts'
import { withReferences } from './cited-text.ts'
import type { Factor } from './recommendation.ts'
import { boundId, boundText, citedAs, levelId, readingText, referencesOf, scoreText } from './references.ts'

const sentences = {
  BUY: 'The evidence leans up',
  SELL: 'The evidence leans down',
  HOLD: 'The evidence gives no direction',
  AVOID: 'This token is to be avoided',
} as const

/** The rules' reasons: each number is rendered by us and followed, in brackets, by the id of the reading or figure that it is. */
export function reasonsFor(
  dossier: Dossier,
  call: Call,
  factors: readonly Factor[],
  conflicts: readonly string[],
): string {
  const references = referencesOf(dossier, call, factors)
  if (call.abstained) return `No call could be made: ${withReferences(call.abstained, references)}.`
  const opening = `${sentences[call.type]}: score ${scoreText(call)} [score].`
  const told = factors.filter(({ impact }) => impact !== 'neutral').slice(0, 4)
  const reasons = told.map((factor) => tell(factor, dossier.readings))
  const against = conflicts.map((conflict) => `Against it: ${conflict}.`)
  const warned = call.warnings.map((warning) => `${capital(withReferences(warning, references))}.`)
  const levels = call.levels ? [levelsSentence(call.levels)] : []
  return [opening, ...reasons, ...against, ...warned, ...levels].join(' ')
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

function tell(factor: Factor, readings: readonly Reading[]): string {
  const reading = readings.find(({ id }) => id === factor.evidence[0])
  if (!reading) return `${capital(factor.factor)}: ${boundText(factor)} [${boundId}].`
  return `${capital(factor.factor)} is ${factor.impact}: ${readingText(reading)} ${citedAs(factor)}.`
}

function levelsSentence({ candidates, chosen }: NonNullable<Call['levels']>): string {
  const why = (id: string) => `${candidates.find((candidate) => candidate.id === id)?.why ?? id} [${levelId(id)}]`
  return `The stop stands ${why(chosen.stop)}, the first target ${why(chosen.target)}.`
}
