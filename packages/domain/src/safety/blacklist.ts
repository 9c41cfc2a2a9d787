import { hazardCheck } from './told.ts'

/** Whoever is on it cannot sell. */
export const blacklist = hazardCheck({
  id: 'blacklist',
  label: 'holders can be shut out',
  see: 'GoPlus: is_blacklisted',
  chains: 'evm',
  dangers: ['blacklist'],
  bad: 'holders can be put on a blacklist',
  good: 'there is no blacklist',
})
