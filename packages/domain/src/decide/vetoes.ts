import type { SafetyAssessment } from '../safety/assess.ts'
import { kinds } from '../words/kind.ts'
import type { Weights } from '../words/profile.ts'
import type { Call } from './call.ts'

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
const textConfidence = 0.55

const written = ['news', 'social'] as const

/** Caps the confidence of a call that nothing but text speaks for, and says so. */
export function withTextCap(call: Call, weights: Weights): Call {
  const used = kinds.filter((kind) => weights[kind] > 0)
  if (!call.confidence || used.length === 0 || used.some((kind) => !written.includes(kind as never))) return call
  const { value, low } = call.confidence
  const capped = { ...call.confidence, value: Math.min(value, textConfidence), low: Math.min(low, textConfidence) }
  const label = used.length === 1 ? 'single attacker-writable source' : 'attacker-writable sources only'
  return {
    ...call,
    confidence: capped,
    warnings: [...call.warnings, `${label}: confidence is held to ${textConfidence}`],
  }
}
