import type { SafetyAssessment } from '../safety/assess.ts'
import { kinds } from '../words/kind.ts'
import type { Weights } from '../words/profile.ts'
import { round } from '../words/numbers.ts'
import type { Call } from './call.ts'
import type { Clamp } from './recommendation.ts'

/** Why a token must be avoided for its contract, whatever its score says, or null. Of a recorded file no safety is known: null. */
export function unsafe(safety: SafetyAssessment | null): string | null {
  if (!safety?.applicable || safety.verdict !== 'fail') return null
  const failed = safety.checks.filter(({ verdict }) => verdict === 'fail')
  return `token safety: ${failed.map(({ label, detail }) => `${label}: ${detail}`).join('; ')}`
}

/** Why a contract may not be bought, though nothing bad is known of it, or null: unknown is not safe. */
export function unproven(safety: SafetyAssessment | null): string | null {
  if (!safety?.applicable || safety.verdict !== 'unknown') return null
  const silent = safety.checks.filter(({ verdict }) => verdict === 'unknown').map(({ label }) => label)
  return `token safety is unknown (${silent.join(', ')}): it cannot be a BUY`
}

/** What anybody may write is never believed beyond this. */
export const textConfidence = 0.55

const written = ['news', 'social'] as const

/** Evidence that is not there cannot make sure: what is not known of the asked weight takes half of its share away. */
export const surestAt = (completeness: number): number => round(0.5 + completeness / 2, 6)

/** Caps the confidence of a call that nothing but text speaks for, or that much is missing of, and says so. */
export function withCaps(call: Call, weights: Weights): Call {
  return capped(withTextCap(call, weights), {
    rule: 'completeness-cap',
    at: surestAt(call.completeness),
    why: `only ${Math.round(call.completeness * 100)} % of the asked evidence is there`,
  })
}

function withTextCap(call: Call, weights: Weights): Call {
  const used = kinds.filter((kind) => weights[kind] > 0)
  if (!call.confidence || used.length === 0 || used.some((kind) => !written.includes(kind as never))) return call
  const why = used.length === 1 ? 'single attacker-writable source' : 'attacker-writable sources only'
  const held = capped(call, { rule: 'text-cap', at: textConfidence, why })
  // The label stands whether the cap bites or not.
  return { ...held, warnings: [...call.warnings, `${why}: confidence is held to ${textConfidence}`] }
}

function capped(call: Call, { rule, at, why }: { rule: Clamp['rule']; at: number; why: string }): Call {
  const { confidence } = call
  if (!confidence || confidence.value <= at) return call
  return {
    ...call,
    confidence: { ...confidence, value: at, low: Math.min(confidence.low, at) },
    warnings: [...call.warnings, `${why}: confidence is held to ${at}`],
    clamps: [...call.clamps, clampOf(rule, confidence.value, at, why)],
  }
}

/** One event of the record: which rule held what back, from what to what. */
export const clampOf = (rule: Clamp['rule'], from: string | number, to: string | number, why: string): Clamp => ({
  rule,
  from: String(from),
  to: String(to),
  why,
})
