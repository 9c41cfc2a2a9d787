import type { Dossier } from '../dossier/dossier.ts'
import type { Reading } from '../words/reading.ts'
import type { Call } from './call.ts'
import type { Factor } from './recommendation.ts'

const sentences = {
  BUY: 'The evidence leans up',
  SELL: 'The evidence leans down',
  HOLD: 'The evidence gives no direction',
  AVOID: 'This token is to be avoided',
} as const

/** The rules' reasons: each number is a reading's value as we round it, followed by the reading's id in brackets. */
export function reasonsFor(
  dossier: Dossier,
  call: Call,
  factors: readonly Factor[],
  conflicts: readonly string[],
): string {
  if (call.abstained) return `No call could be made: ${call.abstained}.`
  const opening = `${sentences[call.type]}: score ${call.score.toFixed(2)} on a scale from -1 to 1.`
  const told = factors.filter(({ impact }) => impact !== 'neutral').slice(0, 4)
  const reasons = told.map((factor) => tell(factor, dossier.readings))
  const against = conflicts.map((conflict) => `Against it: ${conflict}.`)
  const warned = call.warnings.map((warning) => `${warning.charAt(0).toUpperCase()}${warning.slice(1)}.`)
  const levels = call.levels ? [levelsSentence(call.levels)] : []
  return [opening, ...reasons, ...against, ...warned, ...levels].join(' ')
}

function tell({ factor, impact, evidence }: Factor, readings: readonly Reading[]): string {
  const reading = readings.find(({ id }) => id === evidence[0])
  const value = reading ? `: ${reading.value.toFixed(2)} (${reading.unit})` : ''
  return `${factor} is ${impact}${value} [${evidence.join(', ')}].`
}

function levelsSentence({ candidates, chosen }: NonNullable<Call['levels']>): string {
  const why = (id: string) => candidates.find((candidate) => candidate.id === id)?.why ?? id
  return `The stop stands ${why(chosen.stop)}, the first target ${why(chosen.target)}.`
}
