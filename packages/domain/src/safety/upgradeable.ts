import type { SafetyCheck } from './check.ts'
import { isEstablished, judgeHazards } from './told.ts'

/**
 * Behind a proxy stands whatever its owner puts there tomorrow. Large tokens of many years are built so as well: of established ones it is
 * told, and does not fail.
 */
export const upgradeable: SafetyCheck = {
  id: 'upgradeable',
  label: 'contract can be replaced',
  see: 'GoPlus: is_proxy; EIP-1967',
  chains: 'evm',
  check(evidence) {
    const said = judgeHazards(evidence, {
      dangers: ['upgradeable'],
      bad: 'the contract can be replaced by its owner',
      good: 'the contract cannot be replaced',
    })
    if (said.verdict !== 'fail' || !isEstablished(evidence)) return said
    return { ...said, verdict: 'pass', detail: `${said.detail}, as those of many established tokens can` }
  },
}
