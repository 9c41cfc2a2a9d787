import { hazardCheck } from './told.ts'

/** Where transfers stop, sales do too. */
export const pausable = hazardCheck({
  id: 'pausable',
  label: 'transfers can be stopped',
  see: 'GoPlus: transfer_pausable; Token-2022: pausable',
  chains: 'all',
  dangers: ['pausable'],
  bad: 'transfers can be paused',
  good: 'nobody can pause transfers',
})
