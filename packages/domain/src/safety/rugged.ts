import { hazardCheck } from './told.ts'

/** What happened is no forecast. */
export const rugged = hazardCheck({
  id: 'rugged',
  label: 'already pulled',
  see: 'RugCheck: rugged',
  chains: 'solana',
  dangers: ['rugged'],
  bad: 'the liquidity has been pulled before',
  good: 'no rug pull is known',
})
