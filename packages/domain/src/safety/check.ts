import { z } from 'zod'
import type { Figure, Hazard } from '../words/observation.ts'
import type { Token } from '../words/token.ts'

/** All that is known of one contract up to one instant (epoch ms). */
export type SafetyEvidence = {
  readonly token: Pick<Token, 'id' | 'chain' | 'address' | 'marketCapRank' | 'marketCapUsd'>
  readonly observations: readonly (Hazard | Figure)[]
  readonly at: number
}

/** Unknown is never a pass: nobody said, or what was said is too little. */
export const SafetyVerdict = z.enum(['pass', 'fail', 'unknown'])
export type SafetyVerdict = z.output<typeof SafetyVerdict>

/** What a check says. `detail` is one plain sentence that names the sources; `cites` are the observations it read, as `source:name`. */
export type Finding = { verdict: SafetyVerdict; detail: string; cites: string[] }

/** One way in which a contract can harm whoever buys it. Where sources contradict each other, the danger counts. */
export type SafetyCheck = {
  readonly id: string
  readonly label: string
  /** The source of the rule. */
  readonly see: string
  /** Where the danger can be at all; elsewhere it is spoken of only if a source tells of it. */
  readonly chains: 'all' | 'evm' | 'solana'
  check(evidence: SafetyEvidence): Finding
}
