import { z } from 'zod'
import { tokenForm } from '../words/token.ts'
import { SafetyVerdict, type SafetyEvidence } from './check.ts'
import { safetyChecks } from './index.ts'
import { chainForm, isEstablished } from './told.ts'

const SafetyFinding = z.object({
  id: z.string(),
  label: z.string(),
  verdict: SafetyVerdict,
  detail: z.string(),
  cites: z.array(z.string()),
})

/** What is known of the safety of a token: of a coin of its own chain there is no contract to ask of. */
export const SafetyAssessment = z.discriminatedUnion('applicable', [
  z.object({ applicable: z.literal(false) }),
  z.object({ applicable: z.literal(true), verdict: SafetyVerdict, checks: z.array(SafetyFinding) }),
])
export type SafetyAssessment = z.output<typeof SafetyAssessment>

/** What must be known before anything is called safe, by what its chain knows. */
const required = {
  evm: ['honeypot', 'mint-authority', 'pausable', 'blacklist', 'taxes', 'lp-lock'],
  solana: ['honeypot', 'mint-authority', 'freeze-authority', 'permanent-delegate', 'taxes', 'lp-lock'],
  other: ['honeypot', 'mint-authority', 'freeze-authority', 'pausable', 'blacklist', 'taxes', 'lp-lock'],
} as const

/**
 * All checks over one contract: one that fails fails it all, and one that must be known and is not leaves it unknown. Nothing of a profile
 * goes in, so no mode and no boldness softens it.
 */
export function assessSafety(evidence: SafetyEvidence): SafetyAssessment {
  if (tokenForm(evidence.token) === 'native') return { applicable: false }
  const form = chainForm(evidence.token)
  const checks = safetyChecks
    .map((check) => ({ chains: check.chains, id: check.id, label: check.label, ...check.check(evidence) }))
    .filter(({ chains, verdict }) => verdict !== 'unknown' || chains === 'all' || form === 'other' || chains === form)
    .map(({ chains: _, ...finding }) => finding)
  const needed = new Set<string>(required[form].filter((id) => id !== 'lp-lock' || !isEstablished(evidence)))
  const isUnknown = checks.some(({ id, verdict }) => verdict === 'unknown' && needed.has(id))
  const failed = checks.some(({ verdict }) => verdict === 'fail')
  return { applicable: true, verdict: failed ? 'fail' : isUnknown ? 'unknown' : 'pass', checks }
}
