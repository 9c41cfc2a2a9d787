import { hazardCheck } from './told.ts'

/** With the contract goes the token. */
export const selfDestruct = hazardCheck({
  id: 'self-destruct',
  label: 'it can be destroyed',
  see: 'GoPlus: selfdestruct, closable',
  chains: 'all',
  dangers: ['selfDestruct'],
  bad: 'the contract can be destroyed',
  good: 'nobody can destroy the contract',
})
