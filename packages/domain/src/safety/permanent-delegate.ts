import { hazardCheck } from './told.ts'

/** A delegate over every account takes what others bought. */
export const permanentDelegate = hazardCheck({
  id: 'permanent-delegate',
  label: 'tokens can be taken away',
  see: 'Token-2022: permanent delegate; GoPlus: balance_mutable_authority',
  chains: 'solana',
  dangers: ['permanentDelegate'],
  bad: 'a permanent delegate can move or burn the tokens of any holder',
  good: 'there is no permanent delegate',
})
