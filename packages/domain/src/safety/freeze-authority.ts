import { hazardCheck } from './told.ts'

/** Whoever is frozen cannot sell. */
export const freezeAuthority = hazardCheck({
  id: 'freeze-authority',
  label: 'accounts can be frozen',
  see: 'SPL Token: freeze authority; GoPlus: freezable',
  chains: 'solana',
  dangers: ['freezable'],
  bad: 'accounts of holders can be frozen',
  good: 'nobody can freeze an account',
})
