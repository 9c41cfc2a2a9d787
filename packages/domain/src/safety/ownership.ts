import { hazardCheck } from './told.ts'

/** An owner who seems gone still has all his powers. */
export const ownership = hazardCheck({
  id: 'ownership',
  label: 'hidden or returning owner',
  see: 'GoPlus: hidden_owner, can_take_back_ownership',
  chains: 'evm',
  dangers: ['ownerHidden', 'ownershipReclaimable'],
  bad: 'a hidden or former owner can take the contract back',
  good: 'the owner is known, and ownership once given up stays so',
})
