import { hazardCheck } from './told.ts'

/** What nobody can read nobody has checked, whatever the other flags say. */
export const sourceClosed = hazardCheck({
  id: 'source-closed',
  label: 'source is not published',
  see: 'GoPlus: is_open_source',
  chains: 'evm',
  dangers: ['sourceClosed'],
  bad: 'the source of the contract is not published',
  good: 'the source of the contract is published',
})
