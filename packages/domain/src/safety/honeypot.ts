import type { Danger } from '../words/observation.ts'
import type { SafetyCheck } from './check.ts'
import { chainForm, hazardsTold, judgeHazards } from './told.ts'

const asked: { dangers: readonly Danger[]; bad: string; good: string } = {
  dangers: ['honeypot'],
  bad: 'it can be bought and not sold',
  good: 'it can be sold',
}
/** All that can stop a sale of a Solana token: its programme is the same for all of them, so no trial sale is needed. */
const stops: readonly Danger[] = ['freezable', 'transferHook', 'sellRestricted']

/** Bought and never sold. On Solana nobody tries a sale; there it passes where nothing is in the token that could stop one. */
export const honeypot: SafetyCheck = {
  id: 'honeypot',
  label: 'honeypot',
  see: 'GoPlus: is_honeypot; SPL Token and Token-2022: what can stop a transfer',
  chains: 'all',
  check(evidence) {
    const said = judgeHazards(evidence, asked)
    if (said.verdict !== 'unknown' || chainForm(evidence.token) !== 'solana') return said
    // One that is there fails by its own name: it is no proof of a honeypot.
    if (stops.some((danger) => hazardsTold(evidence, danger).some(({ present }) => present))) return said
    return judgeHazards(evidence, { ...asked, dangers: stops, good: 'nothing in it can stop a sale' })
  },
}
